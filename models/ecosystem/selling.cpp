// SPDX-License-Identifier: Apache-2.0
// Phases of those who sell: how they see their plan, what they do with their hours, when they let
// deals close.
#include <algorithm>

#include "models/ecosystem/model.h"

namespace ecosystem {

void World::change_partner_plans(const sim::Step& step) {
  the<PlanChange>()(partnerships, firms, reps, step);
}

ByRole<Foresight> World::foresights() const {
  const Foresight::Terms terms{the<Choice>().price,
                               partner_take(the<Booking>().reseller_discount, false),
                               partner_take(1, false) - partner_take(0, false)};
  return {Foresight(the<Reasoning>(), books.executives, products, nullptr, terms,
                    directive_product_, &executive_programme_),
          Foresight(the<Reasoning>(), books.sellers, products, &the<PartnerSeller>(), terms,
                    directive_product_, &seller_programme_)};
}

// The programmes of those who plan the whole period, made when the first of them is there and
// again when a plan has changed.
void World::plan_ahead(sim::Date today) {
  const Reasoning& about = the<Reasoning>();
  if (about.dynamic_share == 0) return;
  const auto make = [&](RolePayroll& payroll, DynamicPlan& programme) {
    if (programme.table || payroll.people() == 0) return;
    programme = dynamic_plan(payroll, today, about.booking_cv, about.present_bias,
                             about.discount / 52, the<Effort>().elasticity);
  };
  make(books.executives, executive_programme_);
  make(books.sellers, seller_programme_);
}

void World::spend_hours(const sim::Step& step) {
  books_of_reps_.assign(opportunities, opportunities.rep, reps.size());
  const sim::Date today = step.calendar().date(step.week(), 0);
  const AccountExecutive& executive = the<AccountExecutive>();
  const double selling = std::max(0.0, executive.hours - the<Learning>().hours_of(step.week()));
  books.executives.begin(today);
  books.sellers.begin(today);
  plan_ahead(today);
  const Effort::Prospects prospects{
      the<Choice>().stage_gains(static_cast<std::size_t>(the<Market>().rivals), 1.0),
      the<Pursuit>().stage_rate};
  const ByRole<Foresight> foresight = foresights();
  const PartnerSeller& seller = the<PartnerSeller>();
  const ByRole<Effort::Job> jobs{
      {foresight.executives, selling, executive.ramp_weeks},
      {foresight.sellers, seller.hours, 0, static_cast<std::size_t>(seller.own_opportunities),
       static_cast<double>(seller.own_deal.minor)}};
  the<Effort>()(reps, opportunities, books_of_reps_, needs, prospects, jobs, step);
  own_deals_per_push_ = prospects.gain[0] * prospects.pace;
}

void World::call_together(const sim::Step& step) {
  const std::size_t rivals = static_cast<std::size_t>(the<Market>().rivals);
  const auto chances = [&](Reps::Id rep, Opportunities::Id row) {
    const double knows = reps.knows(rep, opportunities.product[row]);
    return JointCalls::Chances{
        the<Choice>().chance(stages, knows, reps.skill[rep], rivals),
        leaves_deal(rep) * the<Choice>().chance(stages,
                                                products.maturity[opportunities.product[row]],
                                                reps.skill[rep], rivals)};
  };
  the<JointCalls>()(reps, opportunities, books_of_reps_, needs, products, foresights().sellers,
                    chances, step);
}

void World::move_deals(const sim::Step& step) {
  decisions_.advance(due_);
  const ByRole<Foresight> foresight = foresights();
  const auto chances = the<Choice>().chances(static_cast<std::size_t>(the<Market>().rivals), 1.0);
  the<Timing>()(needs, opportunities, reps, {foresight.executives, foresight.sellers}, chances,
                decisions_, due_, step);
}

// What a usual week brings, as a rep remembers it: half of it is from the last half year.
void World::remember_week(const sim::Step& step) {
  constexpr double forgets = 0.02630794;  // 1 - 2^(-1/26)
  const sim::Date today = step.calendar().date(step.week(), 0);
  for (std::size_t row = 0; row < reps.size(); ++row) {
    const Reps::Id rep(row);
    if (!reps.alive(rep) || reps.start_week[rep] > week_) continue;
    if (reps.role[rep] == Role::storefront) continue;
    count_hours(rep);
    const auto credit = static_cast<double>(reps.week_credit[rep]);
    reps.usual_week[rep] += forgets * (credit - reps.usual_week[rep]);
    reps.week_credit[rep] = 0;
    const bool direct = reps.role[rep] == Role::account_executive;
    const compensation::Standing standing =
        (direct ? books.executives : books.sellers).standing(reps.payee[rep], today);
    if (standing.weeks_left <= 0 || standing.weeks_left > 1) continue;
    reps.attainment[rep] = standing.attainment;
    if (!direct) continue;
    ++books.totals.quota_periods;
    books.totals.quota_attained += standing.attainment >= 1;
  }
}

void World::count_hours(Reps::Id rep) {
  Totals& totals = books.totals;
  const bool direct = reps.role[rep] == Role::account_executive;
  const double given = reps.hours_given[rep], worked = given - reps.hours_left[rep];
  const double ours = worked - reps.own_bag_hours[rep];
  reps.hours_worked[rep] += ours;
  reps.own_hours[rep] += reps.own_bag_hours[rep];
  if (direct) {
    totals.executive_hours += ours;
  } else {
    totals.seller_hours += ours;
    totals.seller_hours_all += worked;
  }
}

}  // namespace ecosystem
