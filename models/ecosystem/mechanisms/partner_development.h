// SPDX-License-Identifier: Apache-2.0
#pragma once
// What partner managers do with their hours (B1, B2, B9): look for candidates and sign them, please
// the partners they have, enable their sellers. Each manager splits the week by what an hour of
// each pays by their own plan, whatever the plan pays for: partners signed, partners' satisfaction,
// revenue (the pay plan of [partner_manager], exactly, at the attainment of the day).
//
//   h hours bring       signings              satisfaction S               revenue
//   recruiting          h / hours of one      -                            later
//   pleasing j          -                     please_gain (1-S_j) x        -
//   enabling j          -                     enable_gain (1-S_j) x        belief_j / 52 x
//                                                                  x = (h / scale_hours)^eps
//
// The split is SA5's with the worth of an hour of recruiting as the price of hours
// (planning/split.h, planning/screening.h). What a partner can sell nobody tells the manager:
// belief_j comes from what the manager has seen of it, beside what one usually expects. Who is paid
// on revenue sees that one candidate may be worth another's tenfold, and looks before signing.

#include <algorithm>
#include <span>
#include <vector>

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "models/planning/screening.h"
#include "models/planning/split.h"
#include "sim/field.h"
#include "sim/math.h"
#include "sim/step.h"

namespace ecosystem {

struct PartnerDevelopment {
  double hours = 0;
  double find_hours = 10;
  double sign_hours = 80;
  double screen_hours = 8;
  Money per_signed = Money::whole(0);
  Money per_satisfaction = Money::whole(0);
  double horizon_weeks = 52;
  Money prior = Money::whole(150'000);
  double prior_weeks = 26;
  double tracking = 1;
  double conflict_belief = 0;
  double elasticity = 0.34;
  double scale_hours = 4;
  double please_gain = 0.1;
  double enable_gain = 0.03;
  double satisfaction_decay = 0.05;
  static constexpr auto fields = sim::Pack{
      sim::field(&PartnerDevelopment::hours,
                 {.name = "hours",
                  .unit = "hour/week",
                  .meaning = "of a partner manager for partners, after ramp, split by what an hour "
                             "pays; 0: managers recruit as [program] says, and nothing else",
                  .min = 0,
                  .max = 100,
                  .source = "B2, B9"}),
      sim::field(&PartnerDevelopment::find_hours,
                 {.name = "find_hours",
                  .unit = "hour",
                  .meaning = "to get one candidate to the table while all are still free",
                  .low = 5,
                  .high = 30,
                  .distribution = Distribution::lognormal,
                  .min = .01,
                  .max = 1e4,
                  .source = "none: sweep it",
                  .role = sim::Role::uncertainty}),
      sim::field(&PartnerDevelopment::sign_hours,
                 {.name = "sign_hours",
                  .unit = "hour",
                  .meaning = "to negotiate with a candidate and to bring it on board",
                  .low = 40,
                  .high = 160,
                  .distribution = Distribution::lognormal,
                  .min = .01,
                  .max = 1e4,
                  .source = "none: sweep it",
                  .role = sim::Role::uncertainty}),
      sim::field(&PartnerDevelopment::screen_hours,
                 {.name = "screen_hours",
                  .unit = "hour",
                  .meaning = "of looking at a candidate after which half of the variance of its "
                             "quality is seen",
                  .min = .01,
                  .max = 1e6,
                  .source = "none: sweep it"}),
      sim::field(&PartnerDevelopment::per_signed,
                 {.name = "per_signed",
                  .unit = "currency",
                  .meaning = "what the vendor pays a manager for each partner signed, beside the "
                             "plan of [partner_manager]",
                  .min = 0,
                  .max = 1e8,
                  .source = "B2; R16-R30 (M16)"}),
      sim::field(&PartnerDevelopment::per_satisfaction,
                 {.name = "per_satisfaction",
                  .unit = "currency/year",
                  .meaning = "what it pays a manager whose partners are all fully satisfied; in "
                             "proportion to their mean satisfaction",
                  .min = 0,
                  .max = 1e8,
                  .source = "B2"}),
      sim::field(&PartnerDevelopment::horizon_weeks,
                 {.name = "horizon_weeks",
                  .unit = "week",
                  .meaning = "how far managers look ahead at what work of today will pay",
                  .min = 1,
                  .max = 520,
                  .source = "none: sweep it"}),
      sim::field(&PartnerDevelopment::prior,
                 {.name = "prior",
                  .unit = "currency/year",
                  .meaning = "bookings a manager expects of a partner worked with scale_hours a "
                             "week before having seen anything of it",
                  .min = 0,
                  .max = 1e9,
                  .source = "none: sweep it"}),
      sim::field(&PartnerDevelopment::prior_weeks,
                 {.name = "prior_weeks",
                  .unit = "week",
                  .meaning = "so many weeks of own observation weigh as much as that",
                  .min = .1,
                  .max = 1e4,
                  .source = "none: sweep it"}),
      sim::field(&PartnerDevelopment::tracking,
                 {.name = "tracking",
                  .unit = "share",
                  .meaning = "weight of a partner's own bookings in what its manager believes of "
                             "it; the rest: the mean of all the manager's partners. 0: nobody "
                             "tracks partners against revenue",
                  .min = 0,
                  .max = 1,
                  .source = "B9"}),
      sim::field(&PartnerDevelopment::conflict_belief,
                 {.name = "conflict_belief",
                  .unit = "share",
                  .meaning = "of a candidate's revenue, what a manager thinks is lost where "
                             "another partner knows the account already; 0: who does not sell "
                             "does not understand conflict",
                  .min = 0,
                  .max = 1,
                  .source = "B4"}),
      sim::field(&PartnerDevelopment::elasticity,
                 {.name = "elasticity",
                  .unit = "1",
                  .meaning = "of what hours with one partner bring",
                  .min = .05,
                  .max = .9,
                  .source = "SA5"}),
      sim::field(&PartnerDevelopment::scale_hours,
                 {.name = "scale_hours",
                  .unit = "hour/week",
                  .meaning = "with one partner, at which the gains below hold",
                  .min = .01,
                  .max = 100,
                  .source = "none: sweep it"}),
      sim::field(&PartnerDevelopment::please_gain,
                 {.name = "please_gain",
                  .unit = "1/week",
                  .meaning = "share of what is missing to full satisfaction that pleasing a "
                             "partner closes",
                  .min = 0,
                  .max = 1,
                  .source = "none: sweep it"}),
      sim::field(&PartnerDevelopment::enable_gain, {.name = "enable_gain",
                                                    .unit = "1/week",
                                                    .meaning = "the same of enabling its sellers",
                                                    .min = 0,
                                                    .max = 1,
                                                    .source = "none: sweep it"}),
      sim::field(&PartnerDevelopment::satisfaction_decay,
                 {.name = "satisfaction_decay",
                  .unit = "1/week",
                  .meaning = "rate at which satisfaction is forgotten",
                  .min = 0,
                  .max = 5,
                  .source = "none: sweep it"})};

  bool on() const { return hours > 0; }

  // What a plan pays for, as one manager sees it this week [minor units].
  struct Pay {
    double per_signed = 0;
    double per_satisfaction = 0;  // a week, all partners fully satisfied
    double per_revenue = 0;       // per minor unit of partners' bookings
  };

  // What a manager has seen: bookings, over so many weeks.
  struct Seen {
    double booked = 0, weeks = 0;
    Seen& operator+=(const Seen& other) {
      booked += other.booked;
      weeks += other.weeks;
      return *this;
    }
  };
  // Bookings a year that are expected after that.
  double belief(const Seen& seen) const {
    return (static_cast<double>(prior.minor) * prior_weeks / 52 + seen.booked) /
           (prior_weeks + seen.weeks) * 52;
  }
  double belief(const Seen& of_it, const Seen& of_all) const {
    return tracking * belief(of_it) + (1 - tracking) * belief(of_all);
  }

  // A week's satisfaction lasts, forgotten at satisfaction_decay: weeks of it within the horizon.
  double lasts() const {
    return satisfaction_decay > 0
               ? -sim::expm1(-satisfaction_decay * horizon_weeks) / satisfaction_decay
               : horizon_weeks;
  }

  // What candidates are worth to a manager: what the plan pays at once, and the revenue that is
  // left within the horizon once the partner has started.
  planning::Candidates candidates(const Pay& pay, double usual, double starts_after, double sigma,
                                  double free) const {
    const double weeks = std::max(0.0, horizon_weeks - starts_after);
    return {pay.per_signed, pay.per_revenue * usual / 52 * weeks,
            sigma,          find_hours / free,
            sign_hours,     screen_hours};
  }

  // The guess of a candidate's quality (a standard normal) after looking; one look in its life.
  static double guess(double quality, double seen, sim::Key partner, const sim::Step& step) {
    if (seen <= 0) return 0;
    sim::Draw draw = step.draw_once(streams::of("partner_development"), partner);
    return seen * quality + sim::sqrt(seen * (1 - seen)) * draw.normal();
  }

  // One manager's week: writes enabling and pleasing of the portfolio, returns hours left for
  // recruiting. `per_hour`: worth of an hour of that; `touch`: what a visit costs before it counts.
  class Week {
   public:
    double operator()(const PartnerDevelopment& about, const Pay& pay, double per_hour,
                      double touch, double hours, std::span<const Partnerships::Id> portfolio,
                      const std::vector<double>& beliefs, Partnerships& partnerships) {
      const double scale = sim::exp(-about.elasticity * sim::log(about.scale_hours));
      const double share = portfolio.empty() ? 0 : 1 / static_cast<double>(portfolio.size());
      const double satisfaction = pay.per_satisfaction * share * about.lasts();
      values_.clear();
      for (std::size_t i = 0; i < portfolio.size(); ++i) {
        const double missing = 1 - partnerships.satisfaction[portfolio[i]];
        values_.push_back(scale * satisfaction * about.please_gain * missing);
        values_.push_back(scale * (satisfaction * about.enable_gain * missing +
                                   pay.per_revenue * beliefs[i] / 52));
      }
      given_.resize(values_.size());
      const planning::Supply supply =
          split_(values_, hours, {about.elasticity, touch}, {per_hour, 0}, given_);
      for (std::size_t i = 0; i < portfolio.size(); ++i) {
        partnerships.pleasing[portfolio[i]] = given_[2 * i];
        partnerships.enabling[portfolio[i]] = given_[2 * i + 1];
      }
      return per_hour > 0 ? std::max(0.0, hours - supply.hours) : 0;
    }

   private:
    planning::HourSplit split_;
    std::vector<double> values_, given_;
  };

  // What the week's hours did to a partner's satisfaction.
  double satisfied(double before, double pleasing, double enabling) const {
    const auto gain = [&](double rate, double given) {
      return given > 0 ? rate * sim::pow(given / scale_hours, elasticity) : 0;
    };
    const double closes = gain(please_gain, pleasing) + gain(enable_gain, enabling);
    return (1 - (1 - before) * sim::exp(-closes)) * sim::exp(-satisfaction_decay);
  }
};

}  // namespace ecosystem
