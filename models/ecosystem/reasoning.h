// SPDX-License-Identifier: Apache-2.0
#pragma once
// How people who sell weigh a deal: by what their own plan is expected to pay for it. Effort,
// timing and joint calls all ask here; nothing but pay is weighed unless liking or a directive is
// told to.
//
// `myopic` takes the rate of the credit reached, `shadow` the expected rate at the period's end
// (EQ2), `dynamic` the best policy of the weeks that are left (EQ3).

#include <array>
#include <string>

#include "models/ecosystem/company.h"
#include "models/ecosystem/dynamic_plan.h"
#include "models/ecosystem/planners.h"
#include "models/ecosystem/role_payroll.h"
#include "models/ecosystem/state.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Reasoning {
  double booking_cv = 0.35;
  double own_pace = 0;
  double close_weeks = 0;
  double myopic_share = 0;
  double dynamic_share = 0;
  double far_sighted = 0;
  double present_bias = 1;
  double discount = 0;
  double risk_aversion = 0;
  double choice_noise = 0;
  double liking = 0;
  double directive = 0;
  std::string directive_product;
  static constexpr auto fields = sim::Pack{
      sim::field(&Reasoning::booking_cv,
                 {.name = "booking_cv",
                  .unit = "1",
                  .meaning = "standard deviation of a quarter's bookings as a share of quota, as "
                             "reps believe it",
                  .min = .01,
                  .max = 3,
                  .source = "SA11"}),
      sim::field(&Reasoning::own_pace,
                 {.name = "own_pace",
                  .unit = "share",
                  .meaning = "weight of a rep's own bookings (mean of half a year) in what they "
                             "expect to book; the rest: what quota asks for",
                  .min = 0,
                  .max = 1,
                  .source = "EQ2; feasibility.md, artefact 5"}),
      sim::field(
          &Reasoning::close_weeks,
          {.name = "close_weeks",
           .unit = "week",
           .meaning = "mean time until a deal closes, as reps believe: what closes after the "
                      "period counts in the next; 0: all closes in this one",
           .min = 0,
           .max = 104,
           .source = "EQ4 (time to pay)"}),
      sim::field(&Reasoning::myopic_share,
                 {.name = "myopic_share",
                  .unit = "share",
                  .meaning = "reps who look at the rate of the moment only",
                  .min = 0,
                  .max = 1,
                  .source = "EQ3",
                  .role = sim::Role::structural}),
      sim::field(&Reasoning::dynamic_share,
                 {.name = "dynamic_share",
                  .unit = "share",
                  .meaning = "reps who plan the whole period; those left plan by expected pay",
                  .min = 0,
                  .max = 1,
                  .source = "EQ3; SA6, SA8",
                  .role = sim::Role::structural}),
      sim::field(&Reasoning::far_sighted,
                 {.name = "far_sighted",
                  .unit = "share",
                  .meaning = "how far reps count what a sale adds to later quotas by a ratchet; "
                             "0: not at all",
                  .min = 0,
                  .max = 1,
                  .source = "SA18"}),
      sim::field(&Reasoning::present_bias,
                 {.name = "present_bias",
                  .unit = "1",
                  .meaning = "weight of all later pay against this week's effort; 1: none",
                  .min = .01,
                  .max = 1,
                  .source = "EQ3 (Chung, Steenburgh, Sudhir)"}),
      sim::field(&Reasoning::discount,
                 {.name = "discount",
                  .unit = "1/year",
                  .meaning = "rate at which reps discount pay until its payday",
                  .min = 0,
                  .max = 100,
                  .source = "EQ4; SA6 (c)"}),
      sim::field(&Reasoning::risk_aversion,
                 {.name = "risk_aversion",
                  .unit = "1/currency",
                  .meaning = "constant absolute risk aversion over the pay of a deal; 0: none",
                  .min = 0,
                  .max = 1,
                  .source = "SA1 (CARA)"}),
      sim::field(&Reasoning::choice_noise,
                 {.name = "choice_noise",
                  .unit = "1",
                  .meaning = "log-standard deviation of the error a rep makes about an "
                             "opportunity's worth, each week anew",
                  .min = 0,
                  .max = 3,
                  .source = "EQ3 (bounded reps)"}),
      sim::field(&Reasoning::liking,
                 {.name = "liking",
                  .unit = "1",
                  .meaning = "weight a partner's seller gives the vendor's product for the "
                             "relationship's sake, as a share of what it pays",
                  .min = 0,
                  .max = 10,
                  .source = "A5: it weighs nothing"}),
      sim::field(&Reasoning::directive,
                 {.name = "directive",
                  .unit = "1",
                  .meaning = "weight a manager's word gives a product, as a share of what it pays",
                  .min = 0,
                  .max = 10,
                  .source = "A7: little"}),
      sim::field(&Reasoning::directive_product,
                 {.name = "directive_product",
                  .unit = "1",
                  .meaning = "product that managers tell reps to push; \"own\": a reseller's other "
                             "products",
                  .source = "A7"})};

  Planner planner_of(double u) const {
    if (u < myopic_share) return Planner::myopic;
    return u < myopic_share + dynamic_share ? Planner::dynamic : Planner::shadow;
  }
};

// What a deal of each product is expected to pay somebody: the vendor's products, then, for a
// seller of a partner, the other products in the bag.
inline constexpr std::size_t most_products = 64;
using DealPay = std::array<compensation::Outlook, most_products + 1>;

// One role's view of its plan. Any thread may ask once the payroll has begun the day.
class Foresight {
 public:
  struct Terms {  // on which the vendor sells this week
    double price = 1, reseller_discount = 0;
    double beyond = 1;  // what a point of margin more adds, where partners claim, too (claims.cpp)
  };
  Foresight(const Reasoning& about, const RolePayroll& payroll, const Products& products,
            const PartnerSeller* seller, const Terms& terms, int directive_product,
            const DynamicPlan* programme = nullptr);

  std::size_t products() const { return products_; }
  std::size_t own_product() const { return vendor_products_; }  // of a partner's seller
  bool of_partner() const { return partner_; }

  // Of this period, or of the next as it looks before it has begun.
  void deals(const Reps& reps, Reps::Id rep, const sim::Step& step, DealPay& out) const {
    look(reps, rep, step, 0, false, out);
  }
  void deals_of_next_period(const Reps& reps, Reps::Id rep, const sim::Step& step,
                            DealPay& out) const {
    look(reps, rep, step, 0, true, out);
  }
  // Of this period, if deals of `list` [minor units of list price] were booked together.
  void deals_of_a_lot(const Reps& reps, Reps::Id rep, double list, const sim::Step& step,
                      DealPay& out) const {
    look(reps, rep, step, list * quota_worth_, false, out);
  }
  // What such a deal is worth per unit of chance: its pay, or less for who shuns risk (CARA).
  double worth(const compensation::Outlook& deal, double list) const;
  // The error a rep makes about an opportunity this week, a factor.
  double noise(const Opportunities& opportunities, Opportunities::Id row,
               const sim::Step& step) const;
  bool in_proportion() const { return about_.risk_aversion == 0 && about_.choice_noise == 0; }
  // Weeks until the period ends that quota is measured over, this one included; 0: no quota.
  double weeks_left(const Reps& reps, Reps::Id rep, const sim::Step& step) const;

 private:
  using Offers = std::array<compensation::Offer, most_products + 1>;
  // The offers to somebody whose employer keeps more than booking.reseller_discount.
  void offers_at_margin(double extra, Offers& out) const;
  void look(const Reps& reps, Reps::Id rep, const sim::Step& step, double lot, bool next,
            DealPay& out) const;

  void add_programme(double weeks_left, double attainment, double pace, sim::Date today,
                     double undiscounted, const Offers& offers, DealPay& out) const;

  const Reasoning& about_;
  const RolePayroll& payroll_;
  const DynamicPlan* programme_;
  Terms terms_;
  Offers offers_;
  std::size_t products_, vendor_products_;
  double quota_worth_ = 1;  // quota credit per unit of the vendor's list price
  bool partner_;
  int directive_product_;
};

}  // namespace ecosystem
