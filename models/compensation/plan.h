// SPDX-License-Identifier: Apache-2.0
#pragma once
// A compensation plan as data: what docs/plans.md describes, read and checked (read_plan.h). All
// amounts are minor units of the plan's currency; nothing here computes.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/compensation/exact.h"
#include "models/compensation/periods.h"

namespace compensation {

enum class Basis : std::uint8_t { amount, first_year, tcv, margin, list, discount, units };

enum class EventDate : std::uint8_t { booking, invoice, cash };
enum class Splits : std::uint8_t { sum_to_100, may_exceed_100 };

// Which deals count; an empty list lets all through.
struct Filter {
  std::vector<std::string> products, kinds, channels, roles, registrations;
  std::optional<std::int64_t> at_least;  // smallest deal amount
};

struct PerPeriod {  // an amount for each period of a kind
  std::int64_t amount = 0;
  Span per = Span::year;
};

struct Target {
  PerPeriod incentive;
  std::int64_t base_salary = 0;
};

struct Ratchet {  // R20: q' = (1 - weight) q + weight (1 + growth) sales
  Share weight, growth;
  bool up_only = true;
};

enum class StartRule : std::uint8_t { fifteenth, daily, full };
enum class RampRate : std::uint8_t { base, super };
enum class MeasuredOn : std::uint8_t { own, team, mix };

struct Quota {  // R19-R21
  PerPeriod amount;
  Basis basis = Basis::amount;
  Filter filter;
  std::vector<Share> season;  // sums to 100%; `amount` is then a year's
  Span season_span = Span::quarter;
  StartRule start_rule = StartRule::fifteenth;
  std::vector<Share> ramp;
  RampRate ramp_rate = RampRate::base;
  std::optional<Ratchet> ratchet;
  MeasuredOn measured_on = MeasuredOn::own;
  Share own_weight;
};

enum class Reading : std::uint8_t {
  marginal,
  retroactive,
  per_deal_flat,
  per_deal_step,
  interpolated
};

struct Tier {
  enum class Pays : std::uint8_t { rate, times, each, amount };
  bool of_quota = false;  // `from` is an attainment
  Share from_share;       // of quota
  std::int64_t from = 0;  // minor units, or units
  Pays pays = Pays::rate;
  Share share;             // rate or multiple
  std::int64_t money = 0;  // each or amount
};

struct Windfall {  // R13
  std::int64_t above = 0;
  bool at_base = true;
  Share rate;
  bool quota_credit = true;
};

struct BaseRate {        // R10
  bool derived = false;  // target / quota
  Share rate;
};

struct Commission {
  Reading reading = Reading::marginal;
  std::vector<Tier> tiers;
  std::optional<BaseRate> base;
  bool size_of_deal = false;  // per-deal readings: tier by the deal, not the payee's credit
  bool threshold_of_quota = false;
  Share threshold_share;
  std::int64_t threshold = 0;
  bool has_threshold = false, above_only = false;
  std::optional<Windfall> windfall;
  std::optional<std::int64_t> minimum_per_deal, minimum;
};

struct Curve {  // R10
  std::vector<Share> attainment, payout;
  bool extend = false;
};

struct Bonus {  // R12
  std::optional<std::int64_t> amount;
  Share share_of_target;
  Share at;
  bool catch_up = false;
};

struct Spif {  // R22
  sim::Date from, to;
  enum class Pays : std::uint8_t { per_deal, per_unit, rate };
  Pays pays = Pays::per_deal;
  std::int64_t money = 0;
  Share rate;
  std::optional<std::int64_t> pool, per_person;
  bool last_partial = false;
  bool stackable = true;
};

struct Contest {  // R30
  sim::Date from, to;
  std::vector<std::int64_t> prizes;
  std::int64_t least = 0;
};

struct MarketingFund {  // R25
  Share accrual, match;
  std::int32_t deadline_days = 0;
};

enum class Policy : std::uint8_t {
  first_registered,
  first_touch,
  last_touch,
  equal,
  effort,
  time_decay,
  pay_all,
  house,
  marketplace
};

struct Claims {  // R26
  Share rate;
  Policy policy = Policy::first_registered;
  std::int32_t window_days = 0;
  bool last_day_included = false;
  bool queue = false;
  std::optional<Share> cap;
  std::int32_t half_life_days = 30;
};

enum class Type : std::uint8_t { commission, curve, bonus, spif, contest, mdf, claims };
inline constexpr std::array<std::string_view, 7> type_names{"commission", "curve", "bonus", "spif",
                                                            "contest",    "mdf",   "claims"};

struct Component {
  std::string name;
  Type type = Type::commission;
  Filter filter;
  Basis basis = Basis::amount;
  Span measure = Span::quarter;
  bool rolled_up = false;
  // The one of `type` means something.
  Commission commission;
  Curve curve;
  Bonus bonus;
  Spif spif;
  Contest contest;
  MarketingFund fund;
  Claims claims;
};

struct SubQuota {  // R23, and R21's gate
  std::string name;
  Filter filter;
  Basis basis = Basis::amount;
  Span measure = Span::quarter;
  bool on_team = false;
  bool of_quota = false;  // measures the quota itself; `at` is an attainment of it
  std::int64_t amount = 0;
  Share at = Share::whole(1);
  bool gate = true;
  std::vector<Share> from, times;  // multiplier
  std::vector<std::string> applies_to;
};

struct Cap {  // R13
  std::string name;
  std::vector<std::string> components;
  std::int64_t amount = 0;
  bool per_deal = false;
  Span per = Span::quarter;
  bool refundable = false;
};

struct Clawback {  // R17
  std::vector<std::string> triggers, components;
  bool in_months = true;
  std::int32_t window = 0;
  enum class Amount : std::uint8_t { full, pro_rata, sliding };
  Amount amount = Amount::full;
  std::vector<std::int32_t> months;
  std::vector<Share> shares;
  bool restated = false;
};

struct Draw {  // R16
  std::int64_t amount = 0;
  bool recoverable = true;
  bool floor = true;
  std::int32_t recovery_starts = 1;
  Share recovery_share = Share::whole(1);
  bool forgiven = true;
  std::optional<sim::Date> from, to;
};

struct Payee {
  std::string name;
  std::optional<sim::Date> start, end;
  std::optional<std::int64_t> quota, target;
  std::string team;
  std::vector<std::string> manages;
};

// What holds from a day on. The first version holds from the beginning.
struct Version {
  std::optional<sim::Date> from;
  Target target;
  bool has_target = false;
  std::optional<Quota> quota;
  std::vector<Component> components;  // in the order of the file
  std::vector<SubQuota> subquotas;
  std::vector<Cap> caps;
  std::optional<Clawback> clawback;
  std::optional<Draw> draw;
  std::map<std::string, Payee, std::less<>> payees;
};

struct Plan {
  std::string name, currency = "USD";
  int digits = 2;
  Span paid = Span::month;
  EventDate crediting_event = EventDate::booking;
  Splits splits = Splits::sum_to_100;
  Periods periods;
  std::vector<std::string> products, assumed;
  std::vector<Version> versions;  // at least one, by date; equal names of components in each

  const Version& first() const { return versions.front(); }
  const Version& at(sim::Date day) const {
    std::size_t i = versions.size() - 1;
    while (i > 0 && day < *versions[i].from) --i;
    return versions[i];
  }
  std::size_t version_at(sim::Date day) const {
    return static_cast<std::size_t>(&at(day) - versions.data());
  }
};

}  // namespace compensation
