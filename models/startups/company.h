// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who there is when a run begins. Nothing here changes while it goes on.

#include <cstdint>

#include "sim/field.h"

namespace startups {

// What a scenario says of startups, markets and accounts.
struct Population {
  std::int64_t startups = 200;
  std::int64_t markets = 10;
  std::int64_t regions = 1;
  std::int64_t accounts = 400;
  double early_share = 0.16;
  double adopted_at_start = 0;
  double clout_sigma = 1;
  double mandatory = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(&Population::startups, {.name = "startups",
                                         .unit = "1",
                                         .meaning = "startups, all founded in week 0",
                                         .min = 0,
                                         .max = 1e6,
                                         .role = sim::Role::structural}),
      sim::field(&Population::markets, {.name = "markets",
                                        .unit = "1",
                                        .meaning = "categories in which they look for a fit",
                                        .min = 1,
                                        .max = 10'000,
                                        .role = sim::Role::structural}),
      sim::field(&Population::regions,
                 {.name = "regions",
                  .unit = "1",
                  .meaning = "groups of markets with accounts and giants of their own",
                  .min = 1,
                  .max = 10'000,
                  .role = sim::Role::structural}),
      sim::field(&Population::accounts, {.name = "accounts",
                                         .unit = "1",
                                         .meaning = "organisations that may buy, in any market of "
                                                    "their region",
                                         .min = 0,
                                         .max = 1e7,
                                         .role = sim::Role::structural}),
      sim::field(&Population::early_share, {.name = "early_share",
                                            .unit = "1",
                                            .meaning = "share of accounts that buy before others",
                                            .low = 0.1,
                                            .high = 0.2,
                                            .min = 0,
                                            .max = 1,
                                            .source = "SC32 (Rogers: first 16%)",
                                            .evidence = sim::Evidence::definition,
                                            .role = sim::Role::structural}),
      sim::field(&Population::adopted_at_start,
                 {.name = "adopted_at_start",
                  .unit = "1",
                  .meaning = "share of accounts that had bought in a market before week 0, from "
                             "somebody else (the early ones first); 0: nobody, before the chasm",
                  .min = 0,
                  .max = 1,
                  .source = "G5, Q5: sweep it",
                  .role = sim::Role::structural}),
      sim::field(&Population::clout_sigma, {.name = "clout_sigma",
                                            .unit = "1",
                                            .meaning = "log-sd of what accounts mean to giants",
                                            .min = 0,
                                            .max = 5,
                                            .role = sim::Role::structural}),
      sim::field(&Population::mandatory,
                 {.name = "mandatory",
                  .unit = "1",
                  .meaning = "share of accounts that buy only what is integrated with the platform "
                             "of a giant of theirs",
                  .min = 0,
                  .max = 1,
                  .source = "C7 {0, .5, 1}, C20",
                  .role = sim::Role::structural})};
};

struct Giant {
  std::int64_t giants = 5;
  double base = 0.3;
  double base_sigma = 0.5;
  double brand = 0.5;
  double attention = 20;
  double strategic = 0.5;
  sim::Money revenue = sim::Money::whole(1'000'000'000);
  static constexpr auto fields = sim::Pack{
      sim::field(&Giant::giants, {.name = "giants",
                                  .unit = "1",
                                  .meaning = "large firms, dealt out to regions",
                                  .min = 0,
                                  .max = 64,
                                  .role = sim::Role::structural}),
      sim::field(&Giant::base, {.name = "base",
                                .unit = "1",
                                .meaning = "share of the region's accounts that are customers of "
                                           "a typical one",
                                .min = 0,
                                .max = 1,
                                .role = sim::Role::structural}),
      sim::field(&Giant::base_sigma, {.name = "base_sigma",
                                      .unit = "1",
                                      .meaning = "log-sd of that share",
                                      .min = 0,
                                      .max = 3,
                                      .role = sim::Role::structural}),
      sim::field(&Giant::brand, {.name = "brand",
                                 .unit = "1",
                                 .meaning = "worth of a typical one's name as an endorsement; "
                                            "grows with its base",
                                 .min = 0,
                                 .max = 1,
                                 .role = sim::Role::structural}),
      sim::field(&Giant::attention, {.name = "attention",
                                     .unit = "hour/week",
                                     .meaning = "hours it has for all startups together",
                                     .low = 5,
                                     .high = 100,
                                     .min = 0,
                                     .max = 1e6,
                                     .source = "H6: sweep it",
                                     .role = sim::Role::structural}),
      sim::field(&Giant::strategic, {.name = "strategic",
                                     .unit = "1",
                                     .meaning = "score from which a startup's field is strategic",
                                     .min = 0,
                                     .max = 1e6,
                                     .source = "H3: sweep it",
                                     .role = sim::Role::structural}),
      sim::field(&Giant::revenue, {.name = "revenue",
                                   .unit = "currency/year",
                                   .meaning = "of its installed base, in proportion to the base",
                                   .min = 0,
                                   .max = 1e12,
                                   .role = sim::Role::structural})};
};

}  // namespace startups
