// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who offers to partner with whom. Now and then a startup looks around: it sees a few candidates
// and asks the one it expects most of. It asks only if it has the hours, and if an hour given to
// the partner seems worth more than an hour of its own business; the one asked accepts by the same
// rule (by_hours). From outside, little of how a candidate differs from others of its market is
// seen (`insight`). So whom the market keeps busy is rarely found among partners (G4, SC2), and no
// rule says so; with much insight the strong find each other instead. by_chance: whoever looks
// asks, and whoever is asked accepts with `accept` (X15's null).

#include <algorithm>
#include <cstdint>

#include "models/startups/about.h"
#include "models/startups/state.h"

namespace startups {

enum class AcceptRule : std::uint8_t { by_hours, by_chance };

struct Partnering {
  bool startups = true;
  bool giants = true;
  double offers = 2;
  double giant_share = 0.5;
  std::int64_t seen = 3;
  double insight = 0.2;
  double offer_hours = 20;
  AcceptRule rule = AcceptRule::by_hours;
  double accept = 0.2;
  std::int64_t most = 3;
  std::int64_t start_wins = 0;
  bool after_chasm = false;
  double horizon = 2;
  double same_market = 0.3;
  bool pairs_at_start = false;
  static constexpr auto fields = sim::Pack{
      sim::field(&Partnering::startups,
                 yes_or_no("startups", "whether startups partner with startups", "Q5")),
      sim::field(&Partnering::giants,
                 yes_or_no("giants", "whether startups partner with giants", "Q5")),
      sim::field(&Partnering::offers, unknown("offers", "1/year",
                                              "how often a startup looks for a "
                                              "partner; 0: never",
                                              0.5, 4, 0, 1000)),
      sim::field(&Partnering::giant_share,
                 unknown("giant_share", "1",
                         "share of times that it looks at giants, where it may partner with both",
                         0.2, 0.8, 0, 1)),
      sim::field(&Partnering::seen, lever("seen", "1", "candidates it sees each time", 1, 100)),
      sim::field(&Partnering::insight,
                 unknown("insight", "1",
                         "share of how a candidate differs from others of its market that is seen "
                         "from outside",
                         0, 1, 0, 1, "G4: whom one looks back at a decade later")),
      sim::field(&Partnering::offer_hours,
                 unknown("offer_hours", "hour/week", "free hours without which nobody partners", 5,
                         40, 0, 1e5, "G4, SC2")),
      sim::field(&Partnering::rule, {.name = "rule",
                                     .unit = "1",
                                     .meaning = "who partners",
                                     .choices = {"by_hours", "by_chance"},
                                     .source = "X15"}),
      sim::field(
          &Partnering::accept,
          lever("accept", "1", "chance that an offer is taken, by_chance only", 0, 1, "X15")),
      sim::field(&Partnering::most, lever("most", "1", "partners at a time", 0, 100)),
      sim::field(
          &Partnering::start_wins,
          lever("start_wins", "1", "own wins before a startup looks", 0, 1e6, "Q12 {0, 5, 20}")),
      sim::field(&Partnering::after_chasm,
                 yes_or_no("after_chasm", "whether to wait until the market has passed its chasm",
                           "G5, Q5")),
      sim::field(&Partnering::horizon,
                 lever("horizon", "year", "for which a partner's worth is counted", 0, 100)),
      sim::field(&Partnering::same_market,
                 unknown("same_market", "1",
                         "complementarity of two products of one market, over "
                         "that of two markets",
                         0, 0.6, 0, 1, "seed 002: the same vague space")),
      sim::field(&Partnering::pairs_at_start,
                 yes_or_no("pairs_at_start",
                           "whether startups 0 and 1, 2 and 3, ... of a region "
                           "begin as pairs",
                           "SC1, X14"))};

  // What a candidate's customers look like from outside, `usual` being those of its market.
  double seen_of(double customers, double usual) const {
    return usual + insight * (customers - usual);
  }
};

// What is expected of a partner, money a year, without any bias: needs of its customers, of which
// the partner introduces some and the startup wins some.
struct Prospect {
  double customers, needs, introduced, win_share, fee;
  double value() const { return customers * needs * introduced * win_share * fee; }
};

}  // namespace startups
