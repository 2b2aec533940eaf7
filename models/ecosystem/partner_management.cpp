// SPDX-License-Identifier: Apache-2.0
// Phases of the people between firms: what partner managers do with their hours, whom they sign.
#include <algorithm>
#include <cmath>

#include "models/ecosystem/model.h"

namespace ecosystem {

namespace {

constexpr double fresh_satisfaction = .5;  // of a partner on the day it signs

}  // namespace

std::int64_t World::partners_signed() const {
  std::int64_t count = 0;
  for (const PartnershipStatus status : partnerships.status) count += is_partner(status);
  return count;
}

std::int64_t World::candidates_free() const {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < partnerships.size(); ++i) {
    const Partnerships::Id row(i);
    count += wooed(row) && partnerships.turned_down[row] == 0;
  }
  return count;
}

bool World::program_open() const {
  return the<ProgramGate>().open(books.totals.won - books.totals.won_partner,
                                 mean_maturity(products));
}

// --- partner managers ---------------------------------------------------------------------------

std::int64_t World::managers_here() const {
  std::int64_t count = 0;
  for (const std::int32_t first : managers.start_week) count += first <= week_;
  return count;
}

// The manager at work with the highest hash of (manager, partner): one more manager takes partners
// from all alike.
Managers::Id World::manager_for(Partnerships::Id partner) const {
  Managers::Id best = Managers::Id::none();
  sim::Key most{};
  for (std::size_t i = 0; i < managers.size(); ++i) {
    const Managers::Id manager(i);
    if (managers.start_week[manager] > week_) continue;
    const sim::Key key = sim::pair(managers.key(manager), partnerships.key(partner));
    if (best && key < most) continue;
    most = key;
    best = manager;
  }
  return best;
}

void World::assign_managers() {
  const std::int64_t people = managers_here();
  if (people == managers_assigned_) return;
  managers_assigned_ = people;
  for (std::size_t i = 0; i < partnerships.size(); ++i)
    if (const Partnerships::Id row(i); is_partner(partnerships.status[row]))
      partnerships.manager[row] = manager_for(row);
}

// What the manager's own plan adds for one more minor unit of partners' bookings, shared by all
// managers at work (booking.h), as it looks today.
double World::pay_per_revenue(Managers::Id manager, sim::Date today) const {
  const double list = static_cast<double>(products.list_price[Products::Id(0)]);
  const double discount = the<Booking>().reseller_discount;
  compensation::Offer offer;
  offer.kind = books.managers.kind_of(0);
  offer.worth.fill(1);
  offer.worth[static_cast<std::size_t>(compensation::Basis::margin)] =
      std::max(0.0, 1 - products.unit_cost[Products::Id(0)] / (1 - discount));
  offer.worth[static_cast<std::size_t>(compensation::Basis::discount)] = 0;
  compensation::Forecast forecast;
  forecast.cv = the<Reasoning>().booking_cv;
  compensation::Outlook outlook;
  books.managers.outlook(managers.payee[manager], today, forecast, {&offer, 1}, {&outlook, 1});
  const double pay = std::max(0.0, outlook.per_unit + outlook.per_deal / (list * (1 - discount)));
  return pay / static_cast<double>(std::max<std::int64_t>(1, managers_assigned_));
}

PartnerDevelopment::Seen World::seen_of(Partnerships::Id partner) const {
  return {static_cast<double>(partnerships.booked[partner]),
          static_cast<double>(week_ - partnerships.signed_week[partner])};
}

void World::develop_partners(const sim::Step& step) {
  meetings_ = 0;
  if (managing_) {
    partnerships.pleasing.fill(0);
    partnerships.enabling.fill(0);
  }
  managing_ = the<PartnerDevelopment>().on() && program_open();
  if (!managing_) return;
  assign_managers();
  portfolios_.assign(partnerships, partnerships.manager, managers.size());
  desks_.assign(managers.size(), {});
  candidates_free_ = candidates_free();
  books.managers.begin(step.calendar().date(step.week(), 0));
  for (const std::uint32_t row : managers.by_key())
    if (managers.start_week[Managers::Id(row)] <= week_) manage(Managers::Id(row), step);
}

// One manager's week.
void World::manage(Managers::Id manager, const sim::Step& step) {
  const PartnerDevelopment& about = the<PartnerDevelopment>();
  const auto portfolio = portfolios_[manager];
  PartnerDevelopment::Pay pay;
  pay.per_signed = static_cast<double>(about.per_signed.minor);
  pay.per_satisfaction = static_cast<double>(about.per_satisfaction.minor) / 52;
  pay.per_revenue = pay_per_revenue(manager, step.calendar().date(step.week(), 0));
  PartnerDevelopment::Seen all;
  double content = 0;
  for (const Partnerships::Id row : portfolio) {
    all += seen_of(row);
    content += partnerships.satisfaction[row];
  }
  beliefs_.clear();
  for (const Partnerships::Id row : portfolio) beliefs_.push_back(about.belief(seen_of(row), all));

  Desk& desk = desks_[manager.index()];
  const double n = static_cast<double>(portfolio.size());
  const double dilutes = (fresh_satisfaction - (n > 0 ? content / n : 0)) / (n + 1);
  if (const std::int64_t free = candidates_free_; free > 0) {
    desk.those =
        about.candidates(pay, about.belief(all), the<Program>().months_to_first_deal * 52 / 12,
                         the<PartnerTraits>().sigma(),
                         static_cast<double>(free) / static_cast<double>(partnerships.size()));
    desk.those.fixed += pay.per_satisfaction * about.lasts() * dilutes;
    desk.screen = planning::best_screen(desk.those);
  }
  const double hours = about.hours * (1 - managers.busy[manager]) *
                       the<Program>().ramp(managers, manager, the<PartnerManager>(), step.week());
  const double touch = the<SupportCapacity>().on ? the<SupportCapacity>().touch_hours : 0;
  const double left = manager_week_(about, pay, desk.screen.per_hour, touch, hours, portfolio,
                                    beliefs_, partnerships);
  if (left > 0)
    meetings_ +=
        left / (desk.those.find + desk.screen.look_hours + desk.screen.taken * desk.those.take);
  double given = left;
  managers.recruiting[manager] += left;
  for (const Partnerships::Id row : portfolio) {
    managers.pleasing[manager] += partnerships.pleasing[row];
    managers.enabling[manager] += partnerships.enabling[row];
    given += partnerships.pleasing[row] + partnerships.enabling[row];
  }
  managers.idle[manager] += std::max(0.0, hours - given);
  please(manager, step);
}

// What the hours did to partners' satisfaction, and what it pays the manager.
void World::please(Managers::Id manager, const sim::Step& step) {
  const PartnerDevelopment& about = the<PartnerDevelopment>();
  const auto portfolio = portfolios_[manager];
  double sum = 0;
  for (const Partnerships::Id row : portfolio) {
    double& content = partnerships.satisfaction[row];
    content = about.satisfied(content, partnerships.pleasing[row], partnerships.enabling[row]);
    sum += content;
  }
  if (portfolio.empty()) return;
  const std::int64_t most = weekly_part(about.per_satisfaction.minor, step.week());
  pay_bonus(manager, Money{most}.share(sum / static_cast<double>(portfolio.size())).minor);
}

// Beside the plan, paid in the week it is earned.
void World::pay_bonus(Managers::Id manager, std::int64_t amount) {
  if (amount == 0) return;
  books.ledger.post(Book::vendor, Book::staff, amount);
  books.totals.commission += amount;
  books.totals.manager_bonus += amount;
  managers.paid[manager] += amount;
}

// --- signing ------------------------------------------------------------------------------------

double World::recruiting_hazard() const {
  if (!program_open()) return 0;
  if (!the<PartnerDevelopment>().on())
    return the<Program>().recruiting_hazard(managers, the<PartnerManager>(), week_,
                                            partnerships.size());
  return candidates_free_ > 0 ? meetings_ / static_cast<double>(candidates_free_) : 0;
}

// Somebody of the vendor and a candidate sit down. Either may say no, for good. Who is a partner by
// the scenario's word signs without.
void World::meet_candidate(Partnerships::Id partner, const sim::Step& step) {
  if (invited(partner)) return sign_up(partner, step);
  if (the<PartnerDevelopment>().on() && !manager_takes(partner, step)) {
    partnerships.turned_down[partner] = 1;
    ++books.totals.turned_down;
    return;
  }
  if (!candidate_signs(partner, step)) {
    partnerships.turned_down[partner] = 1;
    ++books.totals.declined;
    return;
  }
  sign_up(partner, step);
  if (the<PartnerDevelopment>().on() && partnerships.manager[partner])
    pay_bonus(partnerships.manager[partner], the<PartnerDevelopment>().per_signed.minor);
}

// On the terms of its class. Hours of support start those who sell, others by themselves.
void World::sign_up(Partnerships::Id partner, const sim::Step& step) {
  const Partnership& terms = terms_of(partner);
  ++books.totals.signed_up;
  note_signing(partner, step);
  the<Program>().sign(firms, partnerships, partner, step.week(), false, step.random(),
                      program_calendar_, {terms.activation_share, terms.months_to_first_deal});
  partnerships.satisfaction[partner] = fresh_satisfaction;
  partnerships.manager[partner] = manager_for(partner);
  if (the<SupportCapacity>().on && terms.sells()) {
    program_calendar_.cancel(partnerships.key(partner));
    the<SupportCapacity>().expect_start(
        partnerships, partner, Program::start_luck(firms, partnerships, partner, step.random()),
        firms.key(partnerships.partner[partner]), step.random());
  }
  if (the<Signing>().cost.minor > 0 && terms.sells())
    books.ledger.post(Book::partners, Book::suppliers, the<Signing>().cost.minor);
}

// Is the candidate worth the manager's hours, by what a look at it shows?
bool World::manager_takes(Partnerships::Id partner, const sim::Step& step) const {
  const Managers::Id manager = manager_for(partner);
  if (!manager || manager.index() >= desks_.size()) return true;
  const Desk& desk = desks_[manager.index()];
  const PartnerDevelopment& about = the<PartnerDevelopment>();
  const double m = PartnerDevelopment::guess(partnerships.quality[partner], desk.screen.seen,
                                             firms.key(partnerships.partner[partner]), step);
  planning::Candidates it = desk.those;
  it.scale *= 1 - about.conflict_belief * overlap_of(partner);
  return planning::worth_of(it, desk.screen.seen, m) >= desk.screen.per_hour * it.take;
}

// The share of the accounts a candidate knows that active partners of its region know too.
double World::overlap_of(Partnerships::Id partner) const {
  double unknown = 1;
  for (const Partnerships::Id other : roster_.partners[firms.region[partnerships.partner[partner]]])
    unknown *=
        1 - std::min(1.0, the<Leads>().partner_reach * (1 + partnerships.reach_premium[other]));
  return 1 - unknown;
}

// What the candidate makes of the offer: margin a year on the accounts it knows, if its sellers
// get deals as far as the second stage, the less the richer its own bag is.
bool World::candidate_signs(Partnerships::Id partner, const sim::Step& step) const {
  const Partnership& terms = terms_of(partner);
  if (!the<Signing>().on() || !terms.sells()) return true;
  const Market& market = the<Market>();
  const double accounts_there =
      partnerships.terms[partner] > 0
          ? accounts_covered(partner)
          : static_cast<double>(accounts.size()) / static_cast<double>(market.regions);
  const double known = std::min(1.0, terms.reach * (1 + partnerships.reach_premium[partner])) *
                       partnerships.complements[partner];
  double deal = 0, before = 0;
  for (const std::uint32_t row : products.by_key()) {
    const Products::Id product(row);
    const double sigma = products.size_sigma[product];
    deal += (products.share_to[product] - before) *
            static_cast<double>(products.list_price[product]) * sim::exp(sigma * sigma / 2);
    before = products.share_to[product];
  }
  const double chance =
      the<Choice>().chance(2, the<PartnerSeller>().knowledge * mean_maturity(products),
                           partnerships.fit[partner], static_cast<std::size_t>(market.rivals));
  const double earns = accounts_there * known * the<Demand>().rate * chance * deal *
                       kept_by(partner) / (1 + partnerships.bag_premium[partner]);
  return the<Signing>().signs(earns, firms.key(partnerships.partner[partner]), step);
}

}  // namespace ecosystem
