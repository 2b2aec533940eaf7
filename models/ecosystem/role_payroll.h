// SPDX-License-Identifier: Apache-2.0
#pragma once
// The people who are paid by one plan, as the economy sees them: they join, get credit, and are
// paid on the paydays of the run's calendar. The pay engine itself is models/compensation.

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/compensation/payroll.h"
#include "models/ecosystem/plan_terms.h"
#include "models/planning/pay_curve.h"
#include "sim/calendar.h"
#include "sim/key.h"

namespace ecosystem {

// A deal as a plan sees it [minor units]. How much of it counts in the plan of who sold it: for
// commission, and towards quota (two switches, feasibility.md, finding 4).
struct Sale {
  sim::Key deal;
  sim::Date day;
  std::uint32_t product = 0;  // number among the names the payroll was made with
  std::int64_t amount = 0, margin = 0, list = 0;
  std::int32_t term_weeks = 0;  // `amount` is a year's worth if there is a term (R15, A14)
  double commissionable = 1, quota_credit = 1;
};

// A contract that ended before its term.
struct Ended {
  sim::Key deal;
  sim::Date start, day;  // of the contract, and on which it ended
  std::int32_t term_weeks = 0;
};

class RolePayroll {
 public:
  // `products`: what plan files call what is sold; the run's calendar makes the periods.
  RolePayroll(const PlanTerms& terms, std::shared_ptr<const sim::Calendar> calendar,
              std::vector<std::string> products = {"product"});

  // From a day on other terms hold (R3); nothing happens if they are those that hold.
  void change(const PlanTerms& terms, sim::Date from);

  // What is somebody's own: the first day, from which the plan may ramp quotas, and a quota per
  // quarter.
  struct Own {
    std::optional<sim::Date> first_day;
    std::optional<std::int64_t> quota;
  };
  std::uint32_t join(sim::Key person, std::size_t row, const Own& own = {});  // their number here
  // No quota, draw or guarantee after that day; what was earned is still paid.
  void leave(std::uint32_t who, sim::Date last_day);
  // New quotas from a day on at which no period is under way.
  struct OwnQuota {
    std::uint32_t who;
    std::int64_t quota;
  };
  void hand_out(std::span<const OwnQuota> quotas, sim::Date from);
  std::size_t row(std::uint32_t who) const { return rows_[who]; }

  // More credit for somebody; returns what it makes due [minor units]. Days do not go back.
  std::int64_t credit(std::uint32_t who, const Sale& sale);

  // Takes back what was or will be paid for a deal, as the plan of that day says (R17): on the next
  // payday, and what pay does not cover then on later ones. Who has left and earns nothing more
  // keeps owing it.
  void end(const Ended& ended);

  struct Pay {
    std::uint32_t who;
    std::int64_t accrued, payable;  // since the last payday
    std::int64_t spifs = 0;         // part of payable (R22)
    std::int64_t recovered = 0;     // what payable is less by clawback, old debts included (R17)
  };
  // The paydays up to and including `day`; who is paid nothing is not listed.
  std::vector<Pay> paydays(sim::Date day);

  void begin(sim::Date day) { payroll_->begin(day); }
  // What a deal of each product may be expected to pay (EQ2), per unit of the list price and per
  // deal; `offers` say what such a deal counts for. begin(day) first. Any thread may ask.
  void outlook(std::uint32_t who, sim::Date day, const compensation::Forecast& forecast,
               std::span<const compensation::Offer> offers,
               std::span<compensation::Outlook> out) const {
    payroll_->outlook(who, day, forecast, offers, out);
  }
  compensation::Standing standing(std::uint32_t who, sim::Date day) const {
    return payroll_->standing(who, day);
  }
  // How much of a sale's pay is left to who counts what it adds to later quotas (SA18), for the
  // part `far_sighted` of them; `discount` is that of one period.
  double ratchet_weight(double far_sighted, double discount) const;
  // What all components that look at quota pay together, by attainment of `quota`.
  planning::PayCurve quota_curve(std::uint32_t who, sim::Date day, double quota);
  bool counts_for_quota(std::uint32_t product, sim::Date day) const {
    return payroll_->counts_for_quota(kinds_[product], day);
  }
  std::size_t people() const { return rows_.size(); }
  compensation::Basis quota_basis() const {
    const auto& quota = plan_->versions.back().quota;
    return quota ? quota->basis : compensation::Basis::amount;
  }
  std::uint32_t kind_of(std::uint32_t product) const { return kinds_[product]; }
  std::int64_t accrued(std::uint32_t who) const { return accrued_[who]; }
  // What clawback could not yet take from somebody's pay.
  std::int64_t debt(std::uint32_t who) const { return debts_[who]; }
  const PlanTerms& terms() const { return terms_; }

 private:
  void settle_before(sim::Date day);
  void name(const compensation::Payee& person, compensation::Version& version) const;
  void post(std::uint32_t who, const Sale& sale, double share, bool commissionable, bool quota,
            bool first);

  PlanTerms terms_;
  std::vector<std::string> products_;
  std::shared_ptr<compensation::Plan> plan_;
  // Who has a first day or a quota of their own, by name in the plan.
  std::map<std::string, compensation::Payee, std::less<>> people_;
  std::unique_ptr<compensation::Payroll> payroll_;
  std::vector<std::uint32_t> kinds_;  // by product
  std::vector<std::int64_t> accrued_, debts_;
  std::vector<std::size_t> rows_;
  std::vector<std::int64_t> spifs_;  // of a payday, by payee
  std::vector<Pay> waiting_;         // settled, not yet fetched
  std::int32_t period_ = INT32_MIN;  // pay period that is open
};

}  // namespace ecosystem
