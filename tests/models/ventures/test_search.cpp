// SPDX-License-Identifier: Apache-2.0
// SC6: firms that climb landscapes, against the table of science.md and what is known exactly.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "models/ventures/landscape.h"
#include "tests/models/ventures/luck.h"

namespace {

using namespace ventures;
using namespace ventures_tests;

constexpr int searched = 600;

Landscape land(std::uint64_t key, int attributes, int coupling) {
  return {all_luck, landscape_stream, sim::Key{key}, attributes, coupling};
}

struct Climb {
  double optima, fitness, forms, global;  // fitness, share at the global optimum: of firms
};

constexpr std::array<Climb, 10> reference{{{1, .665, 1.0, 1},
                                           {3.37, .692, 3.4, .48},
                                           {7.72, .705, 7.8, .29},
                                           {13.7, .706, 13.3, .19},
                                           {22.1, .701, 20.2, .12},
                                           {32.0, .694, 27.4, .083},
                                           {44.1, .686, 34.8, .055},
                                           {58.3, .678, 42.2, .037},
                                           {74.4, .669, 48.8, .025},
                                           {93.0, .660, 54.8, .017}}};
// Half a unit of the last digit given.
constexpr std::array<Climb, 10> rounding{{{0, .0005, .05, .005},
                                          {.005, .0005, .05, .005},
                                          {.005, .0005, .05, .005},
                                          {.05, .0005, .05, .005},
                                          {.05, .0005, .05, .005},
                                          {.05, .0005, .05, .0005},
                                          {.05, .0005, .05, .0005},
                                          {.05, .0005, .05, .0005},
                                          {.05, .0005, .05, .0005},
                                          {.05, .0005, .05, .0005}}};

// A hundred firms of random form; each turns an attribute a period and keeps it if it is better.
Climb climb(std::uint64_t key, int coupling, Mean* moves = nullptr) {
  const auto fitness = tabulate(land(key, 10, coupling));
  sim::Draw draw = luck(100'000'000 + key);
  std::vector<Form> ends;
  double mean = 0, global = 0, accepted = 0;
  for (int firm = 0; firm < 100; ++firm) {
    Form form = draw.below(1024);
    for (int period = 0; period < 100; ++period) {
      const Form turned = form ^ (Form{1} << draw.below(10));
      if (fitness[turned] > fitness[form]) form = turned, ++accepted;
    }
    mean += fitness[form] / 100;
    global += (form == best_form(fitness)) / 100.;
    ends.push_back(form);
  }
  if (moves) moves->add(accepted / 100);
  std::sort(ends.begin(), ends.end());
  const auto distinct = std::unique(ends.begin(), ends.end()) - ends.begin();
  return {static_cast<double>(count_optima(fitness)), mean, static_cast<double>(distinct), global};
}

// The reference is a mean over 2000 landscapes: an error of its own, and its digits.
void expect_reference(const Mean& found, double target, double digit, int k, const char* what) {
  const double error = found.error() * std::sqrt(1 + searched / 2000.);
  EXPECT_NEAR(found.mean(), target, 4 * error + digit) << what << " at K = " << k;
}

TEST(Ventures, SC6TheTableOfRuggedLandscapes) {
  double before = 0;
  for (int k = 0; k < 10; ++k) {
    Mean optima, fitness, forms, global;
    for (std::uint64_t key = 0; key < searched; ++key) {
      const Climb one = climb(key, k);
      optima.add(one.optima);
      fitness.add(one.fitness);
      forms.add(one.forms);
      global.add(one.global);
    }
    const auto row = static_cast<std::size_t>(k);
    const Climb &target = reference[row], &digit = rounding[row];
    expect_reference(optima, target.optima, digit.optima, k, "optima");
    expect_reference(fitness, target.fitness, digit.fitness, k, "fitness");
    expect_reference(forms, target.forms, digit.forms, k, "forms");
    expect_reference(global, target.global, digit.global, k, "at the global optimum");
    RecordProperty("K" + std::to_string(k),
                   std::to_string(optima.mean()) + " " + std::to_string(fitness.mean()) + " " +
                       std::to_string(forms.mean()) + " " + std::to_string(global.mean()));
    EXPECT_GT(optima.mean(), before);
    before = optima.mean();
  }
}

// K = N - 1: all forms are independent, each is the best of N + 1 alike with chance 1 / (N + 1).
TEST(Ventures, SC6OptimaOfTheMostRugged) {
  for (const auto& [n, exact] : {std::pair{8, 28.44}, {10, 93.09}}) {
    Mean most, less;
    for (std::uint64_t key = 0; key < 1'500; ++key) {
      most.add(static_cast<double>(count_optima(tabulate(land(key, n, n - 1)))));
      less.add(static_cast<double>(count_optima(tabulate(land(key, n, n - 2)))));
    }
    EXPECT_NEAR(std::exp2(n) / (n + 1), exact, .006);
    expect_exact(most, std::exp2(n) / (n + 1), "optima");
    expect_other(less, std::exp2(n) / (n + 1), "optima at K = N - 2");
  }
}

// K = 0: one optimum, the better half of each attribute, found from everywhere in N / 2 moves.
TEST(Ventures, SC6TheSmoothLandscape) {
  Mean best, moves, other_moves;
  for (std::uint64_t key = 0; key < 1'000; ++key) {
    const Climb one = climb(key, 0, &moves);
    const auto fitness = tabulate(land(key, 10, 0));
    best.add(fitness[best_form(fitness)]);
    EXPECT_EQ(one.optima, 1);
    if (key < 200) climb(key, 3, &other_moves);
  }
  expect_exact(best, 2. / 3, "fitness of the optimum");
  expect_exact(moves, 5, "moves");
  expect_other(other_moves, 5, "moves at K = 3");
}

}  // namespace
