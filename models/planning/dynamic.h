// SPDX-License-Identifier: Apache-2.0
#pragma once
// The finite-horizon programme of a rep (EQ3, SA6, SA8) as one table per plan.
//
// State: weeks left in the measuring period, attainment (credit / quota), pace class (expected
// weekly bookings / quota at full effort) and bias class (present bias, lumpy.h). The table gives
// the value of going on and the rate: what one more unit of attainment, booked this week, is worth,
// i.e. the dynamic shadow rate V_x. Read by linear interpolation in attainment and pace, without
// allocation, from any number of threads.
//
// A week's bookings are lumps (a deal of a random size at most once a step, SA8) or normal (SA6).
// rate / quota is a commission rate per unit of credit that takes the place of EQ2's for the plan's
// component; other components enter as in EQ2.

#include <algorithm>
#include <cstddef>
#include <vector>

#include "models/planning/grid.h"
#include "models/planning/pay_curve.h"

namespace planning {

struct Lump {
  double share;  // of deals; the shares sum to 1
  double size;   // in quotas
};

struct DynamicSetup {
  int weeks = 13;                           // 1 .. 52
  std::vector<double> paces;                // ascending, quotas a week at full effort
  std::vector<double> biases{0.6, 0.8, 1};  // classes of present bias, (0, 1]
  double cost = 1;          // of a week of full effort, unit of pay: cost x e^2 / 2; > 0
  double discount = 1;      // of a week
  double unforced = 0;      // share of the pace that comes without effort, [0, 1]
  std::vector<Lump> lumps;  // empty: normal bookings
  double sd = 0.1;          // normal: of a week's bookings, in quotas
  // 0: 1 if normal; with lumps as many as keep the chance of one in a step, at full effort and the
  // highest pace, at most 1/2. The same for all paces: more steps leave more to chance.
  int steps_per_week = 0;
  int cells = 100;  // nodes per quota, at least; with one size of lump they fit into it
  double high = 0;  // end of the attainments, linear beyond; 0: after the last kink, <= 4
};

// `count` paces between two ends, each the same multiple of the one before.
std::vector<double> paces_between(double low, double high, int count);

class DynamicTable {
 public:
  static constexpr std::size_t most_bytes = std::size_t{8} << 20;

  // Throws std::invalid_argument if the setup makes no sense or the table would be above
  // most_bytes.
  DynamicTable(const PayCurve& pay, const DynamicSetup& setup);

  struct Reading {
    double value;  // unit of pay: expected pay of the period less cost of effort to come
    double rate;   // unit of pay per quota
  };
  // weeks_left counts this week (1 .. weeks); everything outside the table is read at its edge,
  // attainment above it on a straight line.
  Reading read(int weeks_left, double attainment, double pace, std::size_t bias_class) const {
    const int week = std::clamp(weeks_left, 1, weeks_) - 1;
    const double position = (attainment - grid_.low) / grid_.step;
    const double inside = std::clamp(position, 0.0, static_cast<double>(grid_.nodes - 1));
    const auto cell = std::min(static_cast<std::size_t>(inside), grid_.nodes - 2);
    const std::size_t lower = pace_below(pace);
    const std::size_t upper = std::min(lower + 1, paces_.size() - 1);
    const double share =
        lower == upper
            ? 0
            : std::clamp((pace - paces_[lower]) / (paces_[upper] - paces_[lower]), 0.0, 1.0);
    const double along = inside - static_cast<double>(cell);
    const Reading a = between(row(bias_class, week, lower) + cell, along);
    const Reading b = between(row(bias_class, week, upper) + cell, along);
    Reading reading{a.value + share * (b.value - a.value), a.rate + share * (b.rate - a.rate)};
    if (position > inside) reading.value += reading.rate * (attainment - grid_.high());
    return reading;
  }
  double value(int weeks_left, double attainment, double pace, std::size_t bias_class) const {
    return read(weeks_left, attainment, pace, bias_class).value;
  }
  double rate(int weeks_left, double attainment, double pace, std::size_t bias_class) const {
    return read(weeks_left, attainment, pace, bias_class).rate;
  }
  // The rate against the plan's base rate (PayCurve::base_rate): 1 always if the plan is linear.
  double relative_rate(int weeks_left, double attainment, double pace,
                       std::size_t bias_class) const {
    return rate(weeks_left, attainment, pace, bias_class) / base_rate_;
  }
  // Effort of this week: what the rate, weighed by present bias, is worth against its cost.
  double effort(int weeks_left, double attainment, double pace, std::size_t bias_class) const {
    const double worth = biases_[bias_class] * rate(weeks_left, attainment, pace, bias_class);
    return std::clamp(worth * pace * (1 - unforced_) / cost_, 0.0, 1.0);
  }

  std::size_t bytes() const { return cells_.size() * sizeof(Cell); }
  int weeks() const { return weeks_; }
  double high() const { return grid_.high(); }
  double base_rate() const { return base_rate_; }
  const std::vector<double>& paces() const { return paces_; }
  const std::vector<double>& biases() const { return biases_; }

 private:
  struct Cell {
    float value, rate;
  };
  void fill_lumpy(const PayCurve& pay, const DynamicSetup& setup, double pace, int steps,
                  std::size_t column, std::size_t bias);
  void fill_normal(const PayCurve& pay, const DynamicSetup& setup, double pace, int steps,
                   std::size_t column, std::size_t bias);

  std::size_t pace_below(double pace) const {
    if (paces_.size() == 1) return 0;
    const auto next = std::upper_bound(paces_.begin() + 1, paces_.end() - 1, pace);
    return static_cast<std::size_t>(next - paces_.begin()) - 1;
  }
  std::size_t begin_of(std::size_t bias, int week, std::size_t pace) const {
    const auto weeks = static_cast<std::size_t>(weeks_), at = static_cast<std::size_t>(week);
    return ((bias * weeks + at) * paces_.size() + pace) * grid_.nodes;
  }
  const Cell* row(std::size_t bias, int week, std::size_t pace) const {
    return cells_.data() + begin_of(bias, week, pace);
  }
  static Reading between(const Cell* cell, double along) {
    const double value = cell[0].value, rate = cell[0].rate;
    return {value + along * (cell[1].value - value), rate + along * (cell[1].rate - rate)};
  }

  Grid grid_;
  int weeks_;
  double cost_, unforced_, base_rate_;
  std::vector<double> paces_, biases_;
  std::vector<Cell> cells_;  // by bias, week, pace, attainment
};

}  // namespace planning
