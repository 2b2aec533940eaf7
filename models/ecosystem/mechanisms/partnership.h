// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a class of partners and the vendor have agreed: one [partnership.NAME] each, beside the
// resellers of [program]. The kind says which flows a partner takes part in, the terms how much.
//
//   logo         its name on a page: press, cost, nothing else (C1)
//   referral     passes leads to the vendor's people for a share of the first year (C2, R25)
//   reseller     its sellers sell on its paper and keep a margin (C3)
//   oem          sells the product inside its own, hidden, for a royalty with a guarantee (C11,
//   M24) cosell       carries the product as its own, or shares the vendor's opportunities (C13)
//   platform     gives access, for a cost (C6)
//   marketplace  lists the product at a posted price beside rivals, for a fee (C8-C10, M23); it is
//                there, with the rivals and its buyers, whether the vendor lists or not
//   peer         passes leads on for nothing (C14)
//
// Whoever knows an account hears of its needs. What somebody then does pays them: a lead is passed
// on if the fee that may come of it exceeds what passing it on costs; a seller whose house has a
// product of its own that would do pitches the one that pays more.

#include <algorithm>
#include <string>
#include <vector>

#include "models/ecosystem/company.h"
#include "models/ecosystem/partnership_fields.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/math.h"
#include "sim/step.h"

namespace ecosystem {

struct Partnership : PartnershipTerms {
  static constexpr auto fields = partnership_fields<Partnership>();

  bool sells() const {
    return kind == PartnershipKind::reseller || kind == PartnershipKind::oem ||
           kind == PartnershipKind::cosell;
  }
  bool shares_deals() const { return kind == PartnershipKind::cosell && joint; }
  bool refers() const { return kind == PartnershipKind::referral || kind == PartnershipKind::peer; }
  bool lists() const { return kind == PartnershipKind::marketplace; }
  bool hears() const { return sells() || refers() || lists(); }

  // Rows of reps that it adds when it begins.
  std::size_t people() const { return sells() ? static_cast<std::size_t>(sellers) : lists(); }

  // Of what a customer pays, what is the partner's: its sellers' pay follows it.
  double kept() const {
    if (kind == PartnershipKind::oem) return 1 - royalty;
    return shares_deals() ? fee : margin;
  }

  // The share of accounts it knows, of those the vendor's own people reach or of the others. Its
  // reach stays what it is while the overlap changes, as far as there are accounts (L2).
  double knows(bool direct, double reached) const {
    if (overlap < 0) return reach;
    const double of = direct ? reached : 1 - reached;
    return of > 0 ? std::min(1.0, reach * (direct ? overlap : 1 - overlap) / of) : 0;
  }

  // Who buys at the marketplace, as a share of accounts, and when the vendor lists: in the first
  // week in which that share reaches its gate (C10); never if it never does. Who waits for own wins
  // (Q10) asks from the first week on.
  double habit_at(double years) const {
    return std::min(1.0, habit + habit_growth * std::max(0.0, years));
  }
  std::int32_t first_week(std::int32_t start) const {
    const auto from = static_cast<std::int32_t>(from_week);
    const std::int32_t agreed = from > 0 ? start + from : gate_wins > 0 ? start + 1 : 0;
    if (!lists() || gate <= habit) return agreed;
    if (habit_growth <= 0) return never;
    return std::max(agreed, start + static_cast<std::int32_t>(
                                        std::min(1e6, (gate - habit) / habit_growth * 52)));
  }

  // A marketplace's share of a contract of this total value [minor units].
  double fee_of(std::int64_t tcv, double minor_per_unit) const {
    double rate = 0;
    for (std::size_t i = 0; i < fee_rate.size(); ++i) {
      const double from = i < fee_from.size() ? fee_from[i] * minor_per_unit : 0;
      if (i == 0 || static_cast<double>(tcv) >= from) rate = fee_rate[i];
    }
    return rate;
  }

  // Does its territory hold an account of this cell (C17)? `slot`: number of the candidate.
  bool covers(std::uint32_t slot, std::uint32_t cell, const Market& market) const {
    const auto own = [slot](std::int64_t of) { return slot % static_cast<std::uint64_t>(of); };
    const auto regions = static_cast<std::uint64_t>(market.regions);
    const auto verticals = static_cast<std::uint64_t>(market.verticals);
    switch (territory) {
      case Territory::everywhere:
        return true;
      case Territory::region:
        return own(market.regions) == cell % regions;
      case Territory::vertical:
        return own(market.verticals) == cell / regions % verticals;
      case Territory::function:
        return own(market.functions) == cell / (regions * verticals);
      case Territory::cell:
        return slot % market.cells() == cell;
    }
    return false;
  }

  // How much of what it knows can use both products (C4): U^skew, U being the partner's own.
  double complements(sim::Key partner, const sim::Random& random) const {
    if (complement_skew == 0) return 1;
    sim::Draw draw = random.draw(streams::of("partnership"), partner);
    return sim::pow(draw.uniform(), complement_skew);
  }

  // Does it know the account?
  static bool known(sim::Key partner, sim::Key account, double share, const sim::Random& random) {
    sim::Draw draw = random.draw(streams::of("reach"), sim::pair(partner, account));
    return draw.uniform() < share;
  }

  // A marketplace: is the account used to buying there, or does it look things up there?
  enum class Visit : std::uint8_t { none, looks, buys };
  Visit visits(sim::Key partner, sim::Key account, double years, const sim::Random& random) const {
    sim::Draw draw = random.draw(streams::of("reach"), sim::pair(partner, account));
    if (draw.uniform() < habit_at(years)) return Visit::buys;
    return draw.uniform() < looked_up ? Visit::looks : Visit::none;
  }

  // Is a lead of this expected value to whoever brings it worth passing on?
  bool passes_on(sim::Key partner, sim::Key need, double expected,
                 const sim::Random& random) const {
    sim::Draw draw = random.draw(streams::of("referral"), sim::pair(partner, need));
    return expected >= static_cast<double>(lead_cost.minor) * draw.exponential();
  }

  // Does its seller pitch a product of the house instead (C5)? Its margin on either, each times how
  // well it suits the need as the seller sees it.
  bool pitches_own(sim::Key partner, sim::Key need, double kept_of_ours,
                   const sim::Random& random) const {
    if (substitute == 0) return false;
    sim::Draw draw = random.draw(streams::of("substitute"), sim::pair(partner, need));
    if (draw.uniform() >= substitute) return false;
    return substitute_margin * sim::exp(suits_sigma * draw.normal()) > kept_of_ours;
  }

  // Whoever holds the paper offers the customer what pays it more when the term ends (M10): is the
  // customer moved to another product?
  bool steers(sim::Key contract, int invoices, double kept_of_ours,
              const sim::Random& random) const {
    if (rival_margin == 0) return false;
    sim::Draw draw = random.draw(streams::of("steering"), contract, invoices);
    const bool follows = draw.uniform() < follow;
    return follows && rival_margin * sim::exp(suits_sigma * draw.normal()) > kept_of_ours;
  }

 private:
  static constexpr double suits_sigma = 0.5;  // log-sd of how well another product suits
};

}  // namespace ecosystem
