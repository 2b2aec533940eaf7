// SPDX-License-Identifier: Apache-2.0
// SC25 (X22): after a shock, tightly coupled firms fare worse, and long jumps help them, not the
// loosely coupled. Arms share landscapes and luck.
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "models/ventures/reorientation.h"
#include "tests/models/ventures/luck.h"

namespace {

using namespace ventures;
using namespace ventures_tests;

constexpr std::array couplings{0, 1, 3, 5};
constexpr int landscapes = 500;

Reoriented run(Reorientation rules, int coupling, int key) {
  rules.coupling = coupling;
  return reorient(rules, all_luck, {landscape_stream, firm_stream},
                  sim::Key{static_cast<std::uint64_t>(key)});
}

struct Arm {
  std::array<Mean, couplings.size()> survival;          // by K
  std::array<double, couplings.size()> jumped_alive{};  // share of jumpers, of those left
  std::array<double, couplings.size()> jumped_dead{};   // of those that died
};

Arm simulate(const Reorientation& rules) {
  Arm arm;
  for (std::size_t k = 0; k < couplings.size(); ++k) {
    double alive = 0, dead = 0, jumped_alive = 0, jumped = 0;
    for (int key = 0; key < landscapes; ++key) {
      const Reoriented one = run(rules, couplings[k], key);
      arm.survival[k].add(one.survival());
      alive += one.alive;
      dead += one.firms - one.alive;
      jumped_alive += one.jumped_alive;
      jumped += one.jumped;
    }
    arm.jumped_alive[k] = jumped_alive / alive;
    arm.jumped_dead[k] = (jumped - jumped_alive) / dead;
  }
  return arm;
}

}  // namespace
