// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a period pays as a function of the credit reached in it: piecewise linear with jumps, exact.
// Marginal tiers have slopes only, retroactive ones jump at each tier, a bonus is one jump, a curve
// and an interpolated table are chains of slopes. Since pay depends on the credit reached alone, it
// does not depend on the order or batching of deals (R6, R27).

#include <cstdint>
#include <limits>
#include <vector>

#include "models/compensation/plan.h"
#include "models/compensation/quota_book.h"

namespace compensation {

// What numerators are over. Those below 2^61 are divided by a multiplication, exactly (Granlund and
// Montgomery): factor = floor(2^(62 + log) / value) + 1 with 2^log >= value.
class Denominator {
 public:
  Denominator(Int128 value = 1) : value_(value) {
    if (value >= most) return;
    log_ = bits(value - 1);
    half_ = static_cast<std::uint64_t>(value) / 2;
    factor_ = static_cast<std::uint64_t>((Int128{1} << (62 + log_)) / value) + 1;
  }
  operator Int128() const { return value_; }
  // As round_div; |numerator| is at most `most`, the denominator below it.
  std::int64_t round(std::int64_t numerator) const {
    const std::int64_t size = numerator < 0 ? -numerator : numerator;
    const UInt128 scaled = (static_cast<std::uint64_t>(size) + half_) << 2;
    const auto high = static_cast<std::uint64_t>(scaled * factor_ >> 64);
    const auto whole = static_cast<std::int64_t>(high >> log_);
    return numerator < 0 ? -whole : whole;
  }

  static constexpr Int128 most = Int128{1} << 61;

 private:
  Int128 value_;
  int log_ = 0;
  std::uint64_t half_ = 0, factor_ = 0;
};

class PayFunction {
 public:
  struct Piece {
    Int128 from = 0;   // position: credit x scale()
    Int128 value = 0;  // numerator of what is due at `from`
    Int128 slope = 0;  // numerator per position
    int tier = 0;      // of the plan's table
  };

  // What a quota, a target and a component say. A component that needs a quota where there is
  // none (PeriodQuota::quota == 0) pays its first tier; bonus and curve pay nothing.
  static PayFunction of(const Component& component, const PeriodQuota& quota);

  // Numerator over denominator() of what credit `c` (minor units, or units) makes due.
  Int128 due(std::int64_t c) const {
    if (c <= narrow_limit_ && c >= -narrow_limit_) return due_narrow(c);
    return due_wide(c);
  }
  Int128 denominator() const { return denominator_; }
  std::int64_t cents(std::int64_t c) const {
    if (!reached(c)) return 0;
    if (c <= narrow_limit_ && c >= -narrow_limit_) return denominator_.round(due_narrow(c));
    return round_div(due_wide(c), denominator_);
  }
  // R11, from_first_dollar: below the threshold nothing is due.
  bool reached(std::int64_t c) const {
    return threshold_ == 0 || static_cast<Int128>(c) * scale_ >= threshold_;
  }
  bool has_threshold() const { return threshold_ != 0; }

  std::size_t piece_at(std::int64_t c) const;
  const std::vector<Piece>& pieces() const { return pieces_; }
  std::int64_t scale() const { return scale_; }
  bool of_quota() const { return of_quota_; }  // position is quota credit, not pay credit
  // Numerator (over denominator()) that one minor unit of credit earns in a piece.
  Int128 rate(std::size_t piece) const { return pieces_[piece].slope * scale_; }
  Fraction windfall() const { return windfall_; }
  bool is_line() const { return pieces_.size() == 1 && threshold_ == 0; }
  bool pays_nothing() const {
    for (const Piece& piece : pieces_)
      if (piece.value != 0 || piece.slope != 0) return false;
    return true;
  }
  double slope() const {  // of the first piece, per unit of credit
    return static_cast<double>(pieces_[0].slope) * static_cast<double>(scale_) /
           static_cast<double>(denominator_);
  }
  double rate_at(std::int64_t c) const {  // of the piece that credit c is in, per unit of credit
    return static_cast<double>(rate(piece_at(c))) / static_cast<double>(denominator_);
  }
  // Expected amount due [minor units] if credit is normal (SA11); `sd` >= 0.
  double expected(double mean, double sd) const;
  // Its derivative by the mean: expected pay on the next unit of credit (EQ2).
  double expected_rate(double mean, double sd) const;

 private:
  struct Narrow {
    std::int64_t from, value, slope;
  };

  std::int64_t due_narrow(std::int64_t c) const {
    const std::int64_t position = c * scale_;
    std::size_t i = 0;  // counted, not searched: nobody can foretell the piece
    for (std::size_t k = 1; k < narrow_.size(); ++k) i += position >= narrow_[k].from;
    return narrow_[i].value + (position - narrow_[i].from) * narrow_[i].slope;
  }
  Int128 due_wide(std::int64_t c) const;
  std::size_t piece_at_position(Int128 position) const;
  void finish();  // denominators, the narrow copy

  friend class FunctionBuilder;
  std::vector<Piece> pieces_;
  std::vector<Narrow> narrow_;
  std::int64_t narrow_limit_ = -1;
  Denominator denominator_;
  std::int64_t scale_ = 1;
  Int128 threshold_ = 0;  // position
  bool of_quota_ = false;
  Fraction windfall_;
};

}  // namespace compensation
