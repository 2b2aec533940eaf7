// SPDX-License-Identifier: Apache-2.0
// Phases after a partner has signed: support, reviews and ends, attention, references, forecasts.
#include <algorithm>

#include "models/ecosystem/model.h"

namespace ecosystem {

// --- after signing ------------------------------------------------------------------------------

void World::support_partners(const sim::Step& step) {
  if (!the<SupportCapacity>().on) return;
  spread_support(step);
  teach_partners(step);
  start_partners(step);
}

// Hours of the week for each partner, of its manager and of those whose hours are spread.
void World::spread_support(const sim::Step& step) {
  const SupportCapacity& about = the<SupportCapacity>();
  const bool open = program_open();
  const bool managed = the<PartnerDevelopment>().on();
  const double people =
      the<Program>().managers_at_work(managers, the<PartnerManager>(), step.week());
  const double staff = open ? about.staff * about.staff_hours : 0;
  const double of_managers = open && !managed ? people * about.manager_hours : 0;
  if (open) {
    const std::int64_t cost = weekly_part(about.staff_cost.share(about.staff).minor, step.week());
    books.ledger.post(Book::vendor, Book::staff, cost);
    books.totals.fixed_pay += cost;
  }
  chosen_.clear();
  for (const std::uint32_t row : partnerships.by_key())
    if (is_partner(partnerships.status[Partnerships::Id(row)])) chosen_.emplace_back(row);
  std::stable_sort(chosen_.begin(), chosen_.end(), [this](Partnerships::Id a, Partnerships::Id b) {
    return partnerships.margin_year[a] > partnerships.margin_year[b];
  });
  const double best = std::ceil(about.focus * static_cast<double>(chosen_.size()));
  const double each = best > 0 ? (staff + of_managers) / best : 0;
  partnerships.supported.fill(0);
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    const double hours =
        partnerships.enabling[chosen_[i]] + (static_cast<double>(i) < best ? each : 0);
    partnerships.supported[chosen_[i]] = about.counted(hours);
    books.totals.manager_support_hours += partnerships.enabling[chosen_[i]];
  }
  if (best > 0) {
    books.totals.staff_hours += staff;
    books.totals.manager_support_hours += of_managers;
  }
}

void World::teach_partners(const sim::Step& step) {
  const double rate = the<Learning>().gain_per_hour / static_cast<double>(products.size());
  const std::uint32_t first = vendor_firm().index() + 1;
  step.each(reps, [&](Reps::Id rep) {
    if (reps.role[rep] != Role::partner_seller) return;
    const double hours =
        partnerships.supported[Partnerships::Id(reps.employer[rep].index() - first)];
    if (hours <= 0) return;
    const double open = sim::exp(-rate * hours);
    for (double& learned : reps.learned.of(rep)) learned = 1 - (1 - learned) * open;
    refresh_knowledge(rep, false);
  });
}

void World::start_partners(const sim::Step& step) {
  const double mature = mean_maturity(products);
  for (const std::uint32_t at : partnerships.by_key()) {
    const Partnerships::Id row(at);
    if (partnerships.status[row] != PartnershipStatus::signed_up || partnerships.lapsed[row] != 0)
      continue;
    if (!terms_of(row).sells()) continue;
    const double weeks = terms_of(row).months_to_first_deal * 52 / 12;
    const auto fate = the<SupportCapacity>().wait(partnerships, row, weeks, mature);
    if (fate == SupportCapacity::Fate::starts) activate(row, step);
    if (fate == SupportCapacity::Fate::lapses) {
      partnerships.lapsed[row] = 1;
      ++books.totals.lapsed;
    }
  }
}

// --- reviews ------------------------------------------------------------------------------------

void World::review_partners(const sim::Step& step) {
  const Signing& terms = the<Signing>();
  chosen_.clear();
  if (terms.minimum.minor > 0)
    for (const std::uint32_t at : partnerships.by_key())
      if (const Partnerships::Id row(at);
          is_partner(partnerships.status[row]) && terms_of(row).sells() &&
          terms.ends(partnerships.margin_year[row], partnerships.signed_week[row], week_))
        chosen_.push_back(row);
  for (const Partnerships::Id row : chosen_) part_with(row);
  if (!the<Scorecard>().reviews(week_)) return;
  the<Scorecard>().review(
      partnerships, [this](Partnerships::Id row) { return terms_of(row).sells(); }, chosen_, step);
  for (const Partnerships::Id row : chosen_) part_with(row);
}

// What is under way goes on; nothing new comes.
void World::part_with(Partnerships::Id partner) {
  ++books.totals.culled;
  close_edge(partner);
}

// However a partnership ends: nobody there hears of needs, nobody here has hours for it.
void World::close_edge(Partnerships::Id partner) {
  const Firms::Id firm = partnerships.partner[partner];
  std::erase(roster_.partners[firms.region[firm]], partner);
  for (auto& hearing : hearing_) std::erase(hearing, partner);
  std::erase(further_partners_, partner);
  std::erase(campaigners_, partner);
  partnerships.campaign[partner] = partnerships.campaign_leads[partner] = 0;
  program_calendar_.cancel(partnerships.key(partner));
  firms.squats[firm] = 0;
  partnerships.status[partner] = PartnershipStatus::ended;
  relations.ended_week[Relations::of(partner)] = week_;
  partnerships.manager[partner] = Managers::Id::none();
  partnerships.pleasing[partner] = partnerships.enabling[partner] = 0;
  partnerships.supported[partner] = 0;
}

// --- what partners bring ------------------------------------------------------------------------

void World::attend(const sim::Step& step) {
  const bool on = the<Attention>().others > 0;
  if (!on && attending_) partnerships.inattention.fill(0);
  attending_ = on;
  if (on) the<Attention>()(partnerships, step);
}

void World::use_references(const sim::Step& step) {
  if (!the<References>().on()) return;
  const auto rivals = static_cast<std::size_t>(the<Market>().rivals);
  const auto added = [&](Opportunities::Id row, double utility) {
    const Reps::Id rep = opportunities.rep[row];
    const double knows = reps.knows(rep, opportunities.product[row]);
    const double stage = opportunities.stage[row];
    return the<Choice>().chance(stage, knows, reps.skill[rep] + utility, rivals) -
           the<Choice>().chance(stage, knows, reps.skill[rep], rivals);
  };
  books.totals.reference_calls +=
      the<References>()(partnerships, opportunities, needs, reps, added, step);
}

// A deal on a partner's paper. Time to the first is counted of partners signed during the run.
void World::note_partner_deal(Firms::Id seller, std::int64_t net) {
  if (firms.kind[seller] != FirmKind::partner) return;
  const Partnerships::Id row = partnership_of(seller);
  partnerships.booked[row] += net;
  if (partnerships.first_deal_week[row] <= week_) return;
  partnerships.first_deal_week[row] = week_;
  if (partnerships.signed_week[row] == 0) return;
  ++books.totals.first_deals;
  books.totals.weeks_to_first_deal += week_ - partnerships.signed_week[row];
}

// At the end of a quarter: what was believed of it against what came, and what is believed of the
// next.
void World::expect(const sim::Step& step) {
  if (!the<Expectation>().on) {
    expected_ = -1;
    return;
  }
  if (!step.calendar().closes_quarter(step.week()) && expected_ >= 0) return;
  const std::int64_t booked = books.totals.bookings_partner - booked_before_;
  booked_before_ = books.totals.bookings_partner;
  if (expected_ >= 0) {
    const std::int64_t cost = the<Expectation>().cost(expected_, booked);
    books.ledger.post(Book::vendor, Book::suppliers, cost);
    books.totals.delivery += cost;
    books.totals.forecast += expected_;
    books.totals.forecast_error += std::abs(expected_ - booked);
  }
  const std::int64_t reported = pipeline_reported(Role::partner_seller);
  expected_ = the<Expectation>().believed(the<Booking>().net_of(reported, true));
}

}  // namespace ecosystem
