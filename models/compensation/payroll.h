// SPDX-License-Identifier: Apache-2.0
#pragma once
// The pay engine: takes credits as they come and settles pay period after pay period. Integers in,
// integers out; no draws, no agents, no clock. A deal log and a simulation use the same one.
//
//   Payroll payroll(plan, Payroll::Trace::yes);
//   const auto ann = payroll.add_payee("Ann");
//   payroll.post(credit); ...                    all credits of the pay period, in order
//   payroll.settle(period);                      then its payday; periods one after the other
//
// What is due depends on the credits of a period alone, not on how they were batched (R27): within
// a pay period credits are in order of (day, deal, payee), which only traces, pools and per-deal
// minima look at. Not for several threads at once.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "models/compensation/credit.h"
#include "models/compensation/outlook.h"
#include "models/compensation/pay_function.h"
#include "models/compensation/plan.h"
#include "models/compensation/quota_book.h"

namespace compensation {

// Something that ends a contract early (R17).
struct Trigger {
  sim::Date day, contract_start;
  std::uint64_t deal = 0;
  std::string kind;  // "churn", "non_payment", "downgrade"
  std::int32_t term_months = 12;
  std::int32_t term_days = 0;    // instead of the months, if not 0
  Share lost = Share::whole(1);  // of the deal's amount
};

class Payroll {
 public:
  enum class Trace : std::uint8_t { no, yes };

  Payroll(std::shared_ptr<const Plan> plan, Trace trace);

  std::uint32_t add_payee(std::string_view name);
  std::uint32_t add_kind(const CreditKind& kind);
  const Plan& plan() const { return *plan_; }
  std::size_t payees() const { return payees_.size(); }
  const std::string& payee(std::uint32_t number) const { return payees_[number].name; }
  std::string component_name(std::int32_t number) const;  // "commission", "cap.X", "clawback"

  void post(const Credit& credit);
  void post(const Trigger& trigger);
  // A claim on a marketing fund (R25) for money spent on an activity of that day.
  void claim_fund(std::uint32_t payee, sim::Date day, sim::Date activity, std::int64_t spent);
  // What a claim on a deal brings (R26, claims.h).
  void award(std::uint32_t payee, std::int32_t component, std::uint64_t deal, std::int64_t credit,
             std::int64_t cents);

  // Does a component count such deals on that day?
  bool lets_through(sim::Date day, std::size_t component, const CreditKind& kind,
                    std::int64_t size);

  // The payday of a pay period: everything posted since the last one is paid.
  void settle(std::int32_t period);

  void forget();  // lines, entries and payouts so far

  // --- for a simulation (simulation.cpp) ------------------------------------------------------
  // The plan goes on as `plan`: the same versions and more after them, none before today (R3).
  void change(std::shared_ptr<const Plan> plan);
  // Makes every payee ready for questions about a day, so that outlook may be asked from
  // several threads at once.
  void begin(sim::Date day);
  // Cents that settling now would put on the payee's lines, before caps, clawback and draw.
  std::int64_t owed(std::uint32_t payee);
  // What a deal of each offer may be expected to pay (EQ2, outlook.h): credit at the end of each
  // component's period is normal around the credit reached plus the quota of the weeks left, with
  // standard deviation cv x quota of a quarter x sqrt(weeks left / 13). out.size() ==
  // offers.size(); begin(day) first, then any thread may ask.
  void outlook(std::uint32_t payee, sim::Date day, const Forecast& forecast,
               std::span<const Offer> offers, std::span<Outlook> out) const;
  bool counts_for_quota(std::uint32_t kind, sim::Date day) const;
  Standing standing(std::uint32_t payee, sim::Date day) const;
  const std::vector<Line>& lines() const { return lines_; }
  const std::vector<Entry>& entries() const { return entries_; }
  const std::vector<Payout>& payouts() const { return payouts_; }

  // --- what reps reason with; no allocation once a period's table exists ---------------------
  // Cents that `value` more credit (pay and quota alike) would add now, all components together
  // that it counts for, before caps, clawback and draw. `day` decides the period.
  std::int64_t marginal(std::uint32_t payee, std::uint32_t kind, std::int64_t value, sim::Date day);
  // The same for many values at once; out.size() == values.size().
  void marginal(std::uint32_t payee, std::uint32_t kind, std::span<const std::int64_t> values,
                sim::Date day, std::span<std::int64_t> out);
  // The pay function and the credit reached of a component, for forecasts (SA11).
  const PayFunction& function(std::uint32_t payee, std::int32_t component, sim::Date day);
  std::int64_t position(std::uint32_t payee, std::int32_t component, sim::Date day);

 private:
  static constexpr std::int32_t never = INT32_MIN;

  // A part of what a period makes due, for traces: `num` over the meter's denominator.
  struct Item {
    std::uint64_t deal;
    Rule rule;
    std::int32_t tier;
    std::int64_t credit;
    Int128 num;
    std::int64_t cents;
  };
  struct Tracing {
    std::vector<Item> items;
    std::size_t traced = 0;  // items whose cents are up to date at `factor`
    Int128 prefix = 0;       // sum of their numerators
    std::int64_t cents = 0, factor = 0;
    std::int64_t extra = 0;  // cents no item stands for (team, guarantee, catch-up)
  };
  // One payee's accumulation in one component.
  struct Meter {
    std::int32_t period = never;
    std::uint32_t table = 0;
    std::int64_t attained = 0, credit = 0;  // quota credit and pay credit of the period
    Int128 exact = 0, denominator = 1;      // due so far, where no function of credit alone says it
    std::int64_t paid = 0, owed = 0;        // cents of this period settled; cents not yet on a line
    std::uint32_t tracing = 0;              // index, 0: none
    bool pure = true;                       // `exact` unused: the function says it
    bool dirty = false;
    bool touched = false;  // some credit came
    bool done = false;     // settled for good: its period is over
  };
  // Credit by measuring period; few periods are asked for, but earlier ones, too.
  struct SubMeter {
    std::map<std::int32_t, std::int64_t> credit;
    std::int64_t of(std::int32_t period) const {
      const auto at = credit.find(period);
      return at == credit.end() ? 0 : at->second;
    }
  };
  struct Team {
    std::vector<std::uint32_t> members;
    std::vector<SubMeter> components, subquotas;
  };
  struct CapState {
    std::int32_t period = never;
    std::int64_t raw = 0, adjusted = 0, withheld = 0;
  };
  struct Clawed {
    std::uint64_t deal;
    Share share;
    std::int64_t taken;
  };
  struct BonusYear {
    std::int32_t year = never, next = 0;               // next: period not yet accounted for
    std::int64_t attained = 0, quota = 0, missed = 0;  // of the periods before it
  };
  struct PayeeState {
    PayeeState(std::string called, QuotaBook book)
        : name(std::move(called)), quotas(std::move(book)) {}
    std::string name;
    QuotaBook quotas;
    std::int32_t team = -1;
    bool known = false;  // has a [payee] table
    std::vector<SubMeter> subquotas;
    std::vector<CapState> caps;
    std::vector<std::int64_t> fund_used, spif_used, contest;
    std::vector<BonusYear> bonus_years;
    std::unordered_map<std::uint64_t, std::int64_t> deal_cents;  // for clawback
    std::map<std::pair<std::size_t, std::uint64_t>, std::int64_t> capped_deals;
    std::vector<Clawed> clawed;  // of deals this payee was credited for
    std::int64_t draw_balance = 0, debt = 0;
    std::int32_t first_period = never;  // pay period of the first draw
  };
  struct Past {  // of a deal, for restating (R17)
    std::uint32_t payee;
    std::int32_t component, period;
    std::int64_t pay, quota, size;
    Share split;
    std::size_t version;
  };

  struct Expectation {              // of one meter, for outlook
    double quota = 0, quarter = 0;  // of the measuring period, of a quarter
    sim::Date first, end;           // of the measuring period
    double slope = 0;               // what a straight line pays; else the function is asked
    bool line = false, nothing = false;
  };
  struct Ahead {
    double mean, sd;
  };
  struct Slopes {
    double both = 0, pay = 0, quota = 0;
  };
  struct Gate {
    double passed, one_short;
  };
  // outlook.cpp
  Ahead ahead(const Expectation& expected, double position, double left,
              const Forecast& forecast) const;
  Ahead ahead_of(const Meter& m, const Expectation& expected, sim::Date day,
                 const Forecast& forecast) const;
  Slopes slopes(const Meter& m, const Expectation& expected, sim::Date day,
                const Forecast& forecast) const;
  void credit_outlook(std::size_t version, std::size_t component, std::uint32_t payee,
                      sim::Date day, const Forecast& forecast, std::span<const Offer> offers,
                      std::span<Outlook> out) const;
  void contest_outlook(std::size_t version, std::size_t component, std::uint32_t payee,
                       sim::Date day, const Forecast& forecast, std::span<const Offer> offers,
                       std::span<Outlook> out) const;
  double spif_claim(std::size_t version, std::size_t component, std::uint32_t payee, sim::Date day,
                    const Offer& offer) const;
  void spif_outlook(std::size_t version, std::size_t component, std::uint32_t payee, sim::Date day,
                    double weeks_to_close, std::span<const Offer> offers,
                    std::span<Outlook> out) const;
  double quarter_quota(std::uint32_t payee) const;
  const Expectation* measured_by_quota(std::uint32_t payee) const;
  sim::Date looked_at(std::uint32_t payee, sim::Date day, const Forecast& forecast) const;
  Gate gate_ahead(const Version& version, std::size_t number, std::uint32_t payee, sim::Date day,
                  bool next_period) const;
  double through_gates(const Version& version, std::size_t component, std::uint32_t payee,
                       sim::Date day, const Forecast& forecast, double open,
                       std::span<const Offer> offers, std::span<Outlook> out) const;
  double under_caps(const Version& version, std::size_t component, std::uint32_t payee,
                    sim::Date day, const Forecast& forecast) const;
  void note_standings();
  // simulation.cpp
  void note_expectation(std::uint32_t payee, std::size_t component, sim::Date day);
  // payroll.cpp
  std::int32_t clawback_line() const;
  void know_what_to_keep();
  const Version& version(sim::Date day) const { return plan_->at(day); }
  std::size_t components() const { return plan_->first().components.size(); }
  Meter& meter(std::uint32_t payee, std::size_t component) {
    return meters_[payee * components() + component];
  }
  void add_passes(std::size_t version, const CreditKind& kind);
  void make_room(PayeeState& state) const;
  std::int32_t period_of(Span span, sim::Date day);  // remembers the last answer
  bool passes(std::size_t version, std::size_t filter, const Credit& credit) const;
  const Filter& filter_of(const Version& version, std::size_t filter) const;
  void open(std::uint32_t payee, std::size_t component, Meter& m, sim::Date day,
            std::size_t version);
  std::uint32_t table_for(std::uint32_t payee, std::size_t component, std::size_t version,
                          std::int32_t period);
  void close(std::uint32_t payee, std::size_t component, Meter& m);
  void trace_from_now(Meter& m);
  void accumulate(const Credit& credit, std::size_t version, std::int64_t quota_credit);
  void join_team(PayeeState& payee, std::uint32_t number, const Version& version);
  // posting.cpp
  void post_component(const Credit& credit, std::size_t version, std::size_t component,
                      std::int64_t quota_credit);
  void post_commission(const Credit& credit, const Component& component, Meter& m, std::int64_t pay,
                       std::int64_t quota_credit);
  void post_marginal(const Credit& credit, Meter& m, std::int64_t pay, std::int64_t quota_credit);
  void post_spread(const Credit& credit, Meter& m, std::int64_t pay, std::int64_t quota_credit);
  void post_function(const Credit& credit, Meter& m, std::int64_t pay, std::int64_t quota_credit,
                     Rule rule);
  void post_retroactive(const Credit& credit, Meter& m, std::int64_t pay,
                        std::int64_t quota_credit);
  void post_per_deal(const Credit& credit, const Component& component, Meter& m, std::int64_t pay);
  void post_windfall(const Credit& credit, Meter& m, std::int64_t pay);
  void top_up(const Credit& credit, Meter& m, std::int64_t minimum, Fraction before);
  void post_spif(const Credit& credit, const Component& component, std::size_t number,
                 bool& unstackable_paid);
  void make_impure(Meter& m);
  Int128 over(Meter& m, Int128 denominator);  // factor for numerators over `denominator`
  Int128 retroactive_due(const Meter& m) const;
  void note(Meter& m, std::uint64_t deal, Rule rule, int tier, std::int64_t credit, Int128 num);
  Meter view(std::uint32_t payee, std::size_t component, sim::Date day, std::size_t version);
  std::int64_t position_of(const Meter& m) const {
    return tables_[m.table].of_quota() ? m.attained : m.credit;
  }
  // reason.cpp
  void follow(Meter& m, const Component& about, std::uint32_t table);
  std::int64_t cents_now(const Meter& m, bool retroactive, std::int64_t factor) const;
  bool function_says(const Component& about, const Meter& m, bool counts, bool quota,
                     std::int64_t factor) const;
  std::int64_t cents_after(const Component& about, const Meter& m, std::int64_t value, bool counts,
                           bool quota, std::int64_t factor);
  void ask(std::uint32_t payee, std::size_t version, std::size_t component, bool counts, bool quota,
           std::span<const std::int64_t> values, sim::Date day, std::span<std::int64_t> out);
  bool ask_spif(const Component& about, std::uint32_t payee, std::size_t component,
                std::span<const std::int64_t> values, std::span<std::int64_t> out) const;
  // settling.cpp
  void settle_meter(std::uint32_t payee, std::size_t component, Meter& m, sim::Date last_day,
                    bool closing);
  std::int64_t due_cents(std::uint32_t payee, std::size_t component, Meter& m,
                         const Version& version, bool closing, std::int64_t& factor);
  std::int64_t factor_of(std::uint32_t payee, std::size_t component, const Meter& m,
                         const Version& version);
  std::int64_t team_position(std::uint32_t payee, std::size_t component, const Meter& m,
                             const Version& version, std::size_t number);
  std::int64_t pooled(std::uint32_t payee, std::size_t component, std::int32_t period,
                      std::size_t version, std::int64_t& quota);
  void pass_idle_periods(std::uint32_t payee, std::size_t component, std::size_t version,
                         std::int32_t period, BonusYear& year);
  std::int64_t catch_up(std::uint32_t payee, std::size_t component, const Meter& m,
                        const Version& version, bool closing, bool open_gate);
  void trace_meter(std::uint32_t payee, std::size_t component, Meter& m, std::int64_t factor,
                   std::int64_t cents);
  void emit(std::uint32_t payee, std::int32_t component, std::uint64_t deal, Rule rule, int tier,
            std::int64_t credit, double rate, std::int64_t cents);
  void guarantee(std::int32_t period);
  // payday.cpp
  void settle_meters(std::int32_t period);
  void join_pool(std::uint32_t payee, std::size_t component, Meter& m, sim::Date last);
  void settle_contests(std::int32_t period);
  void settle_payee(std::uint32_t payee, std::int32_t period, std::size_t first_entry,
                    std::size_t end_entry);
  std::int64_t apply_cap(PayeeState& state, std::uint32_t payee, std::size_t number,
                         std::int32_t period, std::span<const std::int64_t> cents,
                         std::span<const Entry> fresh);
  std::int64_t apply_deal_cap(PayeeState& state, std::uint32_t payee, const Cap& cap,
                              std::size_t number, std::span<const Entry> fresh);
  std::int64_t claw(PayeeState& state, std::uint32_t payee);
  void note_credit(std::uint32_t payee, std::uint64_t deal);
  Share clawed_share(const Clawback& clawback, const Trigger& trigger) const;
  std::int64_t restate(Past& past, Share share);
  void put_past(const Past& past, Meter& m, const Component& about, std::int64_t sign);
  void remember(PayeeState& state, const Clawback& clawback, std::span<const Entry> fresh,
                std::size_t before_caps);
  void cut(std::uint32_t payee, std::size_t cap, std::uint64_t deal, std::int32_t component,
           std::int64_t cents);
  Payout pay_out(PayeeState& state, std::uint32_t payee, std::int32_t period, std::int64_t earned,
                 std::int64_t clawback);
  bool on_draw(const PayeeState& state, const Draw& draw, std::int32_t period) const;

  std::shared_ptr<const Plan> plan_;
  bool trace_, keep_deals_ = false, keep_past_ = false;
  std::vector<PayeeState> payees_;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::vector<CreditKind> kinds_;
  std::map<CreditKind, std::uint32_t> kind_numbers_;
  std::vector<std::vector<std::uint8_t>> passes_;  // [version][filter x kinds + kind]
  std::vector<Meter> meters_;
  std::vector<Tracing> tracings_{1};
  std::vector<PayFunction> tables_;
  std::map<std::array<std::int64_t, 9>, std::uint32_t> table_numbers_;
  std::map<std::pair<std::size_t, std::uint32_t>,
           std::vector<std::pair<std::uint32_t, std::int64_t>>>
      retro_parts_;
  std::vector<Team> teams_;
  std::map<std::string, std::int32_t, std::less<>> team_numbers_;
  std::vector<std::int64_t> pools_;  // of SPIFs: used so far
  std::unordered_map<std::uint64_t, std::vector<Past>> past_;
  std::map<std::tuple<std::uint32_t, std::int32_t, std::int32_t>, Meter> closed_;
  std::vector<std::int64_t> restated_;              // cents per payee since the last payday
  std::unordered_map<std::uint64_t, Share> ended_;  // deals that are clawed back, by whom ever
  bool restating_ = false;
  std::vector<std::int32_t> cut_of_;  // component that each cap entry of this payee cuts
  std::vector<std::uint8_t> contests_settled_;
  std::array<std::pair<sim::Date, std::int32_t>, 4> last_days_;  // by Span: a day, its period
  std::vector<Expectation> expectations_;
  std::vector<std::vector<double>> standings_;  // of contests, best first, on the day of begin
  sim::Date begun_until_{INT32_MIN};            // until then `begin` has nothing to do for
  std::size_t begun_payees_ = 0;                // so many payees
  std::vector<Line> lines_;
  std::vector<Entry> entries_;
  std::vector<Payout> payouts_;
};

}  // namespace compensation
