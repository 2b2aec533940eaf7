// SPDX-License-Identifier: Apache-2.0
#pragma once
// Random deal logs (and random_plans.h: plans), as the text their readers read. A case is kept in
// pieces (tables of the plan, rows of the log), so that a failing one is made smaller piece by
// piece.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "sim/date.h"

namespace random_plans {

class Luck {
 public:
  explicit Luck(std::uint64_t seed) : engine_(seed) {}
  std::int64_t below(std::int64_t n) {
    return static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(n));
  }
  bool chance(int percent) { return below(100) < percent; }
  std::string_view pick(std::initializer_list<std::string_view> words) {
    return words.begin()[below(static_cast<std::int64_t>(words.size()))];
  }

 private:
  std::mt19937_64 engine_;
};

inline std::string money(std::int64_t cents) {
  return fmt::format("{}{}.{:02}", cents < 0 ? "-" : "", std::abs(cents) / 100,
                     std::abs(cents) % 100);
}

struct Row {
  std::string id, payee, type, split, role, product;
  sim::Date day;
  std::int64_t cents = 0, margin = 0, units = 1;
  bool pays = true, counts = true;
  std::int64_t registered = -1;  // days before `day`, of a claim

  std::string csv() const {
    const auto yes = [](bool b) { return b ? "" : "no"; };
    const std::string since = registered < 0 ? "" : (day - static_cast<int>(registered)).text();
    return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", id, day.text(), payee,
                       money(cents), type, split, role, product, money(margin), units, yes(pays),
                       yes(counts), since, since);
  }
};

struct Case {
  std::vector<std::string> tables;  // the head of the plan, then its tables
  std::vector<Row> rows;
  std::uint64_t salt = 0;  // of choices that a property makes

  std::string plan() const {
    std::string text;
    for (const std::string& table : tables) text += table + "\n";
    return text;
  }
  std::string log() const {
    std::string text =
        "deal_id,date,payee,amount,type,split,role,product,margin,units,commissionable,"
        "quota_credit,registered,touched\n";
    for (const Row& row : rows) text += row.csv();
    return text;
  }
};

// What a property cannot do with is switched off.
struct Wish {
  bool rising = false;     // tables pay more, the more is sold
  bool plain = false;      // pay credit is quota credit: no filters, bases, yes/no columns
  bool at_zero = true;     // something is paid for no credit
  bool at_least = true;    // small deals do not count
  bool above_only = true;  // thresholds that pay above them only
  bool per_deal = true, windfall = true, catch_up = true;
  bool minimum = true, guarantee = true;  // of a deal; of a period
  bool outside = true, contest = true;    // SPIFs, contests, claims
  bool subquota = true, cap = true, deal_cap = true, draw = true, team = true, roll_up = true;
  bool clawback = true, restated = true;
  bool change = true, ratchet = true, season = true;
  bool negative = true;  // credit notes
  bool events = true;    // churn and its like
  bool split = true;
  bool others = true;                       // curves and bonuses, not commissions alone
  std::string_view paid, reading, measure;  // empty: any
  int max_rows = 25;
};

constexpr std::array<std::string_view, 3> people{"Ann", "Bob", "Cy"};
inline sim::Date new_year() { return sim::Date::from_civil(2027, 1, 1); }

// --- logs ---------------------------------------------------------------------------------------

// Round amounts often: they land on the bounds of tiers.
inline std::int64_t amount(Luck& luck) {
  if (luck.chance(50)) return 12'500 * luck.below(17);
  return luck.chance(80) ? luck.below(120'000) : luck.below(1'000'000);
}

inline void add_split(Luck& luck, const Row& row, std::vector<Row>& rows) {
  constexpr std::array<std::array<std::string_view, 3>, 4> shares{
      {{"50%", "50%", ""}, {"60%", "40%", ""}, {"33.3%", "33.3%", "33.4%"}, {"1%", "98%", "1%"}}};
  const auto& share = shares[static_cast<std::size_t>(luck.below(4))];
  const auto first = static_cast<std::size_t>(luck.below(3));
  for (std::size_t i = 0; i < 3; ++i) {
    if (share[i].empty()) continue;
    Row part = row;
    part.payee = people[(first + i) % 3];
    part.split = share[i];
    rows.push_back(part);
  }
}

inline Row random_deal(Luck& luck, const Wish& wish, int number) {
  Row row;
  row.id = fmt::format("d{}", number);
  row.payee = people[static_cast<std::size_t>(luck.below(3))];
  row.day = new_year() + static_cast<int>(luck.below(luck.chance(50) ? 100 : 400));
  row.cents = amount(luck);
  row.margin = wish.plain ? row.cents : luck.below(row.cents + 1);
  row.units = wish.plain ? 1 : luck.below(4);
  row.product = luck.pick({"A", "B"});
  if (!wish.plain) {
    row.pays = !luck.chance(8);
    row.counts = !luck.chance(8);
  }
  return row;
}

// A refund of all or a part of a deal, on the same day or later.
inline Row note_on(Luck& luck, Row row) {
  row.type = "credit_note";
  row.day = row.day + static_cast<int>(luck.chance(30) ? 0 : luck.below(120));
  row.cents = luck.chance(50) ? -row.cents : -luck.below(row.cents + 1);
  row.margin = -std::min(row.margin, -row.cents);
  row.units = -row.units;
  return row;
}

inline void add_deal(Luck& luck, const Wish& wish, int number, std::vector<Row>& rows) {
  const Row row = random_deal(luck, wish, number);
  if (wish.split && luck.chance(20)) return add_split(luck, row, rows);
  rows.push_back(row);
  if (wish.negative && luck.chance(15)) rows.push_back(note_on(luck, row));
  if (wish.split && !wish.plain && luck.chance(10)) {
    rows.push_back(row);
    rows.back().payee = row.payee == "Ann" ? "Bob" : "Ann";
    rows.back().role = "overlay";
  }
}

// Ends of deals, and claims on them, some time after they were made.
inline void add_events(Luck& luck, const Wish& wish, std::vector<Row>& rows) {
  const std::size_t deals = rows.size();
  for (std::size_t i = 0; i < deals; ++i) {
    if (rows[i].type == "credit_note" || !luck.chance(15)) continue;
    Row row;
    row.id = rows[i].id;
    row.day = rows[i].day + static_cast<int>(luck.below(300));
    if (wish.outside && luck.chance(25)) {
      row.type = "claim";
      row.payee = people[static_cast<std::size_t>(luck.below(3))];
      row.registered = luck.below(400);
    } else if (wish.events) {
      row.type = luck.pick({"churn", "non_payment", "downgrade"});
      if (row.type == "downgrade") row.cents = 1 + luck.below(100'000);
    } else {
      continue;
    }
    rows.push_back(row);
  }
}

inline void add_rows(Luck& luck, const Wish& wish, Case& c) {
  const std::int64_t some = luck.below(wish.max_rows);  // rather few
  const std::int64_t count = 1 + luck.below(some + 1);
  for (int i = 0; i < count; ++i) add_deal(luck, wish, i, c.rows);
  if (wish.events || wish.outside) add_events(luck, wish, c.rows);
}

template <class T>
void shuffle(Luck& luck, std::vector<T>& all) {
  for (std::size_t i = all.size(); i > 1; --i)
    std::swap(all[i - 1], all[static_cast<std::size_t>(luck.below(static_cast<std::int64_t>(i)))]);
}

}  // namespace random_plans
