// SPDX-License-Identifier: Apache-2.0
#pragma once
// Exploration and exploitation in organisational learning (SC33; March 1991, closed system, model
// of mutual learning). Reality has `dimensions` of value 1 or -1. Each of `people` believes 1, 0
// (nothing) or -1 about each dimension, the organisation has a code of such beliefs, at first 0.
// In each period, from what was believed at its start,
//
// - people learn from the code: a belief that differs from the code's, where the code has one,
//   becomes the code's with chance `learning` (March's p1);
// - the code learns from those who know more than it does: where most of them differ from it, it
//   takes the belief that prevails among them with chance 1 - (1 - code_learning)^k (p2), k > 0
//   being how many more of them differ from the code than agree with it;
// - then each person is replaced with chance `turnover` (p3) by somebody with beliefs of chance,
//   and each dimension of reality changes its sign with chance `turbulence` (p4).
//
// Knowledge is the share of dimensions believed as they are. Luck is keyed by (person's place,
// period), so that settings share it.

#include "sim/random.h"

namespace ventures {

struct Exploration {
  int dimensions = 30, people = 50;  // March's m and n
  int periods = 100;
  double learning = 0.1, code_learning = 0.5;
  double turnover = 0, turbulence = 0;
};

struct Explored {
  double code = 0, people = 0;  // knowledge of the code, and mean of people, after the periods
};

Explored explore(const Exploration& rules, const sim::Random& luck, const sim::Stream& stream,
                 sim::Key organisation);

}  // namespace ventures
