// SPDX-License-Identifier: Apache-2.0
#pragma once
// A big name among the partners helps to sell if somebody there takes calls (B5, B6): a champion
// gives so many reference calls a quarter and no more. The vendor spends each on the open deal of
// its own people where it adds most (list value x gain in the chance of winning); the buyer of that
// deal trusts the vendor more, the less the older the partnership is (EQ16). A big name without a
// champion takes no calls and is a logo.

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/math.h"
#include "sim/step.h"

namespace ecosystem {

struct References {
  std::int64_t reference_partners = 0;
  double champion = 0;
  double calls_per_quarter = 3;
  double gain = 1;
  double fade_weeks = 104;
  double hours = 1;
  static constexpr auto fields = sim::Pack{
      sim::field(&References::reference_partners,
                 {.name = "reference_partners",
                  .unit = "1",
                  .meaning = "of the candidates, the first so many are names that buyers know",
                  .min = 0,
                  .max = 1e6,
                  .source = "B5",
                  .role = sim::Role::structural}),
      sim::field(&References::champion,
                 {.name = "champion",
                  .unit = "share",
                  .meaning = "partners with somebody who speaks glowingly of the vendor",
                  .min = 0,
                  .max = 1,
                  .source = "B6",
                  .role = sim::Role::structural}),
      sim::field(&References::calls_per_quarter,
                 {.name = "calls_per_quarter",
                  .unit = "1/quarter",
                  .meaning = "reference calls that the champion of such a name takes",
                  .min = 0,
                  .max = 1000,
                  .source = "B6"}),
      sim::field(&References::gain,
                 {.name = "gain",
                  .unit = "1",
                  .meaning = "utility that a call adds for the buyer when the partnership is fresh",
                  .low = .3,
                  .high = 1.5,
                  .distribution = Distribution::uniform,
                  .min = 0,
                  .max = 20,
                  .source = "EQ16; SC27; size: none, sweep it",
                  .role = sim::Role::uncertainty}),
      sim::field(&References::fade_weeks, {.name = "fade_weeks",
                                           .unit = "week",
                                           .meaning = "in which that fades to 1/e; 0: it does not",
                                           .min = 0,
                                           .max = 1e4,
                                           .source = "EQ16; SC27"}),
      sim::field(&References::hours,
                 {.name = "hours",
                  .unit = "hour",
                  .meaning = "what a call costs the account executive, next week",
                  .min = 0,
                  .max = 40})};

  // Who has a champion, at the start; `ordinal`: of the candidate.
  void introduce(Partnerships& partnerships, Partnerships::Id row, std::uint64_t ordinal,
                 sim::Key firm, const sim::Random& random) const {
    partnerships.reference_partner[row] = ordinal < static_cast<std::uint64_t>(reference_partners);
    if (champion > 0)
      partnerships.champion[row] =
          random.draw(streams::of("references"), firm).uniform() < champion;
  }

  bool on() const { return reference_partners > 0 && champion > 0 && calls_per_quarter > 0; }

  // What a call adds in week `week`.
  double worth(int signed_week, int week) const {
    return fade_weeks > 0 ? gain * sim::exp((signed_week - week) / fade_weeks) : gain;
  }

  // One week; `added(row, utility)`: what so much more utility adds to an opportunity's chance.
  // Returns the calls made. Ties go to the lesser key.
  template <class Added>
  std::int64_t operator()(Partnerships& partnerships, Opportunities& opportunities,
                          const Needs& needs, Reps& reps, const Added& added,
                          const sim::Step& step) const {
    std::int64_t made = 0;
    for (const std::uint32_t at : partnerships.by_key()) {
      const Partnerships::Id row(at);
      const PartnershipStatus status = partnerships.status[row];
      if (partnerships.reference_partner[row] == 0 || partnerships.champion[row] == 0) continue;
      if (status != PartnershipStatus::signed_up && status != PartnershipStatus::active) continue;
      double& left = partnerships.calls_left[row];
      left = std::min(left + calls_per_quarter / 13, std::max(1.0, calls_per_quarter));
      const double adds = worth(partnerships.signed_week[row], step.week());
      for (; left >= 1; --left, ++made) {
        const Opportunities::Id best = most_helped(opportunities, needs, reps, adds, added);
        if (!best) break;
        opportunities.reference[best] = adds;
        reps.hours_owed[opportunities.rep[best]] += hours;
      }
    }
    return made;
  }

 private:
  template <class Added>
  static Opportunities::Id most_helped(const Opportunities& opportunities, const Needs& needs,
                                       const Reps& reps, double adds, const Added& added) {
    Opportunities::Id best = Opportunities::Id::none();
    double most = 0;
    for (std::size_t i = 0; i < opportunities.size(); ++i) {
      const Opportunities::Id row(i);
      if (!opportunities.alive(row) || opportunities.engaged_day[row] == never) continue;
      if (opportunities.reference[row] > 0 || opportunities.stage[row] < stages) continue;
      if (reps.role[opportunities.rep[row]] != Role::account_executive) continue;
      const double worth =
          added(row, adds) * static_cast<double>(needs.value[opportunities.need[row]]);
      if (worth < most || worth <= 0) continue;
      if (best && worth == most && opportunities.key(best) < opportunities.key(row)) continue;
      best = row;
      most = worth;
    }
    return best;
  }
};

}  // namespace ecosystem
