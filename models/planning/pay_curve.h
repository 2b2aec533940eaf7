// SPDX-License-Identifier: Apache-2.0
#pragma once
// Pay of a period as a function of attainment (credit / quota), piecewise linear with jumps, in
// doubles: what a rep reasons with. What is paid comes from the exact engine (PayFunction); a curve
// is taken from it by `of`, so any plan can feed a programme. Pay is in any unit the caller likes;
// of `of`, minor units.

#include <cstdint>
#include <vector>

#include "models/compensation/pay_function.h"

namespace planning {

class PayCurve {
 public:
  struct Piece {
    double from;   // attainment
    double value;  // pay at `from`, the jump there included
    double slope;  // pay per unit of attainment
  };

  PayCurve() : pieces_{{0, 0, 0}} {}  // pays nothing
  // A first piece of that slope through 0, also below 0.
  static PayCurve line(double slope);
  // The function of a period with `quota` > 0 in the unit of its credit.
  static PayCurve of(const compensation::PayFunction& function, std::int64_t quota);

  // From `from` on, beyond all pieces so far: a jump, then a slope.
  PayCurve& then(double from, double slope, double jump = 0);
  PayCurve& operator+=(const PayCurve& other);  // two components of one measuring period
  PayCurve& operator*=(double factor);          // another unit of pay

  // A jump is reached within `reach` of it, so that a grid's rounding does not lose it.
  static constexpr double reach = 1e-9;
  double operator()(double attainment) const;
  double slope_at(double attainment) const;
  // Expected pay if attainment is normal (SA11); `sd` >= 0.
  double expected(double mean, double sd) const;

  // Where the last piece begins.
  double last_kink() const { return pieces_.back().from; }
  // Slope of the first piece that has one; of a plan of jumps alone, its pay at attainment 1.
  double base_rate() const;
  const std::vector<Piece>& pieces() const { return pieces_; }

 private:
  const Piece& piece_at(double attainment) const;
  std::vector<Piece> pieces_;
};

}  // namespace planning
