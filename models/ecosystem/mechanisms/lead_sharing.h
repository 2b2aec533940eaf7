// SPDX-License-Identifier: Apache-2.0
#pragma once
// Leads pass both ways (A4, C2, F1). The vendor's account executives hear of needs for a partner's
// other products; a partner's sellers hear of needs for the vendor's product in accounts that the
// vendor does not reach and that they do not sell to themselves. Who passes a lead on gives hours
// for it. The vendor's people do as its policy says. A partner's seller does what pays:
//
//   fee + w b > c     fee: the seller's pay for the partner's referral fee, if the vendor wins
//                     b: what a lead from the vendor is expected to pay the seller
//                     w: the belief that returning this one brings another (SB7: w > c / b)
//                     c: hours handed over x what the last hour earns
//
// Where the vendor gives whatever it gets, w is 0: nobody owes one back on the way to quota. With
// lead for lead the vendor holds back once a partner owes it so many, and w is the partner's trust
// in its word. Partners' people promise leads freely; what comes is up to the sellers.

#include <cstdint>

#include "models/ecosystem/company.h"
#include "sim/field.h"

namespace ecosystem {

enum class LeadPolicy : std::uint8_t { open, lead_for_lead };

struct LeadSharing {
  double heard_by_vendor = 0;
  double heard_by_partners = 0;
  LeadPolicy policy = LeadPolicy::open;
  double credit_limit = 1;
  double hours = 2;
  double chance = 0.3;
  double referral_fee = 0;
  double promised = 0;
  double follow_up_hours = 0;
  double follow_up_help = 0.25;
  double follow_up_above = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(&LeadSharing::heard_by_vendor,
                 {.name = "heard_by_vendor",
                  .unit = "1/year",
                  .meaning = "needs for an active partner's other products that the vendor's "
                             "account executives hear of, per partner",
                  .min = 0,
                  .max = 520,
                  .source = "A4; none: sweep it"}),
      sim::field(&LeadSharing::heard_by_partners,
                 {.name = "heard_by_partners",
                  .unit = "share",
                  .meaning = "of the needs in a region's accounts that the vendor does not reach "
                             "and a partner does not sell to, those the partner hears of",
                  .min = 0,
                  .max = 1,
                  .source = "C2; none: sweep it"}),
      sim::field(&LeadSharing::policy,
                 {.name = "policy",
                  .unit = "1",
                  .meaning = "open: the vendor passes every lead on; lead_for_lead: only while the "
                             "partner owes it less than credit_limit",
                  .choices = {"open", "lead_for_lead"},
                  .source = "A4; Q16"}),
      sim::field(&LeadSharing::credit_limit, {.name = "credit_limit",
                                              .unit = "1",
                                              .meaning = "leads a partner may owe",
                                              .min = 0,
                                              .max = 1e6,
                                              .source = "A4; none: sweep it"}),
      sim::field(&LeadSharing::hours, {.name = "hours",
                                       .unit = "hour",
                                       .meaning = "selling hours that handing over a lead costs "
                                                  "whoever gives it",
                                       .min = 0,
                                       .max = 100,
                                       .source = "A5; none: sweep it"}),
      sim::field(&LeadSharing::chance,
                 {.name = "chance",
                  .unit = "share",
                  .meaning = "chance that a lead for another product becomes a deal of its "
                             "receiver, at once and without further work",
                  .min = 0,
                  .max = 1,
                  .source = "none: sweep it"}),
      sim::field(&LeadSharing::referral_fee,
                 {.name = "referral_fee",
                  .unit = "share",
                  .meaning = "of the first year's value, what the vendor pays the partner whose "
                             "lead it won; it counts in the seller's plan as margin",
                  .min = 0,
                  .max = 1,
                  .source = "C2 (10-20%); SB20"}),
      sim::field(&LeadSharing::promised,
                 {.name = "promised",
                  .unit = "1",
                  .meaning = "leads that an active partner's people promise "
                             "for each quarter",
                  .min = 0,
                  .max = 1000,
                  .source = "F1"}),
      sim::field(&LeadSharing::follow_up_hours,
                 {.name = "follow_up_hours",
                  .unit = "hour/week",
                  .meaning = "of partner managers, on each lead promised for the quarter that has "
                             "not come; they recruit and support less meanwhile",
                  .min = 0,
                  .max = 40,
                  .source = "F1; B9"}),
      sim::field(&LeadSharing::follow_up_help,
                 {.name = "follow_up_help",
                  .unit = "share",
                  .meaning = "of the hours to hand a lead over, those that following up saves the "
                             "seller",
                  .min = 0,
                  .max = 1,
                  .source = "F1; none: sweep it"}),
      sim::field(&LeadSharing::follow_up_above,
                 {.name = "follow_up_above",
                  .unit = "share",
                  .meaning = "trust in the partner's word below which managers stop following up "
                             "([trust] on)",
                  .min = 0,
                  .max = 1,
                  .source = "F1"})};

  bool on() const { return heard_by_vendor > 0 || heard_by_partners > 0 || promised > 0; }

  // Does the vendor's policy pass a lead to a partner that owes it so many?
  bool vendor_passes(std::int64_t owes) const {
    return policy == LeadPolicy::open || static_cast<double>(owes) < credit_limit;
  }
  // The belief that a lead returned brings another. While the partner may still owe more, leads
  // come whether it returns any or not.
  double returns(std::int64_t owes, double trust) const { return vendor_passes(owes) ? 0 : trust; }
  static bool seller_passes(double fee, double w, double b, double c) { return fee + w * b > c; }
};

}  // namespace ecosystem
