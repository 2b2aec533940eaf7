// SPDX-License-Identifier: Apache-2.0
#include "models/planning/dynamic.h"

#include <stdexcept>

#include "models/planning/lumpy.h"
#include "models/planning/normal_programme.h"
#include "sim/math.h"

namespace planning {

namespace {

void demand(bool holds, const char* what) {
  if (!holds) throw std::invalid_argument(what);
}

void check(const DynamicSetup& setup) {
  demand(setup.weeks >= 1 && setup.weeks <= 52, "weeks must be 1 .. 52");
  demand(!setup.paces.empty() && setup.paces.front() >= 0, "paces must not be negative or absent");
  for (std::size_t i = 1; i < setup.paces.size(); ++i)
    demand(setup.paces[i - 1] < setup.paces[i], "paces must ascend");
  demand(!setup.biases.empty(), "there must be a class of bias");
  for (const double bias : setup.biases) demand(bias > 0 && bias <= 1, "bias must be in (0, 1]");
  demand(setup.cost > 0, "cost must be above 0");
  demand(setup.discount > 0 && setup.discount <= 1, "discount must be in (0, 1]");
  demand(setup.unforced >= 0 && setup.unforced <= 1, "unforced must be in [0, 1]");
  demand(setup.cells >= 4 && setup.cells <= 1000, "cells must be 4 .. 1000");
  for (const Lump& lump : setup.lumps)
    demand(lump.share > 0 && lump.size > 0, "shares and sizes of lumps must be above 0");
  demand(!setup.lumps.empty() || setup.sd > 0, "sd must be above 0");
}

// Nodes lie at 1 (the usual place of a jump) and, with one size of lump, at whole numbers of lumps
// from there, where the value of a jump at 1 has its steps.
Grid grid_of(const PayCurve& pay, const DynamicSetup& setup) {
  Grid grid;
  grid.step = 1.0 / setup.cells;
  if (setup.lumps.size() == 1)
    grid.step = setup.lumps[0].size / std::ceil(setup.lumps[0].size * setup.cells - 1e-9);
  const double after = setup.lumps.empty() ? 0.5 : 0;
  const double high =
      setup.high > 0 ? setup.high : std::min(4.0, std::max(1.0, pay.last_kink()) + after);
  const double below = std::ceil(1 / grid.step - 1e-6), above = (high - 1) / grid.step;
  grid.low = 1 - below * grid.step;
  grid.nodes = static_cast<std::size_t>(std::max(1.0, below + std::ceil(above - 1e-6))) + 1;
  return grid;
}

double mean_size(const std::vector<Lump>& lumps) {
  double mean = 0;
  for (const Lump& lump : lumps) mean += lump.share * lump.size;
  return mean;
}

// Lumps on the grid, one pace and one bias, backward from the end.
struct LumpyGrid {
  const DynamicSetup& setup;
  Grid grid;
  LumpyStep step;
  double above;  // slope of value beyond the grid, per node
  std::vector<double> value, next, rate;

  void back() {
    next = value;
    const double mean = mean_size(setup.lumps);
    for (std::size_t i = 0; i < grid.nodes; ++i) {
      double won = 0;
      for (const Lump& lump : setup.lumps)
        won +=
            lump.share * Grid::read(next, static_cast<double>(i) + lump.size / grid.step, 0, above);
      const LumpyStep::Choice choice = step(next[i], won);
      value[i] = choice.value;
      rate[i] = choice.gain / mean;
    }
    above *= step.discount;
  }
};

int steps_of(const DynamicSetup& setup) {
  if (setup.steps_per_week > 0 || setup.lumps.empty()) return std::max(1, setup.steps_per_week);
  const double weekly = setup.paces.back() / mean_size(setup.lumps);
  return std::max(1, static_cast<int>(std::ceil(weekly / 0.5 - 1e-9)));
}

double root(double discount, int steps) { return sim::exp(sim::log(discount) / steps); }

}  // namespace

std::vector<double> paces_between(double low, double high, int count) {
  std::vector<double> paces{low};
  const double width = sim::log(high / low);
  for (int i = 1; i < count; ++i) paces.push_back(low * sim::exp(width * i / (count - 1)));
  return paces;
}

DynamicTable::DynamicTable(const PayCurve& pay, const DynamicSetup& setup)
    : weeks_(setup.weeks),
      cost_(setup.cost),
      unforced_(setup.unforced),
      base_rate_(pay.base_rate()),
      paces_(setup.paces),
      biases_(setup.biases) {
  check(setup);
  grid_ = grid_of(pay, setup);
  const auto rows = static_cast<std::size_t>(weeks_) * paces_.size() * biases_.size();
  demand(rows * grid_.nodes * sizeof(Cell) <= most_bytes, "the table would be above 8 MB");
  cells_.resize(rows * grid_.nodes);
  const int steps = steps_of(setup);
  for (std::size_t bias = 0; bias < biases_.size(); ++bias)
    for (std::size_t column = 0; column < paces_.size(); ++column)
      if (setup.lumps.empty())
        fill_normal(pay, setup, paces_[column], steps, column, bias);
      else
        fill_lumpy(pay, setup, paces_[column], steps, column, bias);
}

void DynamicTable::fill_lumpy(const PayCurve& pay, const DynamicSetup& setup, double pace,
                              int steps, std::size_t column, std::size_t bias) {
  const double weekly = pace / mean_size(setup.lumps);  // deals at full effort
  demand(weekly <= steps, "more than one deal a step");
  LumpyGrid lumpy{setup,
                  grid_,
                  {weekly / steps, setup.cost / steps, biases_[bias], root(setup.discount, steps),
                   setup.unforced},
                  pay.slope_at(grid_.high()) * grid_.step,
                  {},
                  {},
                  std::vector<double>(grid_.nodes)};
  for (std::size_t i = 0; i < grid_.nodes; ++i) lumpy.value.push_back(pay(grid_.at(i)));
  for (int week = 0; week < weeks_; ++week) {
    for (int i = 0; i < steps; ++i) lumpy.back();
    Cell* cell = cells_.data() + begin_of(bias, week, column);
    for (std::size_t i = 0; i < grid_.nodes; ++i)
      cell[i] = {static_cast<float>(lumpy.value[i]), static_cast<float>(lumpy.rate[i])};
  }
}

void DynamicTable::fill_normal(const PayCurve& pay, const DynamicSetup& setup, double pace,
                               int steps, std::size_t column, std::size_t bias) {
  // Wider than the table by what chance may do, so that straight lines beyond it do no harm.
  const auto margin =
      static_cast<std::size_t>(std::ceil(4 * setup.sd * sim::sqrt(setup.weeks) / grid_.step));
  Grid wide = grid_;
  wide.low -= static_cast<double>(margin) * wide.step;
  wide.nodes += 2 * margin;
  NormalProgramme programme(pay,
                            {pace / steps, setup.sd / sim::sqrt(steps), setup.cost / steps,
                             biases_[bias], root(setup.discount, steps), setup.unforced},
                            wide);
  for (int week = 0; week < weeks_; ++week) {
    for (int i = 0; i < steps; ++i) programme.back();
    Cell* cell = cells_.data() + begin_of(bias, week, column);
    for (std::size_t i = 0; i < grid_.nodes; ++i)
      cell[i] = {static_cast<float>(programme.value()[i + margin]),
                 static_cast<float>(programme.rate()[i + margin])};
  }
}

}  // namespace planning
