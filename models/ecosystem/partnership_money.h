// SPDX-License-Identifier: Apache-2.0
#pragma once
// The part of [partnership.NAME] that says who pays whom, and what a marketplace and a partner with
// other products do. Included by partnership_fields.h.

#include "sim/field.h"

namespace ecosystem {

template <class P>
constexpr auto partnership_money() {
  return sim::Pack{
      sim::field(&P::margin, {.name = "margin",
                              .unit = "share",
                              .meaning = "what a reseller or a co-seller with the product in its "
                                         "own bag keeps of what customers pay",
                              .min = 0,
                              .max = .95,
                              .source = "SB20"}),
      sim::field(&P::fee, {.name = "fee",
                           .unit = "share",
                           .meaning = "of the first year's price, what the vendor pays for a lead "
                                      "that was won, or for a deal won together",
                           .min = 0,
                           .max = 1,
                           .source = "R25 (10-25%)"}),
      sim::field(&P::lead_cost, {.name = "lead_cost",
                                 .unit = "currency",
                                 .meaning = "what passing a lead on costs a partner, mean of an "
                                            "exponential",
                                 .min = 0,
                                 .max = 1e7,
                                 .source = "C2; none: sweep it"}),
      sim::field(&P::royalty, {.name = "royalty",
                               .unit = "share",
                               .meaning = "of what an OEM's customers pay, the vendor's",
                               .min = .05,
                               .max = 1,
                               .source = "M24; none: sweep it"}),
      sim::field(&P::guarantee, {.name = "guarantee",
                                 .unit = "currency/year",
                                 .meaning = "royalties that an OEM owes each year from signing on, "
                                            "come what may",
                                 .min = 0,
                                 .max = 1e9,
                                 .source = "M24; R25"}),
      sim::field(&P::exclusive, {.name = "exclusive",
                                 .unit = "1",
                                 .meaning = "in an active OEM's territory nobody else may sell",
                                 .source = "C12; M24"}),
      sim::field(&P::joint, {.name = "joint",
                             .unit = "1",
                             .meaning = "co-selling: one opportunity of two people, each paid by "
                                        "their own plan, on the vendor's paper; else the partner "
                                        "sells the product as its own",
                             .source = "C13",
                             .role = sim::Role::structural}),
      sim::field(&P::shares_contact,
                 {.name = "shares_contact",
                  .unit = "1",
                  .meaning = "the vendor talks to customers on the partner's paper, too",
                  .source = "C18; D12"}),
      sim::field(&P::posted_price, {.name = "posted_price",
                                    .unit = "1",
                                    .meaning = "price level on a marketplace's page; who sees it "
                                               "pays no more, whoever sells",
                                    .min = .01,
                                    .max = 100,
                                    .source = "C9"}),
      sim::field(&P::imposed_rivals, {.name = "imposed_rivals",
                                      .unit = "1",
                                      .meaning = "rivals on the marketplace: who is used to buying "
                                                 "there sees them whether the vendor lists or not",
                                      .min = 0,
                                      .max = 50,
                                      .source = "C9"})};
}

template <class P>
constexpr auto partnership_behaviour() {
  using sim::Role;
  return sim::Pack{
      sim::field(&P::habit, {.name = "habit",
                             .unit = "share",
                             .meaning = "accounts used to buying at the marketplace, at the start",
                             .min = 0,
                             .max = 1,
                             .source = "C8, C10",
                             .role = Role::structural}),
      sim::field(&P::habit_growth, {.name = "habit_growth",
                                    .unit = "1/year",
                                    .meaning = "accounts that take to it in a year, as a share",
                                    .min = 0,
                                    .max = 1,
                                    .source = "C8; none: sweep it",
                                    .role = Role::structural}),
      sim::field(&P::looked_up,
                 {.name = "looked_up",
                  .unit = "share",
                  .meaning = "of the other accounts, those that look the product up there before "
                             "they buy it elsewhere: they see its posted price and its rivals",
                  .min = 0,
                  .max = 1,
                  .source = "C9; none: sweep it"}),
      sim::field(&P::gate, {.name = "gate",
                            .unit = "share",
                            .meaning = "the vendor lists only once so many accounts buy there",
                            .min = 0,
                            .max = 1,
                            .source = "C10",
                            .role = Role::structural}),
      sim::field(&P::gate_wins,
                 {.name = "gate_wins",
                  .unit = "1",
                  .meaning = "who signs without a partner manager signs (is listed) only once the "
                             "vendor's own people have won so many deals; 0: at once",
                  .min = 0,
                  .max = 1e9,
                  .source = "Q10"}),
      sim::field(&P::page, {.name = "page",
                            .unit = "share",
                            .meaning = "of what there is to know of the product, what a page tells",
                            .min = 0,
                            .max = 1,
                            .source = "C8; none: sweep it"}),
      sim::field(&P::page_hours, {.name = "page_hours",
                                  .unit = "hour/week",
                                  .meaning = "hours of a seller that a page stands for, at each "
                                             "need of an account that buys there",
                                  .min = .01,
                                  .max = 100,
                                  .source = "C8; none: sweep it"}),
      sim::field(&P::fee_from, {.name = "fee_from",
                                .unit = "currency",
                                .meaning = "contract values from which the rates of fee_rate hold, "
                                           "ascending",
                                .source = "AWS Marketplace: 0, 1M, 10M"}),
      sim::field(&P::fee_rate, {.name = "fee_rate",
                                .unit = "share",
                                .meaning = "a marketplace's share of what customers pay there",
                                .min = 0,
                                .max = 1,
                                .source = "AWS Marketplace: .03, .02, .015"}),
      sim::field(&P::renewal_fee, {.name = "renewal_fee",
                                   .unit = "share",
                                   .meaning = "the same of a contract renewed there",
                                   .min = 0,
                                   .max = 1,
                                   .source = "AWS Marketplace: .015"}),
      sim::field(&P::substitute, {.name = "substitute",
                                  .unit = "share",
                                  .meaning = "needs for which the partner has another product that "
                                             "would do as well",
                                  .min = 0,
                                  .max = 1,
                                  .source = "C5; none: sweep it",
                                  .role = Role::structural}),
      sim::field(&P::substitute_margin,
                 {.name = "substitute_margin",
                  .unit = "share",
                  .meaning = "what it keeps of the price of that: much if it makes it itself, a "
                             "reseller's margin if it resells it",
                  .min = 0,
                  .max = 1,
                  .source = "C5; none: sweep it"}),
      sim::field(&P::rival_margin,
                 {.name = "rival_margin",
                  .unit = "share",
                  .meaning = "what it would keep of another product that customers on its paper "
                             "could move to when a term ends; 0: there is none",
                  .min = 0,
                  .max = 1,
                  .source = "C18; M10"}),
      sim::field(&P::follow, {.name = "follow",
                              .unit = "share",
                              .meaning = "customers who move if their partner says so",
                              .min = 0,
                              .max = 1,
                              .source = "C18; none: sweep it"})};
}

}  // namespace ecosystem
