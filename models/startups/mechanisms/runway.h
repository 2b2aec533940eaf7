// SPDX-License-Identifier: Apache-2.0
#pragma once
// Cash, costs and people (EQ11, SC3): C' = C + revenue - burn + funding; a startup whose cash falls
// below 0 at the end of a week is dead. Costs beyond the plan are normal; part of them is the same
// for all of a region. People are hired once a quarter while the cash lasts for longer than
// planned, and let go when it might not: below a reserve, staff is what lets it be filled again.

#include <algorithm>

#include "models/startups/about.h"
#include "sim/math.h"
#include "sim/money.h"

namespace startups {

struct Runway {
  sim::Money cash = sim::Money::whole(1'750'000);
  double cash_sigma = 1.3;
  double people = 4;
  sim::Money pay = sim::Money::whole(110'000);
  double overhead = 0.25;
  double cost_sd = 0.3;
  double shock_correlation = 0;
  double planned_months = 18;
  double hiring_limit = 0.25;
  double layoff_months = 6;
  bool hiring = true;
  static constexpr auto fields = sim::Pack{
      sim::field(&Runway::cash, fixed("cash", "currency", "median cash at founding", 0, 1e12)),
      sim::field(&Runway::cash_sigma, fixed("cash_sigma", "1", "log-sd of cash at founding", 0, 5)),
      sim::field(&Runway::people, fixed("people", "1", "people at founding", 0, 1e5)),
      sim::field(&Runway::pay,
                 lever("pay", "currency/year", "what a person costs, all in", 0, 1e9)),
      sim::field(&Runway::overhead, lever("overhead", "1", "services bought, over pay", 0, 100)),
      sim::field(&Runway::cost_sd,
                 unknown("cost_sd", "month^0.5",
                         "sd of a month's costs beyond the plan, over a month's burn", 0.1, 1, 0,
                         100, "SC3: sweep it")),
      sim::field(&Runway::shock_correlation,
                 lever("shock_correlation", "1",
                       "share of that variance which all startups of a region have in common", 0, 1,
                       "X14 {0, .5}")),
      sim::field(&Runway::planned_months,
                 unknown("planned_months", "month", "runway from which a startup hires", 12, 24, 0,
                         1e4, "SC22: 18 to 24 months between rounds")),
      sim::field(
          &Runway::hiring_limit,
          lever("hiring_limit", "1", "most people hired in a quarter, over those there", 0, 100)),
      sim::field(&Runway::layoff_months,
                 unknown("layoff_months", "month",
                         "runway below which people are let go, and costs kept as a reserve when "
                         "people are hired; 0: neither",
                         0, 9, 0, 1e4)),
      sim::field(&Runway::hiring, yes_or_no("hiring", "whether startups hire"))};

  // Cents a week.
  double payroll(double staff) const {
    return staff * static_cast<double>(pay.minor) / weeks_per_year;
  }
  double burn(double staff) const { return payroll(staff) * (1 + overhead); }

  // Costs of a week beyond the plan, in cents: shares of the two normal numbers by the correlation.
  double beyond(double burn_of_week, double common, double own) const {
    const double z = sim::sqrt(shock_correlation) * common + sim::sqrt(1 - shock_correlation) * own;
    return burn_of_week * cost_sd * sim::sqrt(weeks_per_month) * z;
  }

  // Months that the cash lasts at last week's burn and revenue; `endless` if it does not fall.
  static constexpr double endless = 1'200;
  static double months(double cash_now, double net_burn) {
    return net_burn <= 0 ? endless : std::min(endless, cash_now / net_burn / weeks_per_month);
  }

  // Does cash at this net burn last until then, one standard error of surprises allowed for? So a
  // firm that just breaks even with little in the bank counts as short of cash too.
  bool short_of_cash(double staff, double cash_now, double revenue) const {
    const double month = burn(staff) * weeks_per_month;
    const double surprise = cost_sd * sim::sqrt(layoff_months) * month;
    const double net = std::max(0.0, month - revenue * weeks_per_month);
    return layoff_months > 0 && cash_now - surprise < layoff_months * net;
  }

  // Change of people at a quarter's end. Staff is what revenue carries, and what cash beyond a
  // reserve carries for the planned time; below the reserve, what lets it be filled up again in
  // that time. Who is short of cash lets people go, down to the founders; nobody else does.
  double hires(double staff, double cash_now, double revenue) const {
    const double horizon = planned_months * weeks_per_month;
    if (!hiring || horizon <= 0 || burn(1) <= 0) return 0;
    const double reserve = layoff_months * weeks_per_month * burn(staff);
    const double carried = ((cash_now - reserve) / horizon + revenue) / burn(1);
    if (short_of_cash(staff, cash_now, revenue))
      return std::min(0.0, std::max(people, carried) - staff);
    return std::clamp(carried - staff, 0.0, hiring_limit * staff);
  }
};

}  // namespace startups
