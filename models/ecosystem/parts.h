// SPDX-License-Identifier: Apache-2.0
#pragma once
// All that a scenario can tell the economy, one line per [section], in the order of the reference
// page: who there is (company.h), then the mechanisms, in the order of the week.

#include <array>
#include <string_view>
#include <tuple>
#include <vector>

#include "models/ecosystem/company.h"
#include "models/ecosystem/mechanisms/account_control.h"
#include "models/ecosystem/mechanisms/attention.h"
#include "models/ecosystem/mechanisms/attribution.h"
#include "models/ecosystem/mechanisms/booking.h"
#include "models/ecosystem/mechanisms/cancellation.h"
#include "models/ecosystem/mechanisms/choice.h"
#include "models/ecosystem/mechanisms/commitment.h"
#include "models/ecosystem/mechanisms/complaints.h"
#include "models/ecosystem/mechanisms/complementarity.h"
#include "models/ecosystem/mechanisms/confusion.h"
#include "models/ecosystem/mechanisms/demand.h"
#include "models/ecosystem/mechanisms/effort.h"
#include "models/ecosystem/mechanisms/engagement.h"
#include "models/ecosystem/mechanisms/exit.h"
#include "models/ecosystem/mechanisms/expectation.h"
#include "models/ecosystem/mechanisms/hiring.h"
#include "models/ecosystem/mechanisms/joint_calls.h"
#include "models/ecosystem/mechanisms/lead_sharing.h"
#include "models/ecosystem/mechanisms/leads.h"
#include "models/ecosystem/mechanisms/learning.h"
#include "models/ecosystem/mechanisms/mdf.h"
#include "models/ecosystem/mechanisms/misselling.h"
#include "models/ecosystem/mechanisms/own_bag.h"
#include "models/ecosystem/mechanisms/partner_development.h"
#include "models/ecosystem/mechanisms/partner_traits.h"
#include "models/ecosystem/mechanisms/partnership.h"
#include "models/ecosystem/mechanisms/plan_change.h"
#include "models/ecosystem/mechanisms/press.h"
#include "models/ecosystem/mechanisms/program.h"
#include "models/ecosystem/mechanisms/program_gate.h"
#include "models/ecosystem/mechanisms/pursuit.h"
#include "models/ecosystem/mechanisms/quota_setting.h"
#include "models/ecosystem/mechanisms/references.h"
#include "models/ecosystem/mechanisms/registration.h"
#include "models/ecosystem/mechanisms/renewal.h"
#include "models/ecosystem/mechanisms/reporting.h"
#include "models/ecosystem/mechanisms/routing.h"
#include "models/ecosystem/mechanisms/sales_meeting.h"
#include "models/ecosystem/mechanisms/scorecard.h"
#include "models/ecosystem/mechanisms/signing.h"
#include "models/ecosystem/mechanisms/support_capacity.h"
#include "models/ecosystem/mechanisms/tiers.h"
#include "models/ecosystem/mechanisms/timing.h"
#include "models/ecosystem/mechanisms/trust.h"
#include "models/ecosystem/mechanisms/turnover.h"
#include "models/ecosystem/reasoning.h"
#include "sim/parameters.h"
#include "sim/settings.h"

namespace ecosystem {

template <class P>
struct Part {  // one section
  std::string_view name, meaning;
};
template <class P>
struct Entries {  // one section per entry: [product.core], [product.service]
  std::string_view name, meaning;
};

inline constexpr sim::Pack parts{
    Part<Market>{"market", "where everybody sells"},
    Entries<Product>{"product", "what the vendor sells, one table per product"},
    Part<Vendor>{"vendor", "the vendor at the start"},
    Part<AccountExecutive>{"account_executive", "the vendor's own salespeople"},
    Part<PartnerManager>{"partner_manager", "the vendor's people who win partners"},
    Part<PartnerSeller>{"partner_seller", "salespeople of resellers"},
    Part<Demand>{"demand", "when accounts come to need something"},
    Part<Leads>{"leads", "who may pursue a need"},
    Part<Reasoning>{"reasoning", "how people who sell weigh what their plan pays"},
    Part<Effort>{"effort", "how reps split their hours"},
    Part<Pursuit>{"pursuit", "how hours move opportunities"},
    Part<JointCalls>{"joint_calls", "when partners' sellers call the vendor's people in"},
    Part<Registration>{"registration", "partners who register deals as theirs"},
    Part<Engagement>{"engagement", "who may work on whose deals, and what it pays"},
    Part<Confusion>{"confusion", "buyers who meet several partners with one product"},
    Part<Timing>{"timing", "deals pulled into a period or pushed out of it"},
    Part<Choice>{"choice", "how accounts choose"},
    Part<Booking>{"booking", "what a deal brings to whom"},
    Part<Attribution>{"attribution", "partners' claims on deals won, and who is paid"},
    Part<AccountControl>{"account_control", "whose account it is, on whose paper"},
    Part<Renewal>{"renewal", "what happens when contracts run out"},
    Part<Cancellation>{"cancellation", "customers who leave before their term ends"},
    Part<Hiring>{"hiring", "people the vendor adds"},
    Part<QuotaSetting>{"quota_setting", "where account executives' quotas come from"},
    Part<Program>{"program", "the reseller program"},
    Part<PlanChange>{"plan_change", "partners that change their pay plan"},
    Part<Learning>{"learning", "what reps know of each product, and what there is to know"},
    Part<SalesMeeting>{"sales_meeting", "who may train the sellers of partners"},
    Part<Misselling>{"misselling", "what ignorance promises, and what that costs"},
    Part<Turnover>{"turnover", "account executives who quit, and their successors"},
    Part<Reporting>{"reporting", "what the vendor hears of its pipeline"},
    Part<Trust>{"trust", "what vendor and partners believe of each other's word"},
    Part<LeadSharing>{"lead_sharing", "leads that vendor and partners pass to each other"},
    Part<Complaints>{"complaints", "what partners demand of the vendor"},
    Part<Exit>{"exit", "when a partnership ends"},
    Part<Complementarity>{"complementarity", "how well partners fit, and what is believed of it"},
    Part<Commitment>{"commitment", "what both sides put into a partner's deal"},
    Part<PartnerTraits>{"partner_traits", "how candidate partners differ"},
    Part<Attention>{"attention", "whether a partner with many vendors thinks of yours"},
    Part<References>{"references", "big names, champions and reference calls"},
    Part<ProgramGate>{"program_gate", "what must be reached before the program starts"},
    Part<Signing>{"signing", "what signing costs a partner, and what it commits it to"},
    Part<PartnerDevelopment>{"partner_development",
                             "what partner managers are paid for and do with their hours"},
    Part<SupportCapacity>{"support_capacity", "hours for partners after they have signed"},
    Part<Scorecard>{"scorecard", "partners reviewed, and the worst parted with"},
    Part<Expectation>{"expectation", "what is planned by what partners report"},
    Entries<Partnership>{"partnership", "further classes of partners, one table per class"},
    Part<Tiers>{"tiers", "tiers of partners: what they ask for and give"},
    Part<Mdf>{"mdf", "marketing funds for partners"},
    Part<Routing>{"routing", "who gets leads that come to the vendor by themselves"},
    Part<Press>{"press", "press releases"},
};

// The value of each part, as one arm's settings give it.
class Told {
 public:
  template <class P>
  const P& the() const {
    return static_cast<const One<P>&>(values_).value;
  }
  void read(const sim::Settings& settings) {
    const auto take = [&]<class P>(const Part<P>& part) {
      static_cast<One<P>&>(values_).value = settings.get<P>(part.name);
    };
    const auto visit = [&]<template <class> class Kind, class P>(const Kind<P>& part) {
      if constexpr (std::is_same_v<Kind<P>, Part<P>>) take(part);
    };
    parts.each(visit);
  }

 private:
  template <class P>
  struct One {
    P value;
  };
  struct Nothing {};
  template <class Kind>
  struct Of;
  template <class P>
  struct Of<Part<P>> : One<P> {};
  template <class P>
  struct Of<Entries<P>> : Nothing {};
  template <class... Kind>
  struct Values : Of<Kind>... {};
  template <class... Kind>
  static Values<Kind...> values_of(const sim::Pack<Kind...>&);
  decltype(values_of(parts)) values_;
};

inline std::vector<sim::Section> sections() {
  const auto section = []<template <class> class Kind, class P>(const Kind<P>& part) {
    if constexpr (std::is_same_v<Kind<P>, Part<P>>)
      return sim::section<P>(part.name, part.meaning);
    else
      return sim::repeated_section<P>(part.name, part.meaning);
  };
  return parts.apply(
      [&](const auto&... part) { return std::vector<sim::Section>{section(part)...}; });
}

}  // namespace ecosystem
