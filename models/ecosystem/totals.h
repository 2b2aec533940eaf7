// SPDX-License-Identifier: Apache-2.0
#pragma once
// Running totals since the first simulated week, and revenue that is still to be recognised.
// Money in minor units. docs/glossary.md says how each outcome is made of these.

#include <array>
#include <cstdint>
#include <vector>

#include "sim/check.h"

namespace ecosystem {

struct Totals {
  // What was sold.
  std::int64_t needs = 0, untouched = 0, decided = 0, won = 0, won_partner = 0, lost = 0,
               no_decision = 0;
  std::int64_t discount_given = 0, pulled_in = 0, pushed_out = 0;
  std::int64_t bookings_acv = 0, bookings_tcv = 0, bookings_partner = 0;
  // What the vendor earned and spent.
  std::int64_t revenue = 0, cost_of_goods = 0, fixed_pay = 0, commission = 0, support = 0;
  // Partners.
  std::int64_t partner_margin = 0, partner_incentives = 0, signed_up = 0, activated = 0;
  // What vendor and partners do for each other, and partnerships that ended.
  std::int64_t referral_fees = 0, leads_promised = 0, taken = 0, demands = 0, refused = 0,
               left_by_partners = 0, ended_by_vendor = 0;
  double manager_hours = 0;  // on following up and assuring
  // Renewals.
  std::int64_t due_acv = 0, kept_acv = 0, expanded_acv = 0;
  // Contracts cancelled before their term ends; what the vendor gave back for them, and what it
  // took back of its people's commission (R17). Neither is a cost of its own: revenue that is given
  // back is not recognised, and commission is counted net.
  std::int64_t cancelled = 0, refunded = 0, clawed_back = 0;
  // Behaviour of those who sell. Hours: of account executives; of partners' sellers, for the
  // vendor's products and for all.
  double executive_hours = 0, seller_hours = 0, seller_hours_all = 0;
  std::int64_t quota_periods = 0, quota_attained = 0;
  // Claims on deals: paid, made, value of deals claimed; clashes; registrations by fate; sellers at
  // work on the same needs.
  std::int64_t partner_claims = 0, claims = 0, bookings_claimed = 0, conflict_events = 0;
  std::int64_t filed = 0, approved = 0, rejected = 0, queued = 0, expired = 0, converted = 0;
  std::int64_t pursued = 0, pursuers = 0, assists = 0, signings_blocked = 0;
  double wasted_partner_hours = 0, winning_partner_hours = 0;
  // People.
  std::int64_t slots_won = 0, options_sold = 0, missold = 0, quits = 0, hires = 0;
  // Partner management. Hours that the vendor's people gave partners after signing, by whom.
  double manager_support_hours = 0, staff_hours = 0;
  std::int64_t turned_down = 0, declined = 0, lapsed = 0, culled = 0, first_deals = 0,
               weeks_to_first_deal = 0, needs_shared = 0, reference_calls = 0;
  std::int64_t manager_bonus = 0, forecast = 0, forecast_error = 0, delivery = 0;
  // Partnerships: what the vendor pays for them (fees of referrals, co-selling and marketplaces;
  // cost of having them; marketing funds; rebates), and what comes of them.
  std::int64_t partner_fees = 0, partner_program = 0, mdf_paid = 0, rebates = 0;
  std::int64_t mdf_allocated = 0, mdf_late = 0, royalties = 0, guarantees = 0;
  std::int64_t list_won = 0, won_contact = 0, contested = 0, involved = 0, won_involved = 0,
               field_clashes = 0, steered = 0;
  std::int64_t leads_referred = 0, leads_inbound = 0, leads_routed = 0, leads_pulled_back = 0,
               leads_campaign = 0;
  struct OfKind {
    std::int64_t deals = 0, bookings = 0, cost = 0;
  };
  std::array<OfKind, 8> of_kind{};  // by PartnershipKind

  std::int64_t gross_margin() const { return revenue - cost_of_goods; }
  std::int64_t contribution() const {
    return gross_margin() - fixed_pay - commission - support - partner_incentives - partner_claims -
           referral_fees - delivery - partner_fees - partner_program - mdf_paid - rebates;
  }
};

// Revenue and cost of running contracts, recognised evenly by the week, to the cent: an amount over
// n weeks is amount/n each week and one minor unit more in the first amount%n of them.
class Recognition {
 public:
  explicit Recognition(std::size_t weeks) : step_(weeks + 1), extra_(weeks + 1) {}

  void add(std::int64_t amount, int first_week, int weeks) {
    const std::int64_t part = amount / weeks, rest = amount % weeks;
    change(step_, first_week, part);
    change(step_, first_week + weeks, -part);
    change(extra_, first_week, 1 * (rest != 0));
    change(extra_, first_week + static_cast<int>(rest), -1 * (rest != 0));
    outstanding_ += amount;
  }

  // Takes back part of what was added and is still to come.
  void take_back(std::int64_t amount, int first_week, int weeks) {
    const std::int64_t part = amount / weeks, rest = amount % weeks;
    change(step_, first_week, -part);
    change(step_, first_week + weeks, part);
    change(extra_, first_week, -1 * (rest != 0));
    change(extra_, first_week + static_cast<int>(rest), 1 * (rest != 0));
    outstanding_ -= amount;
  }

  // The amount of `week`; weeks are asked for once, in order.
  std::int64_t recognise(int week) {
    PARDNER_EXPECT(static_cast<std::size_t>(week) < step_.size());
    rate_ += step_[static_cast<std::size_t>(week)];
    extras_ += extra_[static_cast<std::size_t>(week)];
    outstanding_ -= rate_ + extras_;
    return rate_ + extras_;
  }
  std::int64_t outstanding() const { return outstanding_; }

 private:
  static void change(std::vector<std::int64_t>& column, int week, std::int64_t by) {
    if (static_cast<std::size_t>(week) < column.size())
      column[static_cast<std::size_t>(week)] += by;
  }
  std::vector<std::int64_t> step_, extra_;
  std::int64_t rate_ = 0, extras_ = 0, outstanding_ = 0;
};

}  // namespace ecosystem
