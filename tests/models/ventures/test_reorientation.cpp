// SPDX-License-Identifier: Apache-2.0
// SC25 (X22): firms on a landscape that a shock changes. Arms share landscapes and luck.
//
// What comes out: survival falls with K, and the shock costs more the higher K is. Among firms on
// the same landscape those who have jumped live on more often, and more so where K is high
// (Levinthal's observation). But as a treatment, long jumps do not help the tightly coupled more:
// given to every other firm by lot, they help about as much at any K; given to all, they help
// little at any K if firms are measured against the best form, and hurt where K is high if they are
// measured against each other, since those who land well raise the bar for all others.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "models/ventures/reorientation.h"
#include "tests/models/ventures/luck.h"

namespace {

using namespace ventures;
using namespace ventures_tests;

constexpr std::array couplings{0, 1, 3, 5};
constexpr std::size_t loose = 0, tight = 3;  // the ends of it
constexpr std::size_t landscapes = 300;

Reoriented run(Reorientation rules, int coupling, std::size_t key) {
  rules.coupling = coupling;
  return reorient(rules, all_luck, {landscape_stream, firm_stream}, sim::Key{key});
}

using Results = std::array<std::vector<Reoriented>, couplings.size()>;

Results simulate(const Reorientation& rules) {
  Results results;
  for (std::size_t k = 0; k < couplings.size(); ++k)
    for (std::size_t key = 0; key < landscapes; ++key)
      results[k].push_back(run(rules, couplings[k], key));
  return results;
}
// Arms that several tests look at.
const Results& rivals() {
  static const Results results = simulate({});
  return results;
}
const Results& forms() {
  static const Results results = simulate({.rivals = false});
  return results;
}

// Mean over landscapes of what `of` makes of each one.
template <class Of>
Mean mean(const Of& of, std::size_t count = landscapes) {
  Mean result;
  for (std::size_t key = 0; key < count; ++key) result.add(of(key));
  return result;
}

// The 99% interval of paired differences is above 0 (P-AB).
void expect_positive(const Mean& found, const char* what, int k = -1) {
  EXPECT_GT(found.mean(), 2.576 * found.error()) << what << " " << k;
}

// Of a landscape's firms: covariance of "has jumped" and "is alive".
double association(const Reoriented& one) {
  const auto& all = one.able;
  const double n = all.firms;
  return all.jumped_alive / n - all.jumped / n * all.alive / n;
}

TEST(Ventures, SC25SurvivalFallsWithCoupling) {
  const Results calm = simulate({.shocked = 0});
  const Results calm_forms = simulate({.shocked = 0, .rivals = false});
  for (std::size_t k = 0; k + 1 < couplings.size(); ++k)
    expect_positive(mean([&](std::size_t key) {
                      return forms()[k][key].survival() - forms()[k + 1][key].survival();
                    }),
                    "measured against the best form", couplings[k]);
  for (std::size_t k = 1; k < couplings.size(); ++k) {
    expect_positive(mean([&](std::size_t key) {
                      return rivals()[loose][key].survival() - rivals()[k][key].survival();
                    }),
                    "measured against the best firm", couplings[k]);
    // The shock's own toll.
    expect_positive(mean([&](std::size_t key) {
                      return calm[k][key].survival() - rivals()[k][key].survival() -
                             (calm[loose][key].survival() - rivals()[loose][key].survival());
                    }),
                    "toll", couplings[k]);
    expect_positive(mean([&](std::size_t key) {
                      return calm_forms[k][key].survival() - forms()[k][key].survival() -
                             (calm_forms[loose][key].survival() - forms()[loose][key].survival());
                    }),
                    "toll against the best form", couplings[k]);
  }
  // Without a shock almost all live on.
  for (std::size_t k = 0; k < couplings.size(); ++k)
    EXPECT_GT(mean([&](std::size_t key) { return calm[k][key].survival(); }).mean(), .9);
}

TEST(Ventures, SC25JumpsGoWithSurvivalOfTheTightlyCoupled) {
  constexpr std::size_t many = 800;
  Mean loose_ones, tight_ones, more;
  for (std::size_t key = 0; key < many; ++key) {
    const double zero = association(run({.jump_chance = 1}, 0, key));
    const double five = association(run({.jump_chance = 1}, 5, key));
    loose_ones.add(zero);
    tight_ones.add(five);
    more.add(five - zero);
  }
  expect_positive(loose_ones, "association", 0);
  expect_positive(tight_ones, "association", 5);
  expect_positive(more, "interaction of jumps and K");
  // Nobody jumps who does not try: the association is not built in.
  for (const auto& by_key : rivals())
    for (const Reoriented& one : by_key) EXPECT_EQ(one.able.jumped + one.unable.jumped, 0);
}

TEST(Ventures, X22JumpsAsATreatmentDoNotHelpTheTightlyCoupledMore) {
  const Results half = simulate({.jump_chance = 1, .able = .5});
  const auto by_lot = [&](std::size_t k, std::size_t key) {
    return half[k][key].able.survival() - half[k][key].unable.survival();
  };
  for (std::size_t k = 0; k < couplings.size(); ++k)
    expect_positive(mean([&](std::size_t key) { return by_lot(k, key); }), "by lot", couplings[k]);
  const Mean more = mean([&](std::size_t key) { return by_lot(tight, key) - by_lot(loose, key); });
  EXPECT_LT(std::abs(more.mean()), 4 * more.error());
  EXPECT_LT(more.error(), .01);  // enough to tell

  for (const bool against_rivals : {false, true}) {
    const Results& without = against_rivals ? rivals() : forms();
    const Results with = simulate({.jump_chance = 1, .rivals = against_rivals});
    const auto gain = [&](std::size_t k) {
      return mean(
          [&](std::size_t key) { return with[k][key].survival() - without[k][key].survival(); });
    };
    expect_positive(gain(loose), "all jump", 0);
    if (against_rivals)
      EXPECT_LT(gain(tight).mean(), -4 * gain(tight).error()) << "they raise the bar";
    else
      expect_positive(gain(tight), "all jump", 5);
  }
}

// The same question twice has one answer; luck is the firm's own, whatever others do.
TEST(Ventures, SC25ArmsShareTheirLuck) {
  const Reorientation rules{.coupling = 3, .jump_chance = .5};
  const auto once = [&](const Reorientation& r) {
    return reorient(r, all_luck, {landscape_stream, firm_stream}, sim::Key{7});
  };
  EXPECT_EQ(once(rules).able.alive, once(rules).able.alive);
  Reorientation unable = rules, none = rules;
  unable.able = 0;
  none.jump_chance = 0;
  EXPECT_EQ(once(unable).unable.alive, once(none).able.alive);
  EXPECT_EQ(once(unable).unable.firms, rules.firms);
}

}  // namespace
