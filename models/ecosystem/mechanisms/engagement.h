// SPDX-License-Identifier: Apache-2.0
#pragma once
// Rules of engagement (M8, D7): who may work on a need and offer the vendor's product, once a
// partner's registration holds it, and what working on it still pays.
//
//   none   everybody goes on
//   soft   who was not at work before the registration held stays out; others go on
//   hard   nobody but the holder works on it or offers, the vendor's own people included
//
// Also whether the vendor's people go to accounts that a partner controls (D1), and what a
// partner's deal in their territory pays them (M9, SB31): who is paid for it anyway gains less by
// winning it. What a person does with all this is their own affair (effort.h): here pay changes and
// doors shut.
//
// A clash: somebody of the vendor begins to work on a need in a partner's account, on one that a
// partner's registration holds, or where a partner has been at work since an earlier week. Who
// comes in the same week could not know.

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

enum class RuleOfEngagement : std::uint8_t { none, soft, hard };

struct Engagement {
  RuleOfEngagement rule = RuleOfEngagement::none;
  double customer_first = 0;
  bool pitch = true;
  double commission_credit = 0;
  double quota_credit = 0;
  bool exclusive = false;
  bool count = false;
  static constexpr auto fields = sim::Pack{
      sim::field(
          &Engagement::rule,
          {.name = "rule",
           .unit = "1",
           .meaning = "who may go on working on a need that a partner registered: all, those "
                      "already at work, the holder alone",
           .choices = {"none", "soft", "hard"},
           .source = "M8; D7"}),
      sim::field(
          &Engagement::customer_first,
          {.name = "customer_first",
           .unit = "share",
           .meaning = "the rule does not keep the vendor's own people out where the holder's "
                      "seller knows less of the product than this",
           .min = 0,
           .max = 1,
           .source = "D9"}),
      sim::field(&Engagement::pitch,
                 {.name = "pitch",
                  .unit = "1",
                  .meaning = "the vendor's people also go to accounts that a partner controls",
                  .source = "D1"}),
      sim::field(&Engagement::commission_credit,
                 {.name = "commission_credit",
                  .unit = "share",
                  .meaning = "of a partner's deal, at the vendor's price, what counts for "
                             "commission of the account executive whose account it is",
                  .min = 0,
                  .max = 2,
                  .source = "M9; SB31"}),
      sim::field(&Engagement::quota_credit, {.name = "quota_credit",
                                             .unit = "share",
                                             .meaning = "the same for quota",
                                             .min = 0,
                                             .max = 2,
                                             .source = "M9; SB31"}),
      sim::field(&Engagement::exclusive,
                 {.name = "exclusive",
                  .unit = "1",
                  .meaning = "who signs first in a region has it for itself: the vendor signs no "
                             "other partner there",
                  .source = "D14"}),
      sim::field(
          &Engagement::count,
          {.name = "count",
           .unit = "1",
           .meaning = "clashes are counted though no rule, registration, claim or control of "
                      "accounts asks for it"})};

  bool on() const { return count || rule != RuleOfEngagement::none || !pitch || neutral(); }
  bool neutral() const { return commission_credit > 0 || quota_credit > 0; }

  // Has somebody of [program] signed in a region where whoever is first is alone? Further classes
  // have terms of their own.
  bool closed(std::uint32_t region, const Partnerships& partnerships, const Firms& firms) const {
    if (!exclusive) return false;
    for (std::size_t i = 0; i < partnerships.size(); ++i) {
      const Partnerships::Id row(i);
      if (partnerships.terms[row] == 0 && is_partner(partnerships.status[row]) &&
          firms.region[partnerships.partner[row]] == region)
        return true;
    }
    return false;
  }

  // Of what an executive wins beside a partner, the part that it would have won.
  struct Takes {
    double displaced = 0;
    bool registration = false;  // there is such a thing
  };

  // A fresh opportunity: squatters do not work, and some doors are shut from the first day.
  void open(Opportunities& opportunities, Opportunities::Id row, const Needs& needs,
            const Accounts& accounts, const Reps& reps, const Firms& firms,
            bool registration) const {
    const Needs::Id need = opportunities.need[row];
    const Reps::Id rep = opportunities.rep[row];
    const bool direct = reps.role[rep] == Role::account_executive;
    opportunities.barred[row] =
        direct && !pitch && partner_in_control(need, needs, accounts, firms);
    const bool idle = registration && firms.squats[reps.employer[rep]];
    opportunities.pay_change[row] = opportunities.barred[row] || idle ? -1 : 0;
  }

  // Writes a need's row and its opportunities'. `of_partner(seller, holds)`: what working on a
  // registered need pays, against one that nobody registered, to the holder's seller or another's.
  template <class OfPartner>
  void operator()(Needs& needs, Opportunities& opportunities, const Accounts& accounts,
                  const Reps& reps, const Firms& firms, const Takes& takes,
                  const OfPartner& of_partner, const sim::Step& step) const {
    step.each(needs, [&](Needs::Id need) {
      if (needs.opportunities[need] == 0) return;
      std::uint8_t clashes = 0;
      each_clash(need, needs, opportunities, accounts, reps, firms, step,
                 [&](Firms::Id, Reps::Id, DealReason) {
                   if (clashes < 255) ++clashes;
                 });
      needs.clashes[need] = clashes;
      const View view = look(need, needs, opportunities, accounts, reps, firms);
      for (std::uint32_t i = 0; i < needs.opportunities[need]; ++i) {
        const Opportunities::Id row = needs.opportunity(need, i);
        const bool out = barred(row, view, opportunities, reps);
        opportunities.barred[row] = out;
        opportunities.pay_change[row] =
            out ? -1 : pay(row, view, reps, firms, opportunities, takes, of_partner) - 1;
      }
    });
  }

  // visit(partner, executive, why) for each partner that an executive who begins this week clashes
  // with.
  template <class Visit>
  static void each_clash(Needs::Id need, const Needs& needs, const Opportunities& opportunities,
                         const Accounts& accounts, const Reps& reps, const Firms& firms,
                         const sim::Step& step, const Visit& visit) {
    const std::int32_t monday = 7 * step.week();
    for (std::uint32_t i = 0; i < needs.opportunities[need]; ++i) {
      const Opportunities::Id row = needs.opportunity(need, i);
      const std::int32_t day = opportunities.engaged_day[row];
      if (reps.role[opportunities.rep[row]] != Role::account_executive) continue;
      if (day < monday || day >= monday + 7) continue;
      const Firms::Id control = partner_in_control(need, needs, accounts, firms);
      if (control) visit(control, opportunities.rep[row], DealReason::control);
      for (std::uint32_t j = 0; j < needs.opportunities[need]; ++j) {
        const Opportunities::Id other = needs.opportunity(need, j);
        const Reps::Id seller = opportunities.rep[other];
        if (reps.role[seller] != Role::partner_seller || reps.employer[seller] == control) continue;
        if (opportunities.joint_with[other] == i + 1) continue;  // they share the deal
        if (needs.holder[need] == j + 1)
          visit(reps.employer[seller], opportunities.rep[row], DealReason::holds);
        else if (opportunities.engaged_day[other] < monday)
          visit(reps.employer[seller], opportunities.rep[row], DealReason::earlier);
      }
    }
  }

 private:
  struct View {
    Opportunities::Id holder;  // none: nobody
    bool able = true;          // the holder's seller knows enough for the customer's sake
    bool partner_at_work = false;
    bool partners_account = false;
  };

  static Firms::Id partner_in_control(Needs::Id need, const Needs& needs, const Accounts& accounts,
                                      const Firms& firms) {
    const Firms::Id firm = accounts.controller[needs.account[need]];
    return firm && firms.kind[firm] == FirmKind::partner ? firm : Firms::Id::none();
  }

  View look(Needs::Id need, const Needs& needs, const Opportunities& opportunities,
            const Accounts& accounts, const Reps& reps, const Firms& firms) const {
    View view;
    if (needs.holder[need] > 0) {
      view.holder = needs.opportunity(need, needs.holder[need] - 1);
      const Reps::Id seller = opportunities.rep[view.holder];
      view.able = reps.knows(seller, needs.product[need]) >= customer_first;
    }
    view.partners_account = static_cast<bool>(partner_in_control(need, needs, accounts, firms));
    for (std::uint32_t i = 0; i < needs.opportunities[need]; ++i) {
      const Opportunities::Id row = needs.opportunity(need, i);
      view.partner_at_work |= reps.role[opportunities.rep[row]] == Role::partner_seller &&
                              opportunities.joint_with[row] == 0 &&
                              opportunities.engaged_day[row] != never;
    }
    return view;
  }

  bool barred(Opportunities::Id row, const View& view, const Opportunities& opportunities,
              const Reps& reps) const {
    const bool direct = reps.role[opportunities.rep[row]] == Role::account_executive;
    if (direct && !pitch && view.partners_account) return true;
    if (reps.role[opportunities.rep[row]] == Role::storefront) return false;  // a page calls nobody
    if (!view.holder || row == view.holder || rule == RuleOfEngagement::none) return false;
    if (direct && !view.able) return false;
    return rule == RuleOfEngagement::hard ||
           opportunities.engaged_day[row] >= opportunities.begins[view.holder];
  }

  template <class OfPartner>
  double pay(Opportunities::Id row, const View& view, const Reps& reps, const Firms& firms,
             const Opportunities& opportunities, const Takes& takes,
             const OfPartner& of_partner) const {
    if (takes.registration && firms.squats[reps.employer[opportunities.rep[row]]]) return 0;
    if (reps.role[opportunities.rep[row]] == Role::account_executive)
      return view.partner_at_work ? std::max(0.0, 1 - commission_credit * takes.displaced) : 1;
    if (!view.holder || opportunities.joint_with[row] > 0) return 1;
    return of_partner(opportunities.rep[row], row == view.holder);
  }
};

}  // namespace ecosystem
