// SPDX-License-Identifier: Apache-2.0
// What vendor and partners think of each other: who hears of what, and when they make up their
// minds.
#include <algorithm>

#include "models/ecosystem/model.h"

namespace ecosystem {

// A row for each candidate, as nobody has met anybody yet.
void World::relate(const sim::Random& random) {
  told_in_region_.resize(static_cast<std::size_t>(the<Market>().regions));
  for (std::size_t i = 0; i < partnerships.size(); ++i) {
    const Partnerships::Id partner(i);
    const Relations::Id row = relations.add(partnerships.key(partner));
    relations.trust[row] = relations.vendor_trust[row] = the<Trust>().on() ? the<Trust>().start : 1;
    relations.ended_week[row] = never;
    if (the<Complementarity>().on())
      the<Complementarity>().draw(relations, row, firms.key(partnerships.partner[partner]), random);
  }
}

// What a seller believes of a vendor called in: the chance that it leaves the deal alone.
double World::leaves_deal(Reps::Id seller) const {
  if (!the<Trust>().on() || the<Trust>().fear == 0) return 1;
  return the<Trust>().leaves_deal(
      relations.trust[Relations::of(partnership_of(reps.employer[seller]))]);
}

// A deal that partners' sellers worked on too is won by the vendor's own people: each of those
// partners has lost it to the vendor.
void World::note_taken(const Decision& decision) {
  if (reps.role[opportunities.rep[decision.opportunity]] != Role::account_executive) return;
  for (std::uint32_t i = 0; i < needs.opportunities[decision.need]; ++i) {
    const Opportunities::Id row = needs.opportunity(decision.need, i);
    const Reps::Id rep = opportunities.rep[row];
    if (opportunities.engaged_day[row] == never || reps.role[rep] != Role::partner_seller) continue;
    if (opportunities.joint_with[row] > 0) continue;  // it shared the winner's
    ++books.totals.taken;
    // Where clashes are counted as they happen (engagement.h), this one has been.
    if (!partners_compete())
      ++relations.news_clashes[Relations::of(partnership_of(reps.employer[rep]))];
  }
}

// A deal on a partner's paper: the vendor delivered as it said, and the partner brought business,
// or trouble.
void World::note_promise(Firms::Id paper, std::int64_t net, bool missold) {
  if (firms.kind[paper] != FirmKind::partner) return;
  const Relations::Id row = Relations::of(partnership_of(paper));
  relations.bookings_ever[row] += net;
  relations.news_kept[row] += 1;
  (missold ? relations.news_their_broken : relations.news_their_kept)[row] += 1;
}

void World::answer_demands(const sim::Step& step) {
  const Complaints& complaints = the<Complaints>();
  if (complaints.rate == 0) return;
  for (std::size_t i = 0; i < partnerships.size(); ++i) {
    const Partnerships::Id partner(i);
    if (partnerships.status[partner] != PartnershipStatus::active) continue;
    if (terms_of(partner).lists()) continue;  // a page demands nothing
    if (!complaints.demands(firms.key(partnerships.partner[partner]), step)) continue;
    ++books.totals.demands;
    if (complaints.comply) {
      books.ledger.post(Book::vendor, Book::suppliers, complaints.cost.minor);
      books.totals.support += complaints.cost.minor;
      relations.news_kept[Relations::of(partner)] += 1;
    } else {
      ++books.totals.refused;
      relations.news_broken[Relations::of(partner)] += 1;
    }
  }
}

void World::hear_news(const sim::Step& step) {
  answer_demands(step);
  const bool quarter_ends = step.calendar().closes_quarter(step.week());
  if (quarter_ends) settle_promises();
  const Trust& trust = the<Trust>();
  if (!trust.on()) return;
  trust(relations, partnerships, firms, told_in_region_, quarter_ends, step);
  if (trust.shading == 0) return;
  for (std::size_t i = 0; i < partnerships.size(); ++i) {
    const Partnerships::Id partner(i);
    const double regard = trust.regard(relations.goodwill[Relations::of(partner)]);
    for (std::uint32_t s = 0; s < partnerships.sellers[partner]; ++s)
      reps.regard[Reps::Id(partnerships.first_seller[partner].index() + s)] = regard;
  }
}

// The vendor's hours for partners' deals, evenly over those that sellers work on this week.
void World::commit_hours(const sim::Step& step) {
  const Commitment& commitment = the<Commitment>();
  if (!commitment.on()) return;
  const double yearly =
      52 * commitment.vendor_hours * static_cast<double>(commitment.hour_cost.minor);
  const std::int64_t cost = weekly_part(Money::rounded(yearly).minor, step.week());
  books.ledger.post(Book::vendor, Book::staff, cost);
  books.totals.support += cost;
  const auto theirs = [&](Opportunities::Id row) {
    return opportunities.alive(row) && opportunities.push[row] > 0 &&
           reps.role[opportunities.rep[row]] == Role::partner_seller;
  };
  std::size_t worked_on = 0;
  for (std::size_t i = 0; i < opportunities.size(); ++i) worked_on += theirs(Opportunities::Id(i));
  const double share = commitment.share(worked_on);
  if (share == 1) return;
  step.each(opportunities, [&](Opportunities::Id row) {
    if (theirs(row)) opportunities.push[row] *= share;
  });
}

}  // namespace ecosystem
