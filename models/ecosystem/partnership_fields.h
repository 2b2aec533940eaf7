// SPDX-License-Identifier: Apache-2.0
#pragma once
// The terms of a partnership as parameters: [partnership.NAME]. What they do: partnership.h.

#include <cstdint>
#include <vector>

#include "models/ecosystem/company.h"
#include "models/ecosystem/partnership_money.h"
#include "models/ecosystem/state.h"
#include "sim/field.h"

namespace ecosystem {

enum class Territory : std::uint8_t { everywhere, region, vertical, function, cell };

struct PartnershipTerms {
  PartnershipKind kind = PartnershipKind::reseller;
  std::int64_t candidates = 0, signed_at_start = 0, from_week = 0, sellers = 3;
  double activation_share = 1, months_to_first_deal = 0;
  double reach = 0.15, overlap = -1;
  Territory territory = Territory::region;
  double complement_skew = 0, screen = 0;
  double margin = 0.25, fee = 0;
  Money lead_cost = Money::whole(500);
  double royalty = 0.5;
  Money guarantee = Money::whole(0);
  bool exclusive = false, joint = false, shares_contact = false;
  double posted_price = 1;
  std::int64_t imposed_rivals = 0, gate_wins = 0;
  double habit = 0, habit_growth = 0, looked_up = 0, gate = 0, page = 0.5, page_hours = 1;
  std::vector<double> fee_from, fee_rate;
  double renewal_fee = 0;
  double substitute = 0, substitute_margin = 0.3;
  double rival_margin = 0, follow = 0.5;
  Money cost = Money::whole(0), signing_cost = Money::whole(0);
  double newsworthy = 0, exposure = 0;
};

template <class P>
constexpr auto partnership_agreement() {
  using sim::Role;
  return sim::Pack{
      sim::field(&P::kind, {.name = "kind",
                            .unit = "1",
                            .meaning = "what partner and vendor are to each other",
                            .choices = {"reseller", "logo", "referral", "oem", "cosell", "platform",
                                        "marketplace", "peer"},
                            .source = "C1-C14",
                            .role = Role::structural}),
      sim::field(&P::candidates, {.name = "candidates",
                                  .unit = "1",
                                  .meaning = "firms that could become such partners",
                                  .min = 0,
                                  .max = 1e6,
                                  .role = Role::structural}),
      sim::field(&P::signed_at_start,
                 {.name = "signed_at_start",
                  .unit = "1",
                  .meaning = "of them, signed without a partner manager; the others are recruited "
                             "like the candidates of [program]",
                  .min = 0,
                  .max = 1e6,
                  .role = Role::structural}),
      sim::field(&P::from_week, {.name = "from_week",
                                 .unit = "week",
                                 .meaning = "week after the warm-up in which those sign; 0: they "
                                            "are partners since long before the start",
                                 .min = 0,
                                 .max = 1e5,
                                 .role = Role::structural}),
      sim::field(&P::sellers, {.name = "sellers",
                               .unit = "1",
                               .meaning = "sellers of a partner (reseller, oem, cosell)",
                               .min = 1,
                               .max = 1e5,
                               .role = Role::structural}),
      sim::field(&P::activation_share, {.name = "activation_share",
                                        .unit = "share",
                                        .meaning = "signed partners that ever do anything",
                                        .min = 0,
                                        .max = 1,
                                        .source = "SB9"}),
      sim::field(&P::months_to_first_deal,
                 {.name = "months_to_first_deal",
                  .unit = "month",
                  .meaning = "mean time from signing until they begin, exponential",
                  .min = 0,
                  .max = 120,
                  .source = "F6"}),
      sim::field(&P::reach, {.name = "reach",
                             .unit = "share",
                             .meaning = "share of its territory's accounts that a partner knows",
                             .min = 0,
                             .max = 1,
                             .source = "SB3; none: sweep it"}),
      sim::field(&P::overlap, {.name = "overlap",
                               .unit = "share",
                               .meaning = "of those, accounts that the vendor's own people reach "
                                          "too; -1: as many as among all accounts",
                               .min = -1,
                               .max = 1,
                               .source = "L2"}),
      sim::field(&P::territory,
                 {.name = "territory",
                  .unit = "1",
                  .meaning = "accounts a partner may work on: all, or those of one region, "
                             "vertical, function or cell (candidates take them in turn)",
                  .choices = {"everywhere", "region", "vertical", "function", "cell"},
                  .source = "C17; M7",
                  .role = Role::structural}),
      sim::field(&P::complement_skew,
                 {.name = "complement_skew",
                  .unit = "1",
                  .meaning = "how few partners complement the vendor: the share of the accounts a "
                             "partner knows that can use both products is U^skew; 0: all",
                  .min = 0,
                  .max = 100,
                  .source = "C4; none: sweep it",
                  .role = Role::structural}),
      sim::field(&P::screen, {.name = "screen",
                              .unit = "share",
                              .meaning = "partners with less of that share are not signed",
                              .min = 0,
                              .max = 1,
                              .source = "C4, C21",
                              .role = Role::structural}),
      sim::field(&P::cost, {.name = "cost",
                            .unit = "currency/year",
                            .meaning = "what a signed partner costs the vendor",
                            .min = 0,
                            .max = 1e9,
                            .source = "none: sweep it"}),
      sim::field(&P::signing_cost, {.name = "signing_cost",
                                    .unit = "currency",
                                    .meaning = "what signing one costs the vendor: lawyers, press, "
                                               "integration",
                                    .min = 0,
                                    .max = 1e9,
                                    .source = "none: sweep it"}),
      sim::field(&P::newsworthy,
                 {.name = "newsworthy",
                  .unit = "1",
                  .meaning = "press releases that a signing during the run is worth",
                  .min = 0,
                  .max = 100,
                  .source = "L4"}),
      sim::field(&P::exposure, {.name = "exposure",
                                .unit = "1/year",
                                .meaning = "rate at which a partner comes to know what the vendor "
                                           "knows; counted only",
                                .min = 0,
                                .max = 100,
                                .source = "H2"})};
}

template <class P>
constexpr auto partnership_fields() {
  return partnership_agreement<P>() + partnership_money<P>() + partnership_behaviour<P>();
}

}  // namespace ecosystem
