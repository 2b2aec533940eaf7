// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who there is: the sections of a scenario that describe the vendor, its market and its partners.
// What they do is in mechanisms/.

#include <cstdint>

#include "models/ecosystem/plan_terms.h"
#include "sim/field.h"

namespace ecosystem {

using sim::Distribution;
using sim::Evidence;
using sim::Money;

struct Market {
  std::int64_t accounts = 1500;
  std::int64_t regions = 3;
  std::int64_t verticals = 1;
  std::int64_t functions = 1;
  double partner_only = 0.25;
  std::int64_t rivals = 3;
  static constexpr auto fields = sim::Pack{
      sim::field(&Market::accounts,
                 {.name = "accounts",
                  .unit = "1",
                  .meaning = "buying organisations that the vendor's own people reach",
                  .min = 1,
                  .max = 20e6,
                  .source = "glossary.md, saas_60",
                  .role = sim::Role::structural}),
      sim::field(&Market::regions, {.name = "regions",
                                    .unit = "1",
                                    .meaning = "regions that accounts, reps and partners belong to",
                                    .min = 1,
                                    .max = 1e5,
                                    .source = "glossary.md, saas_60",
                                    .role = sim::Role::structural}),
      sim::field(&Market::verticals,
                 {.name = "verticals",
                  .unit = "1",
                  .meaning = "industries; an account executive's territory is a cell of region x "
                             "vertical x function",
                  .min = 1,
                  .max = 1000,
                  .role = sim::Role::structural}),
      sim::field(&Market::functions,
                 {.name = "functions",
                  .unit = "1",
                  .meaning = "buying functions (finance, operations ...), one per account",
                  .min = 1,
                  .max = 1000,
                  .role = sim::Role::structural}),
      sim::field(&Market::partner_only,
                 {.name = "partner_only",
                  .unit = "share",
                  .meaning = "further accounts, as a share of those, that the vendor's own "
                             "people do not reach: they hear of it from a partner or not at all",
                  .low = .1,
                  .high = .5,
                  .distribution = Distribution::uniform,
                  .min = 0,
                  .max = 100,
                  .source = "feasibility.md, finding 7; L2",
                  .role = sim::Role::uncertainty}),
      sim::field(&Market::rivals, {.name = "rivals",
                                   .unit = "1",
                                   .meaning = "rival vendors in every choice",
                                   .min = 0,
                                   .max = 50,
                                   .source = "glossary.md, saas_60",
                                   .role = sim::Role::structural})};

  // Cell c is region c % regions; region, vertical and function of a cell are its digits.
  std::size_t cells() const { return static_cast<std::size_t>(regions * verticals * functions); }
};

struct Product {
  Money list_price = Money::whole(28'000);
  double share = 1;
  double size_sigma = 0.6;
  double unit_cost = 0.2;
  std::int64_t term_weeks = 52;
  std::int64_t options = 0;
  double option_value = 0.1;
  double maturity = 1;
  static constexpr auto fields = sim::Pack{
      sim::field(&Product::list_price,
                 {.name = "list_price",
                  .unit = "currency",
                  .meaning = "median deal at list, a year's worth if there is a term",
                  .min = .01,
                  .max = 1e9,
                  .source = "glossary.md, saas_60"}),
      sim::field(&Product::share, {.name = "share",
                                   .unit = "1",
                                   .meaning = "weight of the product among needs",
                                   .min = 0,
                                   .max = 1e6,
                                   .role = sim::Role::structural}),
      sim::field(&Product::size_sigma, {.name = "size_sigma",
                                        .unit = "1",
                                        .meaning = "log-standard deviation of deal size",
                                        .low = .4,
                                        .high = .8,
                                        .distribution = Distribution::uniform,
                                        .min = 0,
                                        .max = 3,
                                        .source = "feasibility.md 2",
                                        .role = sim::Role::uncertainty}),
      sim::field(&Product::unit_cost, {.name = "unit_cost",
                                       .unit = "share",
                                       .meaning = "cost of goods as a share of list price",
                                       .low = .15,
                                       .high = .3,
                                       .distribution = Distribution::uniform,
                                       .min = 0,
                                       .max = 1,
                                       .source = "feasibility.md 2 (gross margin 80%)",
                                       .role = sim::Role::uncertainty}),
      sim::field(&Product::term_weeks,
                 {.name = "term_weeks",
                  .unit = "week",
                  .meaning = "length of the contract, paid ahead each 52 weeks and recognised "
                             "evenly; 0: bought once, recognised at once",
                  .min = 0,
                  .max = 520,
                  .role = sim::Role::structural}),
      sim::field(&Product::options,
                 {.name = "options",
                  .unit = "1",
                  .meaning = "options that a seller who knows them sells with it",
                  .min = 0,
                  .max = 100,
                  .source = "E2"}),
      sim::field(&Product::option_value, {.name = "option_value",
                                          .unit = "share",
                                          .meaning = "what each of them adds to a deal",
                                          .min = 0,
                                          .max = 10}),
      sim::field(&Product::maturity,
                 {.name = "maturity",
                  .unit = "share",
                  .meaning = "at the start, how much the vendor itself knows of how to sell the "
                             "product (its playbook): nobody can know more",
                  .min = 0,
                  .max = 1,
                  .source = "E5",
                  .role = sim::Role::structural})};
};

struct Vendor {
  std::int64_t account_executives = 6;
  std::int64_t partner_managers = 1;
  std::int64_t customers = 285;
  static constexpr auto fields = sim::Pack{
      sim::field(&Vendor::account_executives,
                 {.name = "account_executives",
                  .unit = "1",
                  .meaning = "account executives at the start, fully ramped",
                  .min = 0,
                  .max = 1e6,
                  .source = "glossary.md, saas_60",
                  .role = sim::Role::structural}),
      sim::field(&Vendor::partner_managers,
                 {.name = "partner_managers",
                  .unit = "1",
                  .meaning = "partner managers at the start, fully ramped",
                  .min = 0,
                  .max = 1e5,
                  .source = "glossary.md, saas_60",
                  .role = sim::Role::structural}),
      sim::field(&Vendor::customers,
                 {.name = "customers",
                  .unit = "1",
                  .meaning = "accounts under contract at the start (products with a term only)",
                  .min = 0,
                  .max = 20e6,
                  .source = "glossary.md, saas_60 (ARR 8M at 28k)",
                  .role = sim::Role::structural})};
};

// What an employee costs beside commission; shared by the vendor's two roles.
template <class Owner>
constexpr auto employment_fields() {
  return sim::Pack{
      sim::field(&Owner::base_pay, {.name = "base_pay",
                                    .unit = "currency/year",
                                    .meaning = "base salary",
                                    .min = 0,
                                    .max = 1e8,
                                    .source = "glossary.md, saas_60; SA41"}),
      sim::field(&Owner::on_cost, {.name = "on_cost",
                                   .unit = "share",
                                   .meaning = "employer's cost on top of base salary",
                                   .low = .15,
                                   .high = .3,
                                   .distribution = Distribution::uniform,
                                   .min = 0,
                                   .max = 2,
                                   .role = sim::Role::uncertainty}),
      sim::field(&Owner::tools, {.name = "tools",
                                 .unit = "currency/year",
                                 .meaning = "software, travel, desk",
                                 .min = 0,
                                 .max = 1e8}),
      sim::field(&Owner::ramp_weeks, {.name = "ramp_weeks",
                                      .unit = "week",
                                      .meaning = "weeks from the first day to full effect, linear",
                                      .low = 13,
                                      .high = 39,
                                      .distribution = Distribution::uniform,
                                      .min = 0,
                                      .max = 520,
                                      .source = "SA44 (median 5 months)",
                                      .evidence = Evidence::field_study,
                                      .role = sim::Role::uncertainty})};
}

struct AccountExecutive {
  Money base_pay = Money::whole(90'000);
  double on_cost = 0.2;
  Money tools = Money::whole(12'000);
  Money quota = Money::whole(225'000);
  double base_rate = 0.10;
  double accelerator = 1.5;
  std::string plan;
  QuotaPer quota_per = QuotaPer::quarter;
  std::vector<double> quota_season, quota_ramp;
  double ratchet = 0;
  Money bonus = Money::whole(0);
  double cap = 0;
  std::int64_t clawback_months = 0;
  ClawbackAmount clawback_amount = ClawbackAmount::full;
  double ramp_weeks = 22;
  double hours = 30;
  double skill_sigma = 0.3;
  static constexpr auto fields =
      employment_fields<AccountExecutive>() + plan_fields<AccountExecutive>() +
      sim::Pack{sim::field(&AccountExecutive::hours, {.name = "hours",
                                                      .unit = "hour/week",
                                                      .meaning = "selling hours",
                                                      .low = 20,
                                                      .high = 35,
                                                      .distribution = Distribution::uniform,
                                                      .min = 0,
                                                      .max = 100,
                                                      .source = "feasibility.md 2",
                                                      .role = sim::Role::uncertainty}),
                sim::field(&AccountExecutive::skill_sigma,
                           {.name = "skill_sigma",
                            .unit = "1",
                            .meaning = "standard deviation between people of the utility they add",
                            .low = .1,
                            .high = .5,
                            .distribution = Distribution::uniform,
                            .min = 0,
                            .max = 3,
                            .role = sim::Role::uncertainty})};
  PlanTerms terms() const { return terms_of(*this); }
};

struct PartnerManager {
  Money base_pay = Money::whole(110'000);
  double on_cost = 0.2;
  Money tools = Money::whole(12'000);
  Money quota = Money::whole(350'000);
  double base_rate = 0.05;
  double accelerator = 1.0;
  std::string plan;
  QuotaPer quota_per = QuotaPer::quarter;
  std::vector<double> quota_season, quota_ramp;
  double ratchet = 0;
  Money bonus = Money::whole(0);
  double cap = 0;
  std::int64_t clawback_months = 0;
  ClawbackAmount clawback_amount = ClawbackAmount::full;
  double ramp_weeks = 22;
  static constexpr auto fields =
      employment_fields<PartnerManager>() + plan_fields<PartnerManager>();
  PlanTerms terms() const { return terms_of(*this); }
};

// People of a reseller, who carry other products too: their employer pays them, by its own plan.
struct PartnerSeller {
  double hours = 30;
  double own_opportunities = 8;
  Money own_deal = Money::whole(30'000);
  double own_margin = 0.3;
  double knowledge = 0.4;
  double skill_sigma = 0.3;
  double commission_share = 1;
  double quota_share = 1;
  Money quota = Money::whole(0);
  double base_rate = 0.1;
  double accelerator = 1.5;
  std::string plan;
  QuotaPer quota_per = QuotaPer::quarter;
  std::vector<double> quota_season, quota_ramp;
  double ratchet = 0;
  Money bonus = Money::whole(0);
  double cap = 0;
  std::int64_t clawback_months = 0;
  ClawbackAmount clawback_amount = ClawbackAmount::full;
  PlanTerms terms() const {
    PlanTerms terms = terms_of(*this);
    terms.basis = compensation::Basis::margin;
    return terms;
  }
  static constexpr auto own_fields = sim::Pack{
      sim::field(&PartnerSeller::hours, {.name = "hours",
                                         .unit = "hour/week",
                                         .meaning = "selling hours, for all products carried",
                                         .min = 0,
                                         .max = 100,
                                         .source = "feasibility.md 2"}),
      sim::field(&PartnerSeller::own_opportunities,
                 {.name = "own_opportunities",
                  .unit = "1",
                  .meaning = "open opportunities for other products, always",
                  .low = 4,
                  .high = 14,
                  .distribution = Distribution::uniform,
                  .min = 0,
                  .max = 200,
                  .source = "feasibility.md 2 (.5 a week)",
                  .role = sim::Role::uncertainty}),
      sim::field(&PartnerSeller::own_deal, {.name = "own_deal",
                                            .unit = "currency",
                                            .meaning = "size of one of those",
                                            .low = 15'000,
                                            .high = 45'000,
                                            .distribution = Distribution::uniform,
                                            .min = 0,
                                            .max = 1e9,
                                            .source = "feasibility.md 2",
                                            .role = sim::Role::uncertainty}),
      sim::field(&PartnerSeller::own_margin, {.name = "own_margin",
                                              .unit = "share",
                                              .meaning = "margin the reseller earns on it",
                                              .low = .2,
                                              .high = .4,
                                              .distribution = Distribution::uniform,
                                              .min = 0,
                                              .max = 1,
                                              .source = "SB20; A3",
                                              .evidence = Evidence::vendor_claim,
                                              .role = sim::Role::uncertainty}),
      sim::field(&PartnerSeller::knowledge,
                 {.name = "knowledge",
                  .unit = "share",
                  .meaning = "what a seller of an active partner knows of the vendor's product, "
                             "against 1 of the vendor's own people",
                  .low = .2,
                  .high = .7,
                  .distribution = Distribution::uniform,
                  .min = .01,
                  .max = 1,
                  .source = "E1, E5",
                  .role = sim::Role::uncertainty}),
      sim::field(&PartnerSeller::commission_share,
                 {.name = "commission_share",
                  .unit = "share",
                  .meaning = "share of the vendor's deals that counts for commission in the "
                             "reseller's plan",
                  .min = 0,
                  .max = 1,
                  .source = "A2; feasibility.md, finding 4"}),
      sim::field(&PartnerSeller::quota_share,
                 {.name = "quota_share",
                  .unit = "share",
                  .meaning = "share of the vendor's deals that counts towards quota in the "
                             "reseller's plan",
                  .min = 0,
                  .max = 1,
                  .source = "A2; feasibility.md, finding 4"}),
      sim::field(&PartnerSeller::skill_sigma,
                 {.name = "skill_sigma",
                  .unit = "1",
                  .meaning = "standard deviation between people of the utility they add",
                  .min = 0,
                  .max = 3})};
  // Credit is the margin on what they sell of the vendor's; other products pay the same share.
  static constexpr auto fields = own_fields + plan_fields<PartnerSeller>();
};

}  // namespace ecosystem
