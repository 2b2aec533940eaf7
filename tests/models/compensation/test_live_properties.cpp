// SPDX-License-Identifier: Apache-2.0
// A log posted as a simulation does, credit by credit, with questions in between, pays what the log
// pays (R27).
#include "tests/models/compensation/pay_properties.h"

namespace {

using namespace pay_properties;

// Posts a log credit by credit, as a simulation does, and asks what deals would pay in between.
class Live {
 public:
  Live(const Case& c, std::vector<int> asks)
      : paid_(pay(c)), payroll_(paid_.plan, Payroll::Trace::yes), asks_(std::move(asks)) {
    for (std::uint32_t i = 0; i < paid_.payroll().payees(); ++i)
      payroll_.add_payee(paid_.payroll().payee(i));
    credits_ = compensation::credits_of(*paid_.plan, paid_.log, payroll_);
  }

  std::string run() {
    for (auto p = paid_.statement.first_period; p <= paid_.statement.last_period; ++p) {
      post_until(paid_.plan->periods.last_day(paid_.plan->paid, p));
      payroll_.settle(p);
    }
    const std::string lines = differ(lines_of(paid_.payroll()), lines_of(payroll_));
    return lines.empty() ? differ(payables_of(paid_.payroll()), payables_of(payroll_)) : lines;
  }

 private:
  void post_until(sim::Date end) {
    const auto& events = paid_.log.events;
    while (true) {
      const bool posts = credit_ < credits_.size() && credits_[credit_].day <= end;
      const bool happens = event_ < events.size() && events[event_].day <= end;
      if (!posts && !happens) return;
      if (posts && (!happens || credits_[credit_].day <= events[event_].day)) {
        payroll_.post(credits_[credit_]);
        ask(credits_[credit_]);
        ++credit_;
      } else {
        payroll_.post(trigger_of(events[event_++]));
      }
    }
  }

  // Today, and whether to wait for a later period.
  void ask(const compensation::Credit& credit) {
    for (const int later : asks_) {
      payroll_.marginal(credit.payee, credit.kind, 12'345, credit.day + later);
      payroll_.position(credit.payee, 0, credit.day + later);
    }
  }

  compensation::Trigger trigger_of(const compensation::ContractEvent& event) const {
    using compensation::RowType;
    const auto& deal = paid_.log.deals[event.deal];
    compensation::Trigger trigger;
    trigger.day = event.day;
    trigger.contract_start = deal.booked;
    trigger.deal = event.deal;
    trigger.kind = event.type == RowType::churn         ? "churn"
                   : event.type == RowType::non_payment ? "non_payment"
                                                        : "downgrade";
    if (event.type == RowType::downgrade && deal.value[0] > 0)
      trigger.lost.billionths =
          std::min(compensation::billion,
                   compensation::round_div(compensation::Int128{event.lost} * compensation::billion,
                                           deal.value[0]));
    return trigger;
  }

  Paid paid_;
  Payroll payroll_;
  std::vector<int> asks_;  // days ahead
  std::vector<compensation::Credit> credits_;
  std::size_t credit_ = 0, event_ = 0;
};

// Claims go another way into the engine than credits and events.
Case without_claims(Luck& luck) {
  Case c = random_plans::random_case(luck, {});
  std::erase_if(c.rows, [](const Row& row) { return row.type == "claim"; });
  return c;
}

TEST(PayProperties, ReplayIsLive) {
  check("replay = live", without_claims, [](const Case& c) { return Live(c, {}).run(); });
}

TEST(PayProperties, AskingChangesNothing) {
  check("asking changes nothing", without_claims, [](const Case& c) { return Live(c, {0}).run(); });
}

TEST(PayProperties, AskingAboutLaterChangesNothing) {
  check("asking about later periods", without_claims, [](const Case& c) {
    return Live(c, {0, 40, 100, 400}).run();
  });
}

}  // namespace
