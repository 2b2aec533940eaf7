// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a scenario says of a role's pay: a plan file, or the figures of the simplest plan.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/compensation/plan.h"
#include "sim/field.h"

namespace ecosystem {

// Base rate up to the quota of a quarter, base rate x accelerator above it, marginal (R6, R10), at
// most up to `cap` x quota; a bonus at quota (R12); paid by the quarter, credited when booked.
struct PlanTerms {
  std::int64_t quota = 0;  // per quarter [minor units]; 0: the base rate always
  double base_rate = 0, accelerator = 1;
  std::int64_t bonus = 0;  // per quarter [minor units]
  double cap = 0;          // multiple of quota; 0: none
  // Churn within so many months of a deal takes its commission back (R17); 0: it is kept.
  std::int32_t clawback_months = 0;
  bool clawback_pro_rata = false;  // by the days of the term not served; else all of it
  double ratchet = 0;              // weight of last period's sales in the next quota (R20)
  compensation::Span per = compensation::Span::quarter;  // over what quota is measured
  std::vector<double> season;  // of a year's quota, by quarter; empty: even
  std::vector<double> ramp;    // of the quota, by month since the first day; then all of it
  compensation::Basis basis = compensation::Basis::amount;
  std::string currency = "USD";  // of the run; a plan file must be in it
  std::string file;  // content or packaged name of a plan file: it replaces all of the above
  friend bool operator==(const PlanTerms&, const PlanTerms&) = default;
};

enum class QuotaPer : std::uint8_t { month, quarter, year };
enum class ClawbackAmount : std::uint8_t { full, pro_rata };

// For each role: its plan as parameters.
template <class Owner>
constexpr auto plan_fields() {
  return sim::Pack{
      sim::field(&Owner::plan,
                 {.name = "plan",
                  .unit = "file",
                  .meaning = "plan file (its path, from this file's folder) or the name of a plan "
                             "that comes with pardner; empty: the figures below",
                  .source = "R1-R30"}),
      sim::field(&Owner::quota, {.name = "quota",
                                 .unit = "currency/quarter",
                                 .meaning = "credit per quarter at which the accelerator begins; "
                                            "0: no accelerator",
                                 .min = 0,
                                 .max = 1e12,
                                 .source = "glossary.md, saas_60; R10"}),
      sim::field(&Owner::quota_per, {.name = "quota_per",
                                     .unit = "1",
                                     .meaning = "over what period quota and bonus are measured",
                                     .choices = {"month", "quarter", "year"},
                                     .source = "R19; SA26"}),
      sim::field(&Owner::quota_season,
                 {.name = "quota_season",
                  .unit = "share",
                  .meaning = "a year's quota by its four quarters; empty: a quarter each",
                  .min = 0,
                  .max = 1,
                  .source = "R19"}),
      sim::field(&Owner::quota_ramp,
                 {.name = "quota_ramp",
                  .unit = "share",
                  .meaning = "of the quota, by month since somebody hired began; then all of it",
                  .min = 0,
                  .max = 1,
                  .source = "R19 (25/25/50/50/75/100% in the mid-market)"}),
      sim::field(&Owner::ratchet, {.name = "ratchet",
                                   .unit = "share",
                                   .meaning = "weight of a period's sales in the next quota",
                                   .min = 0,
                                   .max = 1,
                                   .source = "R20; SA18"}),
      sim::field(&Owner::base_rate, {.name = "base_rate",
                                     .unit = "share",
                                     .meaning = "commission on credit up to quota",
                                     .min = 0,
                                     .max = 1,
                                     .source = "SA41; R10"}),
      sim::field(&Owner::accelerator, {.name = "accelerator",
                                       .unit = "1",
                                       .meaning = "multiple of the base rate above quota",
                                       .min = 0,
                                       .max = 20,
                                       .source = "glossary.md, saas_60"}),
      sim::field(&Owner::bonus, {.name = "bonus",
                                 .unit = "currency/quarter",
                                 .meaning = "paid for reaching quota",
                                 .min = 0,
                                 .max = 1e9,
                                 .source = "R12; SA40"}),
      sim::field(&Owner::cap, {.name = "cap",
                               .unit = "1",
                               .meaning = "multiple of quota above which credit pays nothing; 0: "
                                          "no cap",
                               .min = 0,
                               .max = 100,
                               .source = "R13; SA23"}),
      sim::field(&Owner::clawback_months,
                 {.name = "clawback_months",
                  .unit = "month",
                  .meaning = "customers who cancel within so many months of their deal: its "
                             "commission is taken back from later pay; 0: it is kept",
                  .min = 0,
                  .max = 120,
                  .source = "R17"}),
      sim::field(
          &Owner::clawback_amount,
          {.name = "clawback_amount",
           .unit = "1",
           .meaning = "how much of it is taken back: all, or the part of the term not served",
           .choices = {"full", "pro_rata"},
           .source = "R17 (two thirds of firms take all: WorldatWork)"})};
}

template <class Owner>
PlanTerms terms_of(const Owner& role) {
  PlanTerms terms;
  terms.quota = role.quota.minor;
  terms.base_rate = role.base_rate;
  terms.accelerator = role.accelerator;
  terms.bonus = role.bonus.minor;
  terms.cap = role.cap;
  terms.clawback_months = static_cast<std::int32_t>(role.clawback_months);
  terms.clawback_pro_rata = role.clawback_amount == ClawbackAmount::pro_rata;
  terms.ratchet = role.ratchet;
  terms.per = static_cast<compensation::Span>(role.quota_per);
  terms.season = role.quota_season;
  terms.ramp = role.quota_ramp;
  terms.file = role.plan;
  return terms;
}

// A version of a plan that says the figures (not `file`).
compensation::Version version_of(const PlanTerms& terms);

// The plan file of `terms.file`; throws sim::ScenarioError or sim::BadInput. Every product it names
// must be one of `products`.
compensation::Plan plan_file(const PlanTerms& terms, const std::vector<std::string>& products);

}  // namespace ecosystem
