// SPDX-License-Identifier: Apache-2.0
#pragma once
// The reseller program: partner managers sign candidates, some of whom become active, which puts
// the product into their sellers' bags.
//
// Each candidate signs when the managers' joint recruiting hazard passes its own threshold, so a
// second manager moves each signing forward and invents nobody. Whether and how long after signing
// a partner becomes active is its own luck.

#include <string>
#include <vector>

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/events.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

// What a partner brings is measured against the same future without it (statistics.md): those
// listed in `without` never sign, or sign and their sellers earn nothing with the vendor's
// products.
enum class Removed : std::uint8_t { never_signed, unpaid };

struct Program {
  std::int64_t candidates = 60;
  std::int64_t signed_at_start = 12;
  double recruits_per_year = 8;
  double activation_share = 0.35;
  double months_to_first_deal = 6;
  std::int64_t sellers = 3;
  Money support_cost = Money::whole(2'000);
  std::string without;
  Removed removed = Removed::never_signed;
  static constexpr auto fields = sim::Pack{
      sim::field(&Program::candidates, {.name = "candidates",
                                        .unit = "1",
                                        .meaning = "resellers that could become partners",
                                        .min = 0,
                                        .max = 1e6,
                                        .source = "feasibility.md 2",
                                        .role = sim::Role::structural}),
      sim::field(&Program::signed_at_start,
                 {.name = "signed_at_start",
                  .unit = "1",
                  .meaning = "of them, partners since long before the start",
                  .min = 0,
                  .max = 1e6,
                  .source = "glossary.md, saas_60",
                  .role = sim::Role::structural}),
      sim::field(&Program::recruits_per_year,
                 {.name = "recruits_per_year",
                  .unit = "1/year",
                  .meaning = "partners a fully ramped partner manager signs while all candidates "
                             "are still free",
                  .low = 4,
                  .high = 14,
                  .distribution = Distribution::lognormal,
                  .min = 0,
                  .max = 1000,
                  .source = "AchieveUnite: 7-10 partnerships a manager",
                  .evidence = Evidence::vendor_claim,
                  .role = sim::Role::uncertainty}),
      sim::field(&Program::activation_share,
                 {.name = "activation_share",
                  .unit = "share",
                  .meaning = "signed partners whose sellers ever sell the product",
                  .low = .15,
                  .high = .55,
                  .distribution = Distribution::uniform,
                  .min = 0,
                  .max = 1,
                  .source = "glossary.md, saas_60 (4 of 12); SB9",
                  .role = sim::Role::uncertainty}),
      sim::field(&Program::months_to_first_deal,
                 {.name = "months_to_first_deal",
                  .unit = "month",
                  .meaning = "mean time from signing until the sellers of an active partner start "
                             "on deals, exponential",
                  .low = 3,
                  .high = 9,
                  .distribution = Distribution::uniform,
                  .min = 0,
                  .max = 120,
                  .source = "F6",
                  .role = sim::Role::uncertainty}),
      sim::field(&Program::sellers, {.name = "sellers",
                                     .unit = "1",
                                     .meaning = "sellers of a partner",
                                     .min = 1,
                                     .max = 1e5,
                                     .source = "feasibility.md 3",
                                     .role = sim::Role::structural}),
      sim::field(&Program::support_cost,
                 {.name = "support_cost",
                  .unit = "currency/year",
                  .meaning = "portal, training and support per signed partner",
                  .min = 0,
                  .max = 1e8}),
      sim::field(
          &Program::without,
          {.name = "without",
           .unit = "1",
           .meaning = "candidates left out, by number from 0: \"all\", or numbers, ranges and "
                      "classes of partners like \"0, 4-7, oem\"",
           .source = "M4; statistics.md",
           .role = sim::Role::structural}),
      sim::field(
          &Program::removed,
          {.name = "removed",
           .unit = "1",
           .meaning = "what happens to those: they never sign, or their sellers' plan does not "
                      "pay for the vendor's deals",
           .choices = {"never_signed", "unpaid"},
           .source = "statistics.md",
           .role = sim::Role::structural})};

  enum Clock : std::uint32_t { recruiting, time };
  enum Tag : std::uint32_t { signs, becomes_active };

  // Puts a candidate on the calendar.
  void expect_signing(const Firms& firms, const Partnerships& partnerships, Partnerships::Id row,
                      const sim::Random& random, sim::HazardCalendar& calendar) const {
    sim::Draw draw = luck(firms, partnerships, row, random);
    const sim::Key key = partnerships.key(row);
    calendar.schedule({.key = key,
                       .entity = row.index(),
                       .tag = signs,
                       .clock = recruiting,
                       .tie = static_cast<std::uint32_t>(key.value),
                       .threshold = draw.exponential()});
  }

  // Whether and when a signed partner begins: of [program], or of a class of partners.
  struct Start {
    double share, months;
  };

  // A candidate that signs without anybody recruiting it, so many weeks from now.
  static void sign_in(const Partnerships& partnerships, Partnerships::Id row, double weeks,
                      sim::HazardCalendar& calendar) {
    const sim::Key key = partnerships.key(row);
    calendar.schedule({.key = key,
                       .entity = row.index(),
                       .tag = signs,
                       .clock = time,
                       .tie = static_cast<std::uint32_t>(key.value),
                       .threshold = weeks});
  }

  // A partnership is signed in `week`; if the partner is one of those that sell, its start is put
  // on the calendar.
  void sign(const Firms& firms, Partnerships& partnerships, Partnerships::Id row, int week,
            bool long_ago, const sim::Random& random, sim::HazardCalendar& calendar,
            const Start& start) const {
    sim::Draw draw = luck(firms, partnerships, row, random);
    draw.exponential();  // the signing's own
    partnerships.status[row] = PartnershipStatus::signed_up;
    partnerships.signed_week[row] = week;
    const bool will_sell = draw.bernoulli(start.share);
    const double weeks = long_ago ? 0 : start.months * (52.0 / 12.0) * draw.exponential();
    if (!will_sell) return;
    const sim::Key key = partnerships.key(row);
    calendar.schedule({.key = key,
                       .entity = row.index(),
                       .tag = becomes_active,
                       .clock = time,
                       .tie = static_cast<std::uint32_t>(key.value),
                       .threshold = weeks});
  }

  // Of one manager; 0 before the first day.
  static double ramp(const Managers& managers, Managers::Id manager, const PartnerManager& job,
                     int week) {
    const int weeks = week - managers.start_week[manager];
    if (weeks < 0) return 0;
    return job.ramp_weeks > 0 ? std::min(1.0, (weeks + 1) / job.ramp_weeks) : 1.0;
  }

  // Managers at work, each counted by its ramp.
  double managers_at_work(const Managers& managers, const PartnerManager& job, int week) const {
    double sum = 0;
    for (const std::uint32_t row : managers.by_key())
      sum += ramp(managers, Managers::Id(row), job, week) * (1 - managers.busy[Managers::Id(row)]);
    return sum;
  }

  // Hazard at which each of `all` candidates is signed.
  double recruiting_hazard(const Managers& managers, const PartnerManager& job, int week,
                           std::size_t all) const {
    const double each = all > 0 ? recruits_per_year / 52 / static_cast<double>(all) : 0;
    return managers_at_work(managers, job, week) * each;
  }

  // One week of recruiting; `due` are signings and starts in order.
  static void advance(double hazard, sim::HazardCalendar& calendar, std::vector<sim::Event>& due,
                      const sim::Step& step) {
    const std::array<double, 2> hazards{hazard, 1.0};
    calendar.advance(step.week(), hazards, due);
  }

  // The part of a partner's luck that says how much of the time to its start it takes.
  static double start_luck(const Firms& firms, const Partnerships& partnerships,
                           Partnerships::Id row, const sim::Random& random) {
    sim::Draw draw = luck(firms, partnerships, row, random);
    draw.exponential();  // its signing
    draw();              // whether it would start by chance
    return draw.exponential();
  }

 private:
  static sim::Draw luck(const Firms& firms, const Partnerships& partnerships, Partnerships::Id row,
                        const sim::Random& random) {
    return random.draw(streams::of("program"), firms.key(partnerships.partner[row]));
  }
};

}  // namespace ecosystem
