// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a startup builds on, and what happens when access to it is taken away (H8, H9). Private
// interfaces let the owner see more and give a better product (`depth`); the owner can take them
// away: at a hazard of its own, when it turns, and when it enters. Public ones cannot be taken
// away. Whoever loses access sells nothing on the platform until the product is ported to another
// one, which costs time and money: little if the interfaces follow a standard. Public interfaces
// are there for who does not join, too; what a program adds to a product is what only it gives
// (`maturing`, C6).

#include "sim/field.h"

namespace startups {

struct Interfaces {
  double revocation = 0;
  bool standard = false;
  double depth = 0.15;
  double access_private = 1;
  double access_public = 0.3;
  double port_weeks = 52;
  double port_weeks_standard = 8;
  sim::Money port_cost = sim::Money::whole(1'000'000);
  sim::Money port_cost_standard = sim::Money::whole(100'000);
  double patience = 1.5;
  double maturing = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(
          &Interfaces::revocation,
          {.name = "revocation",
           .unit = "1/year",
           .meaning = "hazard that an owner takes a private interface away for reasons of its "
                      "own",
           .low = 0,
           .high = .3,
           .min = 0,
           .max = 100,
           .source = "H8; none: sweep it"}),
      sim::field(&Interfaces::standard,
                 {.name = "standard",
                  .unit = "1",
                  .meaning = "interfaces follow a standard that other platforms keep, too",
                  .source = "H9"}),
      sim::field(&Interfaces::depth,
                 {.name = "depth",
                  .unit = "1",
                  .meaning = "by how much private interfaces raise what the product brings in",
                  .min = 0,
                  .max = 10,
                  .source = "SC28 (sales +26%); C6"}),
      sim::field(&Interfaces::access_private,
                 {.name = "access_private",
                  .unit = "share",
                  .meaning = "of the product that the owner of a private interface sees",
                  .min = 0,
                  .max = 1,
                  .source = "H8; none: sweep it"}),
      sim::field(&Interfaces::access_public, {.name = "access_public",
                                              .unit = "share",
                                              .meaning = "and that of a public one",
                                              .min = 0,
                                              .max = 1,
                                              .source = "H9; none: sweep it"}),
      sim::field(&Interfaces::port_weeks, {.name = "port_weeks",
                                           .unit = "week",
                                           .meaning = "to port what was built on an interface of "
                                                      "the owner's own",
                                           .min = 0,
                                           .max = 1000,
                                           .source = "H9; none: sweep it"}),
      sim::field(&Interfaces::port_weeks_standard, {.name = "port_weeks_standard",
                                                    .unit = "week",
                                                    .meaning = "and on a standard one",
                                                    .min = 0,
                                                    .max = 1000,
                                                    .source = "H9; none: sweep it"}),
      sim::field(&Interfaces::port_cost, {.name = "port_cost",
                                          .unit = "currency",
                                          .meaning = "of porting from an interface of the owner's "
                                                     "own",
                                          .min = 0,
                                          .max = 1e12,
                                          .source = "H9; none: sweep it"}),
      sim::field(&Interfaces::port_cost_standard, {.name = "port_cost_standard",
                                                   .unit = "currency",
                                                   .meaning = "and from a standard one",
                                                   .min = 0,
                                                   .max = 1e12,
                                                   .source = "H9; none: sweep it"}),
      sim::field(&Interfaces::patience,
                 {.name = "patience",
                  .unit = "1/year",
                  .meaning = "hazard at which a customer whose product no longer works leaves",
                  .min = 0,
                  .max = 100,
                  .source = "none: sweep it"}),
      sim::field(&Interfaces::maturing,
                 {.name = "maturing",
                  .unit = "1/year",
                  .meaning = "what a private interface, its documents and its package channel add "
                             "to the rate at which a product matures, for as long as there is "
                             "access; 0: nothing",
                  .min = 0,
                  .max = 100,
                  .source = "C6; none: sweep it"})};
};

}  // namespace startups
