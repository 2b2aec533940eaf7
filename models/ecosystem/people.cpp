// SPDX-License-Identifier: Apache-2.0
// What people learn and how they come and go: phases, and parts of phases, that change reps rather
// than deals.
#include <algorithm>

#include "models/ecosystem/model.h"

namespace ecosystem {

Partnerships::Id World::partnership_of(Firms::Id partner) const {
  const Partnerships::Id row(partner.index() - vendor_firm().index() - 1);  // partners stand last
  PARDNER_EXPECT(partnerships.partner[row] == partner);
  return row;
}

void World::add_partner_margin(Firms::Id seller, std::int64_t margin) {
  if (firms.kind[seller] != FirmKind::partner) return;
  partner_margins_.add(partnerships.margin_year, partnership_of(seller), margin, week_);
  relations.margin_ever[Relations::of(partnership_of(seller))] += margin;
}

// The value of the options that the winner of a deal knew of, at the price of the deal.
std::int64_t World::sell_options(const Decision& decision, std::int64_t list,
                                 const sim::Step& step) {
  const Products::Id product = needs.product[decision.need];
  const Reps::Id rep = opportunities.rep[decision.opportunity];
  const std::int64_t known = Learning::options_known(reps, rep, products, product, step);
  books.totals.options_sold += known;
  return known * Money{list}.share(products.option_value[product]).minor;
}

// Was a deal won by claiming too much? If so, the vendor makes good a share of what it gets.
bool World::missell(const Decision& decision, std::int64_t net, const sim::Step& step) {
  const Reps::Id rep = opportunities.rep[decision.opportunity];
  const double knowledge = reps.knows(rep, needs.product[decision.need]);
  if (!the<Misselling>().missold(needs.key(decision.need), knowledge, step)) return false;
  ++books.totals.missold;
  const std::int64_t remedy = Money{net}.share(the<Misselling>().remedy).minor;
  books.ledger.post(Book::vendor, Book::suppliers, remedy);
  books.totals.support += remedy;
  return true;
}

// A deal won teaches the vendor how to sell if its own people worked on it, whoever won it.
void World::note_attendance(const Decision& decision) {
  for (std::uint32_t i = 0; i < needs.opportunities[decision.need]; ++i) {
    const Opportunities::Id row = needs.opportunity(decision.need, i);
    if (opportunities.engaged_day[row] == never) continue;
    const bool own = reps.role[opportunities.rep[row]] == Role::account_executive;
    if (!own && opportunities.joint[row] <= 0) continue;
    ++products.deals_attended[needs.product[decision.need]];
    return;
  }
}

void World::learn(const sim::Step& step) {
  hold_sales_meetings(step);
  const double slot_hours = the<SalesMeeting>().slot_hours;
  if (!the<Learning>().on(slot_hours)) return;
  the<Learning>()(reps, partnerships, vendor_firm().index() + 1, slot_hours, step);
  the<Learning>().mature(products);
  step.each(reps, [this](Reps::Id rep) { refresh_knowledge(rep, false); });
}

// Slots of the week on partners' agendas, and what the vendor pays to be on them.
void World::hold_sales_meetings(const sim::Step& step) {
  partner_margins_.expire(partnerships.margin_year, step.week());
  const SalesMeeting& meeting = the<SalesMeeting>();
  if (meeting.slot_hours == 0) {
    partnerships.slot_won.fill(0);
    return;
  }
  std::int64_t active = 0;
  for (const PartnershipStatus status : partnerships.status)
    active += status == PartnershipStatus::active;
  for (const Partnerships::Id partner : further_partners_) active -= !terms_of(partner).sells();
  const double people =
      the<Program>().managers_at_work(managers, the<PartnerManager>(), step.week());
  const bool supported = people >= meeting.support_per_partner * static_cast<double>(active);
  meeting(partnerships, firms, margin_of_the_rest(), supported, step);
  for (const std::uint8_t won : partnerships.slot_won) books.totals.slots_won += won;
  const std::int64_t paid = active * weekly_part(meeting.slot_payment.minor, step.week());
  books.ledger.post(Book::vendor, Book::partners, paid);
  books.totals.support += paid;
}

// What a partner's other products bring it a year: its sellers' own opportunities, each open for as
// long as a need of ours is and won as often as by somebody at the last stage.
double World::margin_of_the_rest() const {
  const PartnerSeller& seller = the<PartnerSeller>();
  const double weeks = the<Demand>().clock_min_weeks + the<Demand>().clock_mean_weeks;
  const double chance =
      the<Choice>().chances(static_cast<std::size_t>(the<Market>().rivals), 1.0)[stages];
  return static_cast<double>(the<Program>().sellers) * 52 * seller.own_opportunities /
         std::max(1.0, weeks) * chance * static_cast<double>(seller.own_deal.minor) *
         seller.own_margin;
}

// Account executives who quit in a week work to its end.
void World::turn_over(const sim::Step& step) {
  const Turnover& turnover = the<Turnover>();
  if (turnover.rate == 0 && !quits_watched_) return;
  quits_watched_ = true;
  for (const Reps::Id rep : seats_) {
    if (reps.start_week[rep] > step.week() || reps.watched_from[rep] != never) continue;
    reps.watched_from[rep] = step.week();
    reps.earned[rep] = reps.paid[rep] + reps.accrued[rep];
    turnover.watch(reps, rep, hazard_to_quit(rep), quits_, step);
  }
  const double one_week = 1.0;
  quits_.advance(step.week(), {&one_week, 1}, due_);
  for (const sim::Event& event : due_) resign(Reps::Id(event.entity), step);
  if (!due_.empty()) hand_over();
  pay_of_year_.expire(reps.pay_year, step.week());
  for (const Reps::Id rep : seats_) {
    if (reps.watched_from[rep] == never) continue;
    const std::int64_t earned = reps.paid[rep] + reps.accrued[rep];
    pay_of_year_.add(reps.pay_year, rep, earned - reps.earned[rep], step.week());
    reps.earned[rep] = earned;
    quits_.reschedule(reps.key(rep), hazard_to_quit(rep));
  }
}

double World::hazard_to_quit(Reps::Id rep) const {
  const AccountExecutive& job = the<AccountExecutive>();
  const std::int64_t expected = the<Turnover>().expected_pay.minor;
  Turnover::Pay pay;
  pay.base = job.base_pay.minor;
  pay.variable = expected > 0 ? std::max<std::int64_t>(0, expected - pay.base)
                              : 4 * job.quota.share(job.base_rate).minor;
  pay.earned = reps.pay_year[rep];
  pay.weeks = week_ + 1 - reps.watched_from[rep];
  return the<Turnover>().hazard_per_week(pay);
}

void World::join_roster(Reps::Id executive) {
  roster_.executives[reps.region[executive]].push_back(executive);
  roster_.of_cell[reps.cell[executive]].push_back(executive);
}

// The seat is vacant from next week on, and a successor is sought.
void World::resign(Reps::Id rep, const sim::Step& step) {
  ++books.totals.quits;
  std::erase(roster_.executives[reps.region[rep]], rep);
  std::erase(roster_.of_cell[reps.cell[rep]], rep);
  books.executives.leave(reps.payee[rep], step.calendar().date(step.week(), 6));
  reps.retire(rep);
  reps.hours_left[rep] = 0;
  to_come_.push_back(fill_seat(reps.seat[rep], reps.generation[rep] + 1,
                               the<Hiring>().first_day_week(step.week() + 1), step.random()));
  books.ledger.post(Book::vendor, Book::suppliers, the<Hiring>().fee.minor);
  books.totals.support += the<Hiring>().fee.minor;
}

// Open opportunities of who left go to whoever holds the account now, or wait for the successor.
void World::hand_over() {
  for (std::size_t i = 0; i < opportunities.size(); ++i) {
    const Opportunities::Id row(i);
    if (!opportunities.alive(row) || reps.alive(opportunities.rep[row])) continue;
    const Accounts::Id account = needs.account[opportunities.need[row]];
    const Reps::Id owner = Leads::owner(roster_, accounts, account, reps);
    opportunities.rep[row] = owner ? owner : seats_[reps.seat[opportunities.rep[row]]];
    opportunities.work[row] *= 1 - the<Turnover>().handover_loss;
    Pursuit::restage(opportunities, row);
  }
}

std::int64_t World::vacant_seats() const {
  std::int64_t count = 0;
  for (const Reps::Id rep : seats_)
    count += reps.generation[rep] > 0 && reps.start_week[rep] > week_ + 1;
  return count;
}

const World::Staff& World::staff() const {
  for (auto* column : {&staff_.role, &staff_.start_week, &staff_.at_work, &staff_.partner})
    column->resize(reps.size());
  for (std::size_t row = 0; row < reps.size(); ++row) {
    const Reps::Id rep(row);
    staff_.role[row] = static_cast<std::int64_t>(reps.role[rep]);
    staff_.start_week[row] = reps.start_week[rep];
    staff_.at_work[row] = reps.alive(rep) && reps.start_week[rep] <= week_;
    const Firms::Id employer = reps.employer[rep];
    staff_.partner[row] = firms.kind[employer] == FirmKind::partner
                              ? static_cast<std::int64_t>(partnership_of(employer).index())
                              : -1;
  }
  return staff_;
}

void World::know_at_first(Reps::Id rep, double learned) {
  for (double& level : reps.learned.of(rep)) level = learned;
  refresh_knowledge(rep, true);
}

// What follows from what a rep has learned and from how mature the playbooks are. Writes the rep's
// row only. `anew`: also where nothing was learned.
void World::refresh_knowledge(Reps::Id rep, bool anew) {
  double sum = 0;
  for (std::size_t row = 0; row < products.size(); ++row) {
    const Products::Id product(row);
    const double knows = reps.learned(rep, product) * products.maturity[product];
    sum += knows;
    if (!anew && knows == reps.knows(rep, product)) continue;
    reps.knows(rep, product) = knows;
    reps.pace(rep, product) = the<Pursuit>().pace_of(knows);
  }
  reps.knowledge[rep] = sum / static_cast<double>(products.size());
}

}  // namespace ecosystem
