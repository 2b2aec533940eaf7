// SPDX-License-Identifier: Apache-2.0
#include "models/compensation/pay_function.h"

#include <algorithm>

#include "sim/math.h"

namespace compensation {

// Collects points of a function in nano-credit (credit x 10^9) and fractions; then brings all to
// one denominator, and to whole credit if no point needs less.
class FunctionBuilder {
 public:
  void piece(Int128 from, Fraction slope, int tier, Fraction jump = {}) {
    points_.push_back({from, slope, jump, tier});
  }
  PayFunction build(Int128 threshold, bool of_quota, Fraction windfall) {
    PayFunction f;
    const auto whole = [](Int128 nano) { return nano % billion == 0; };
    bool fits = whole(threshold);
    for (const Point& point : points_) fits = fits && whole(point.from);
    f.scale_ = fits ? 1 : billion;
    const Int128 shrink = fits ? billion : 1;
    Int128 common = 1;
    for (const Point& point : points_)
      for (const Fraction part : {point.slope, point.jump})
        common = product(common, part.den / gcd(common, part.den));
    f.denominator_ = product(common, f.scale_);
    Int128 value = 0;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const Point& point = points_[i];
      const Int128 from = point.from / shrink;
      if (i > 0) {
        const PayFunction::Piece& before = f.pieces_.back();
        value = sum(value, product(from - before.from, before.slope));
      }
      value = sum(value, product(product(point.jump.num, common / point.jump.den), f.scale_));
      f.pieces_.push_back(
          {from, value, product(point.slope.num, common / point.slope.den), point.tier});
    }
    f.threshold_ = threshold / shrink;
    f.of_quota_ = of_quota;
    f.windfall_ = windfall;
    f.finish();
    return f;
  }

 private:
  struct Point {
    Int128 from;
    Fraction slope, jump;
    int tier;
  };
  std::vector<Point> points_;
};

namespace {

Fraction fraction(Share share) { return Fraction::of(share.billionths, billion); }
Fraction minus(Fraction a) { return {-a.num, a.den}; }

// One commission table for one payee and period.
class Compiler {
 public:
  Compiler(const Commission& commission, const PeriodQuota& quota)
      : commission_(commission), quota_(quota) {}

  PayFunction run() {
    const auto& tiers = commission_.tiers;
    of_quota_ = tiers[0].of_quota;
    const bool no_quota = of_quota_ && quota_.quota == 0;
    for (std::size_t i = 0; i < (no_quota ? 1 : tiers.size()); ++i) add_tier(i);
    Fraction windfall;
    if (commission_.windfall)
      windfall = commission_.windfall->at_base ? base(true) : fraction(commission_.windfall->rate);
    flush();
    return builder_.build(no_quota ? 0 : gate(), of_quota_, windfall);
  }

 private:
  Int128 position(const Tier& tier) const {
    return tier.of_quota ? product(quota_.quota, tier.from_share.billionths)
                         : product(tier.from, billion);
  }
  Int128 threshold() const {
    if (!commission_.has_threshold) return 0;
    return commission_.threshold_of_quota
               ? product(quota_.quota, commission_.threshold_share.billionths)
               : product(commission_.threshold, billion);
  }
  // above_only is part of the function, from_first_dollar a gate before it.
  Int128 gate() const { return commission_.above_only ? 0 : threshold(); }

  Fraction base(bool full) const {
    if (!commission_.base) return {};
    if (!commission_.base->derived) return fraction(commission_.base->rate);
    return quota_.super && !full ? quota_.super_base : quota_.base;
  }
  Fraction rate(const Tier& tier, bool full) const {
    if (tier.pays == Tier::Pays::rate) return fraction(tier.share);
    if (tier.pays == Tier::Pays::times) return fraction(tier.share) * base(full);
    return {tier.money, 1};
  }

  void add_tier(std::size_t i) {
    const Tier& tier = commission_.tiers[i];
    const Int128 from = position(tier);
    const auto number = static_cast<int>(i);
    if (commission_.reading == Reading::interpolated) return add_interpolated(i, from);
    // Up to the ramped quota a super rate holds, above it the plain one (R19).
    const bool full = tier.of_quota ? tier.from_share >= Share::whole(1) : true;
    const Fraction slope = rate(tier, full);
    if (commission_.reading == Reading::retroactive) {
      const Fraction step = i == 0 ? Fraction{} : slope + minus(last_);
      last_ = slope;
      const Int128 base_from = commission_.above_only ? from - threshold() : from;
      add(from, slope, number,
          Fraction::of(product(step.num, std::max<Int128>(0, base_from)),
                       product(step.den, billion)));
      return;
    }
    add(from, slope, number, {});
    const bool last = i + 1 == commission_.tiers.size();
    const bool crosses = !full && (last || commission_.tiers[i + 1].from_share > Share::whole(1));
    if (crosses && quota_.super) add(product(quota_.quota, billion), rate(tier, true), number, {});
  }

  // A piece; under above_only what lies below the threshold pays nothing.
  void add(Int128 from, Fraction slope, int tier, Fraction jump) {
    const Int128 limit = commission_.above_only ? threshold() : 0;
    if (from >= limit) {
      if (pending_ && from > limit) builder_.piece(limit, pending_slope_, pending_tier_);
      pending_ = false;
      builder_.piece(from, slope, tier, jump);
      return;
    }
    if (from == 0) builder_.piece(0, {}, tier);
    pending_ = true;
    pending_slope_ = slope;
    pending_tier_ = tier;
  }

  void flush() {
    if (pending_) builder_.piece(threshold(), pending_slope_, pending_tier_);
    pending_ = false;
  }

  void add_interpolated(std::size_t i, Int128 from) {
    const auto& tiers = commission_.tiers;
    Fraction slope;
    if (i + 1 < tiers.size() && !(of_quota_ && quota_.quota == 0)) {
      const Int128 width = position(tiers[i + 1]) - from;
      slope = Fraction::of(product(tiers[i + 1].money - tiers[i].money, billion), width);
    }
    const Fraction jump = i == 0 ? Fraction{tiers[0].money, 1} : Fraction{};
    builder_.piece(from, slope, static_cast<int>(i), jump);
  }

  const Commission& commission_;
  const PeriodQuota& quota_;
  FunctionBuilder builder_;
  bool of_quota_ = false;
  bool pending_ = false;
  Fraction pending_slope_, last_;
  int pending_tier_ = 0;
};

PayFunction curve_function(const Curve& curve, const PeriodQuota& quota) {
  FunctionBuilder builder;
  const auto place = [&](std::size_t i) {
    return product(quota.quota, curve.attainment[i].billionths);
  };
  const auto money = [&](std::size_t i) {
    return Fraction::of(product(quota.target, curve.payout[i].billionths), billion);
  };
  if (place(0) > 0) builder.piece(0, {}, 0);
  for (std::size_t i = 0; i < curve.attainment.size(); ++i) {
    const bool last = i + 1 == curve.attainment.size();
    Fraction slope;
    if (!last || curve.extend) {
      const std::size_t a = last ? i - 1 : i;
      const Fraction rise = money(a + 1) + minus(money(a));
      slope = rise * Fraction::of(billion, place(a + 1) - place(a));
    }
    builder.piece(place(i), slope, static_cast<int>(i), i == 0 ? money(0) : Fraction{});
  }
  return builder.build(0, true, {});
}

PayFunction bonus_function(const Bonus& bonus, const PeriodQuota& quota) {
  FunctionBuilder builder;
  const Fraction money =
      bonus.amount ? Fraction{*bonus.amount, 1}
                   : Fraction::of(product(quota.target, bonus.share_of_target.billionths), billion);
  const Int128 at = product(quota.quota, bonus.at.billionths);
  if (at > 0) builder.piece(0, {}, 0);
  builder.piece(at, {}, 1, money);
  return builder.build(0, true, {});
}

PayFunction nothing() {
  FunctionBuilder builder;
  builder.piece(0, {}, 0);
  return builder.build(0, true, {});
}

}  // namespace

PayFunction PayFunction::of(const Component& component, const PeriodQuota& quota) {
  switch (component.type) {
    case Type::commission: {
      Compiler compiler(component.commission, quota);
      return compiler.run();
    }
    case Type::curve:
      return quota.quota > 0 ? curve_function(component.curve, quota) : nothing();
    case Type::bonus:
      return quota.quota > 0 ? bonus_function(component.bonus, quota) : nothing();
    default:
      return nothing();
  }
}

Int128 PayFunction::due_wide(std::int64_t c) const {
  const Piece& piece = pieces_[piece_at(c)];
  return sum(piece.value, product(product(c, scale_) - piece.from, piece.slope));
}

std::size_t PayFunction::piece_at(std::int64_t c) const {
  return piece_at_position(static_cast<Int128>(c) * scale_);
}

std::size_t PayFunction::piece_at_position(Int128 position) const {
  std::size_t i = pieces_.size() - 1;
  while (i > 0 && position < pieces_[i].from) --i;
  return i;
}

// Where all numbers of a piece fit 64 bits with room to spare, so does what is due up to a limit.
void PayFunction::finish() {
  Int128 slope = 1, value = 0, from = 0;
  for (const Piece& piece : pieces_) {
    slope = std::max(slope, piece.slope < 0 ? -piece.slope : piece.slope);
    value = std::max(value, piece.value < 0 ? -piece.value : piece.value);
    from = std::max(from, piece.from);
  }
  const Int128 most = Int128{1} << 61;
  if (slope >= most || value >= most || from >= most || denominator_ >= most) return;
  const Int128 limit = ((most - value) / slope - from) / scale_;
  if (limit <= 0) return;
  narrow_limit_ = static_cast<std::int64_t>(std::min<Int128>(limit, largest_amount));
  for (const Piece& piece : pieces_)
    narrow_.push_back({static_cast<std::int64_t>(piece.from),
                       static_cast<std::int64_t>(piece.value),
                       static_cast<std::int64_t>(piece.slope)});
}

// Sum over pieces of E[due; piece], each of (value + slope (X - from)) on [from, next).
double PayFunction::expected(double mean, double sd) const {
  const double unit = static_cast<double>(scale_);
  const double den = static_cast<double>(denominator_);
  double total = 0;
  const auto density = [](double z) { return 0.3989422804014327 * sim::exp(-0.5 * z * z); };
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const Piece& piece = pieces_[i];
    const bool last = i + 1 == pieces_.size();
    const double from = static_cast<double>(piece.from) / unit;
    const double low = i == 0 ? -std::numeric_limits<double>::infinity() : from;
    const double high = last ? std::numeric_limits<double>::infinity()
                             : static_cast<double>(pieces_[i + 1].from) / unit;
    double begin = low;
    if (threshold_ != 0) begin = std::max(begin, static_cast<double>(threshold_) / unit);
    if (begin >= high) continue;
    const double value = static_cast<double>(piece.value) / den;
    const double slope = static_cast<double>(piece.slope) * unit / den;
    if (sd <= 0) {
      if (mean >= begin && mean < high) total += value + slope * (mean - from);
      continue;
    }
    const double a = (begin - mean) / sd, b = (high - mean) / sd;
    const double below_a = begin < 0 && i == 0 && threshold_ == 0 ? 0 : sim::normal_cdf(a);
    const double below_b = last ? 1 : sim::normal_cdf(b);
    const double at_a = below_a == 0 && i == 0 ? 0 : density(a), at_b = last ? 0 : density(b);
    const double mass = below_b - below_a;
    total += (value + slope * (mean - from)) * mass + slope * sd * (at_a - at_b);
  }
  return total;
}

// Slopes by the mass of their pieces, jumps by the density at their place. Below a threshold
// nothing is due, so there what is due jumps from 0.
double PayFunction::expected_rate(double mean, double sd) const {
  const double unit = static_cast<double>(scale_), den = static_cast<double>(denominator_);
  const double gate = static_cast<double>(threshold_) / unit;
  const auto begins = [&](std::size_t i) { return static_cast<double>(pieces_[i].from) / unit; };
  const auto slope = [&](std::size_t i) {
    return static_cast<double>(pieces_[i].slope) * unit / den;
  };
  const auto due = [&](std::size_t i, double at) {
    return static_cast<double>(pieces_[i].value) / den + slope(i) * (at - begins(i));
  };
  const auto chance = [&](double at) { return sim::normal_cdf((at - mean) / sd); };
  const std::size_t first = threshold_ != 0 ? piece_at_position(threshold_) : 0;
  double below = threshold_ != 0 ? chance(gate) : 0, rate = 0;
  for (std::size_t i = first; i < pieces_.size(); ++i) {
    const double above = i + 1 < pieces_.size() ? chance(begins(i + 1)) : 1;
    rate += slope(i) * (above - below);
    below = above;
    if (i == 0 && threshold_ == 0) continue;
    const double at = i == first ? gate : begins(i);
    const double jump = i == first ? due(i, at) : due(i, at) - due(i - 1, at);
    const double z = (at - mean) / sd;
    if (jump != 0) rate += jump / sd * 0.3989422804014327 * sim::exp(-0.5 * z * z);
  }
  return rate;
}

}  // namespace compensation
