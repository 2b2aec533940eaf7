// SPDX-License-Identifier: Apache-2.0
// Marketing funds: who is allocated, asks, campaigns and proves, and who hears of it (mdf.h).
#include <algorithm>

#include "models/ecosystem/model.h"

namespace ecosystem {

void World::hear_of_campaigns(Needs::Id need, const sim::Step& step) {
  const Accounts::Id account = needs.account[need];
  for (const Partnerships::Id partner : campaigners_) {
    const Firms::Id firm = partnerships.partner[partner];
    const bool covered =
        terms_of(partner).covers(partnerships.slot[partner], accounts.cell[account], the<Market>());
    if (!covered || works_on(need, firm)) continue;
    if (!the<Mdf>().heard(firms.key(firm), needs.key(need), accounts.key(account),
                          partnerships.campaign[partner], accounts_covered(partner),
                          minor_per_unit_, step))
      continue;
    open_for(need, seller_for(need, partner));
    ++partnerships.campaign_leads[partner];
    ++books.totals.leads_campaign;
  }
}

// Claims that have been proved are paid; at a quarter's end campaigns end and others are approved.
void World::fund_campaigns(const sim::Step& step) {
  mdf_claims_.advance(due_);
  for (const sim::Event& event : due_) {
    const FundsClaim& claim = funds_claims_[event.entity];
    if (!is_partner(partnerships.status[claim.partner])) continue;  // parted with meanwhile
    pay_partner(claim.partner, Book::partners, claim.funds, books.totals.mdf_paid);
    partnerships.mdf[claim.partner] += claim.funds;
  }
  if (!step.calendar().closes_quarter(step.week())) return;
  end_campaigns();
  if (the<Mdf>().on()) approve_campaigns(step);
}

// What a campaign brought is what its partner believes of the next, half and half.
void World::end_campaigns() {
  for (const Partnerships::Id partner : campaigners_) {
    const double thousands =
        static_cast<double>(partnerships.campaign[partner]) / (1000 * minor_per_unit_);
    const double leads = static_cast<double>(partnerships.campaign_leads[partner]) / thousands;
    partnerships.campaign_yield[partner] = (partnerships.campaign_yield[partner] + leads) / 2;
    partnerships.campaign[partner] = partnerships.campaign_leads[partner] = 0;
  }
  campaigners_.clear();
}

// Each active partner with sellers of its own is allocated funds and asks for them if it pays.
void World::approve_campaigns(const sim::Step& step) {
  const Mdf& mdf = the<Mdf>();
  std::vector<std::pair<double, Partnerships::Id>> queue;
  for (const std::uint32_t i : partnerships.by_key()) {
    const Partnerships::Id row(i);
    if (partnerships.status[row] == PartnershipStatus::active && partnerships.sellers[row] > 0 &&
        !terms_of(row).shares_deals() && partnerships.tier[row] >= mdf.least_tier)
      queue.emplace_back(Mdf::place(firms.key(partnerships.partner[row]), step), row);
  }
  const auto partners = static_cast<std::int64_t>(queue.size());
  std::sort(queue.begin(), queue.end());
  std::int64_t left = mdf.cap.minor > 0 ? mdf.cap.minor : INT64_MAX;
  for (const auto& [place, partner] : queue) {
    const std::int64_t funds = mdf.allocated(partnerships.revenue_year[partner], partners);
    books.totals.mdf_allocated += funds;
    partnerships.mdf_allocated[partner] += funds;
    const Products::Id first(0);
    const double lead = value_of_lead(partner, products.list_price[first]);
    if (funds > left ||
        !mdf.wanted(funds, lead, partnerships.campaign_yield[partner], minor_per_unit_))
      continue;
    left -= funds;
    start_campaign(partner, funds, step);
  }
  std::sort(campaigners_.begin(), campaigners_.end(),
            [this](Partnerships::Id a, Partnerships::Id b) {
              return partnerships.key(a) < partnerships.key(b);
            });
}

// The partner pays the bill; the vendor its part when the proof is in, if it comes in time.
void World::start_campaign(Partnerships::Id partner, std::int64_t funds, const sim::Step& step) {
  const Mdf& mdf = the<Mdf>();
  partnerships.campaign[partner] = mdf.campaign_of(funds);
  campaigners_.push_back(partner);
  books.ledger.post(Book::partners, Book::suppliers,
                    partnerships.campaign[partner] + mdf.claim_cost.minor);
  const double proof = mdf.proof(firms.key(partnerships.partner[partner]), step);
  if (proof > mdf.deadline_weeks) {
    books.totals.mdf_late += funds;
    return;
  }
  mdf_claims_.put(partnerships.key(partner), static_cast<std::uint32_t>(funds_claims_.size()), 0,
                  13 + proof);
  funds_claims_.push_back({partner, funds});
}

double World::accounts_covered(Partnerships::Id partner) const {
  const Market& market = the<Market>();
  const auto all = static_cast<double>(accounts.size());
  switch (terms_of(partner).territory) {
    case Territory::everywhere:
      return all;
    case Territory::region:
      return all / static_cast<double>(market.regions);
    case Territory::vertical:
      return all / static_cast<double>(market.verticals);
    case Territory::function:
      return all / static_cast<double>(market.functions);
    case Territory::cell:
      return all / static_cast<double>(market.cells());
  }
  return all;
}

}  // namespace ecosystem
