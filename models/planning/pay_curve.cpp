// SPDX-License-Identifier: Apache-2.0
#include "models/planning/pay_curve.h"

#include <algorithm>

#include "sim/math.h"

namespace planning {

namespace {

constexpr double density_at_0 = 0.3989422804014327;  // 1 / sqrt(2 pi)

// The first credit that reaches the threshold, found by asking: the function keeps it to itself.
std::int64_t first_paid(const compensation::PayFunction& function) {
  std::int64_t low = 0, high = 1;
  while (!function.reached(high) && high < (std::int64_t{1} << 60)) high *= 2;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (function.reached(middle))
      high = middle;
    else
      low = middle + 1;
  }
  return high;
}

}  // namespace

PayCurve PayCurve::line(double slope) {
  PayCurve curve;
  curve.pieces_[0].slope = slope;
  return curve;
}

PayCurve PayCurve::of(const compensation::PayFunction& function, std::int64_t quota) {
  const double unit = static_cast<double>(quota);
  const double over = static_cast<double>(function.denominator());
  const double scale = static_cast<double>(function.scale());
  PayCurve curve;
  curve.pieces_.clear();
  for (const auto& piece : function.pieces())
    curve.pieces_.push_back({static_cast<double>(piece.from) / scale / unit,
                             static_cast<double>(piece.value) / over,
                             static_cast<double>(piece.slope) * scale * unit / over});
  if (!function.has_threshold()) return curve;
  const double gate = static_cast<double>(first_paid(function)) / unit;
  PayCurve gated;  // nothing, then what the function says
  gated.then(gate, curve.slope_at(gate), curve(gate));
  for (const Piece& piece : curve.pieces_)
    if (piece.from > gate + reach) gated.pieces_.push_back(piece);
  return gated;
}

PayCurve& PayCurve::then(double from, double slope, double jump) {
  pieces_.push_back({from, (*this)(from) + jump, slope});
  return *this;
}

PayCurve& PayCurve::operator+=(const PayCurve& other) {
  std::vector<double> ends;
  for (const PayCurve* curve : {static_cast<const PayCurve*>(this), &other})
    for (const Piece& piece : curve->pieces_) ends.push_back(piece.from);
  std::sort(ends.begin(), ends.end());
  ends.erase(
      std::unique(ends.begin(), ends.end(), [](double a, double b) { return b - a < reach; }),
      ends.end());
  std::vector<Piece> sum;
  for (const double end : ends)
    sum.push_back({end, (*this)(end) + other(end), slope_at(end) + other.slope_at(end)});
  pieces_ = std::move(sum);
  return *this;
}

PayCurve& PayCurve::operator*=(double factor) {
  for (Piece& piece : pieces_) {
    piece.value *= factor;
    piece.slope *= factor;
  }
  return *this;
}

const PayCurve::Piece& PayCurve::piece_at(double attainment) const {
  std::size_t i = pieces_.size() - 1;
  while (i > 0 && attainment + reach < pieces_[i].from) --i;
  return pieces_[i];
}

double PayCurve::operator()(double attainment) const {
  const Piece& piece = piece_at(attainment);
  return piece.value + piece.slope * (attainment - piece.from);
}

double PayCurve::slope_at(double attainment) const { return piece_at(attainment).slope; }

double PayCurve::expected(double mean, double sd) const {
  if (sd <= 0) return (*this)(mean);
  const Piece& first = pieces_[0];
  double sum = first.value + first.slope * (mean - first.from);
  for (std::size_t i = 1; i < pieces_.size(); ++i) {
    const Piece &before = pieces_[i - 1], &piece = pieces_[i];
    const double jump = piece.value - before.value - before.slope * (piece.from - before.from);
    const double z = (mean - piece.from) / sd, chance = sim::normal_cdf(z);
    const double beyond =  // E(x - from)+
        (mean - piece.from) * chance + sd * density_at_0 * sim::exp(-z * z / 2);
    sum += jump * chance + (piece.slope - before.slope) * beyond;
  }
  return sum;
}

double PayCurve::base_rate() const {
  for (const Piece& piece : pieces_)
    if (piece.slope != 0) return piece.slope;
  return (*this)(1);
}

}  // namespace planning
