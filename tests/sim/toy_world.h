// SPDX-License-Identifier: Apache-2.0
#pragma once
// A small whole model that uses all of the engine: births, deaths, compaction, choices pulled in
// order of key, integer sums, a log, batches. Buyers of two regions choose sellers of their own
// region; the regions have no agent in common.

#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <thread>

#include "sim/experiment.h"
#include "sim/group_by.h"
#include "sim/log.h"
#include "sim/math.h"
#include "sim/model.h"

namespace toy_world {

using sim::Level;
using sim::Measured;

inline constexpr sim::Stream births{16, "births", "seller", "number of new buyers"};
inline constexpr sim::Stream budget{17, "budget", "buyer", "log budget, once", Level::population};
inline constexpr sim::Stream taste{18, "taste", "buyer", "which two sellers it compares, and luck"};
inline constexpr sim::Stream leaving{19, "leaving", "buyer", "does it leave this week"};
inline constexpr std::array streams{births, budget, taste, leaving};

struct Market {
  std::int64_t sellers = 40, buyers = 400;
  double leaving = 0.05, north_price = 1, south_price = 1;
  static constexpr auto fields = sim::Pack{
      sim::field(&Market::sellers,
                 {.name = "sellers", .unit = "1", .meaning = "sellers of both regions", .min = 2}),
      sim::field(&Market::buyers,
                 {.name = "buyers", .unit = "1", .meaning = "buyers at the start", .min = 0}),
      sim::field(&Market::leaving, {.name = "leaving",
                                    .unit = "1/week",
                                    .meaning = "chance that a buyer leaves",
                                    .low = .02,
                                    .high = .1,
                                    .distribution = sim::Distribution::lognormal,
                                    .min = 0,
                                    .max = 1,
                                    .role = sim::Role::uncertainty}),
      sim::field(&Market::north_price,
                 {.name = "north_price", .unit = "1", .meaning = "price in the north", .min = 0}),
      sim::field(&Market::south_price,
                 {.name = "south_price", .unit = "1", .meaning = "price in the south", .min = 0})};
};

struct Sellers : sim::Table<Sellers> {
  Column<double> appeal, revenue;
  Column<std::int64_t> units, children;
  static constexpr auto columns =
      sim::Pack{&Sellers::appeal, &Sellers::revenue, &Sellers::units, &Sellers::children};
};
struct Buyers : sim::Table<Buyers> {
  Column<Sellers::Id> home, seller;
  Column<double> budget;
  Column<std::int64_t> units;
  static constexpr auto columns =
      sim::Pack{&Buyers::home, &Buyers::seller, &Buyers::budget, &Buyers::units};
};
struct Sale {
  std::uint64_t buyer;
  int week;
};

// Set by tests: draws are keyed by the order in which chunks are claimed, the mistake that the
// digest tests must see. With several threads a barrier makes that order differ from the rows'.
inline std::atomic<bool> sabotaged{false};
inline std::atomic<int> worlds_made{0};

class ClaimOrder {
 public:
  // The number of this claim. The first chunk waits until another was claimed before it.
  std::uint64_t claim(bool first_chunk, bool others_can_overtake) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (first_chunk && others_can_overtake && claims_ == 0 &&
           std::chrono::steady_clock::now() < deadline)
      std::this_thread::yield();
    return claims_++;
  }

 private:
  std::atomic<std::uint64_t> claims_{0};
};

struct World {
  Market market;
  Sellers sellers;
  Buyers buyers;
  sim::Groups<Buyers, Sellers> customers;
  sim::Sums<Buyers, Sellers> sums;
  sim::Log<Sale> sales;

  World(const sim::Settings& settings, const sim::Setup& setup)
      : market(settings.get<Market>("market")) {
    ++worlds_made;
    for (std::int64_t i = 0; i < market.sellers; ++i)
      sellers.appeal[sellers.add(
          sim::child(sim::named("seller"), {}, static_cast<std::uint64_t>(i)))] = 1;
    for (std::int64_t i = 0; i < market.buyers; ++i)
      add_buyer(Sellers::Id(static_cast<std::size_t>(i % market.sellers)), setup.random);
  }
  void apply(const sim::Settings& settings) { market = settings.get<Market>("market"); }

  static std::uint32_t region(Sellers::Id seller) { return seller.index() % 2; }
  double price(std::uint32_t where) const {
    return where == 0 ? market.north_price : market.south_price;
  }

  void add_buyer(Sellers::Id home, const sim::Random& random) {
    const auto ordinal = static_cast<std::uint64_t>(sellers.children[home]++);
    const Buyers::Id id = buyers.add(sim::child(sim::named("buyer"), sellers.key(home), ordinal));
    buyers.home[id] = home;
    buyers.budget[id] = sim::exp(random.draw(budget, buyers.key(id)).normal());
  }

  void come_and_go(const sim::Step& step) {
    const std::uint64_t leaves = sim::threshold(market.leaving);
    std::vector<std::uint32_t> words(buyers.size());
    step.fill_words(leaving, buyers, 0, words);
    for (std::size_t row = 0; row < words.size(); ++row)
      if (const Buyers::Id id(row); buyers.alive(id) && words[row] < leaves) buyers.retire(id);
    for (std::size_t row = 0; row < sellers.size(); ++row) {
      const Sellers::Id id(row);
      const std::uint32_t born = step.draw(births, sellers, id).below(2);
      // Dear regions attract fewer: what a price changes is who lives there.
      if (born > 0 && price(region(id)) < 2) add_buyer(id, step.random());
    }
    if (step.week() % 4 == 3) buyers.compact();
  }

  void choose(const sim::Step& step) {
    ClaimOrder claims;
    const bool many = step.workers().threads() > 1;
    sales.open(buyers.size(), rows);
    step.each_rows(
        buyers,
        [&](std::size_t begin, std::size_t end) {
          const std::uint64_t ticket = sabotaged ? claims.claim(begin == 0, many) : 0;
          for (std::size_t row = begin; row < end; ++row) {
            const Buyers::Id id(row);
            if (!buyers.alive(id)) continue;
            sim::Draw draw = sabotaged ? step.draw(taste, sim::Key{ticket << 32 | (row - begin)})
                                       : step.draw(taste, buyers, id);
            choose_one(id, draw);
            if (buyers.units[id] > 1)
              sales.part(begin).push_back({buyers.key(id).value, step.week()});
          }
        },
        rows);
    sales.close();
  }

  void choose_one(Buyers::Id id, sim::Draw& draw) {
    const std::uint32_t where = region(buyers.home[id]);
    const auto each = static_cast<std::uint32_t>(sellers.size() / 2);
    const Sellers::Id one(2 * draw.below(each) + where);
    const Sellers::Id other(2 * draw.below(each) + where);
    const double odds = sellers.appeal[one] / (sellers.appeal[one] + sellers.appeal[other]);
    buyers.seller[id] = draw.uniform() < odds ? one : other;
    buyers.units[id] = static_cast<std::int64_t>(buyers.budget[id] / price(where));
  }

  void settle(const sim::Step& step) {
    customers.assign(buyers, buyers.seller, sellers.size());
    step.each(sellers, [&](Sellers::Id id) {
      double revenue = 0;
      for (const Buyers::Id buyer : customers[id])
        revenue += buyers.budget[buyer] / (1 + price(region(id)));
      sellers.revenue[id] += revenue;
      sellers.appeal[id] = 0.9 * sellers.appeal[id] + 0.1 * sim::log1p(revenue) + 0.01;
    });
    sums.add(
        step.workers(), buyers, buyers.seller, [&](Buyers::Id id) { return buyers.units[id]; },
        sellers.units.span());
  }

  double revenue() const {
    double sum = 0;
    for (const std::uint32_t row : sellers.by_key()) sum += sellers.revenue[Sellers::Id(row)];
    return sum;
  }

  static constexpr std::size_t rows = 32;
  static const std::array<sim::Phase<World>, 3> week;
  static const std::array<sim::Outcome<World>, 3> outcomes;
  static const std::array<sim::AgentColumn<World>, 2> columns;

  void hash(sim::Digest& digest) const {
    digest.add_table(sellers);
    digest.add_table(buyers);
    for (const Sale& sale : sales.entries()) {
      digest.add(sale.buyer);
      digest.add(sale.week);
    }
  }
  static std::size_t bytes(const sim::Settings& settings) {
    return 100 * static_cast<std::size_t>(settings.get<Market>("market").buyers);
  }
};

inline constexpr std::array<sim::Phase<World>, 3> World::week{
    {{"come_and_go", "buyers leave and are born",
      [](World& world, const sim::Step& step) { world.come_and_go(step); }},
     {"choose", "each buyer chooses a seller",
      [](World& world, const sim::Step& step) { world.choose(step); }},
     {"settle", "sellers see their customers",
      [](World& world, const sim::Step& step) { world.settle(step); }}}};

inline constexpr std::array<sim::Outcome<World>, 3> World::outcomes{
    sim::integer_outcome<World>(
        "sales", "1", "sales logged", Measured::flow,
        [](const World& world) { return static_cast<std::int64_t>(world.sales.size()); }),
    sim::integer_outcome<World>(
        "buyers", "1", "buyers alive", Measured::stock,
        [](const World& world) { return static_cast<std::int64_t>(world.buyers.living()); }),
    sim::real_outcome<World>("revenue", "1", "revenue of all sellers", Measured::flow,
                             [](const World& world) { return world.revenue(); })};

inline constexpr std::array<sim::AgentColumn<World>, 2> World::columns{
    {{"sellers", "units", "1", "units sold", [](const World& w) { return w.sellers.size(); },
      [](const World& w) { return w.sellers.units.span(); }},
     {"sellers", "revenue", "1", "revenue", [](const World& w) { return w.sellers.size(); },
      nullptr, [](const World& w) { return w.sellers.revenue.span(); }}}};

inline const sim::ModelInfo& info() {
  static const sim::ModelInfo described = sim::describe<World>(
      {"toy", "buyers and sellers of two regions", {sim::section<Market>("market", "the market")}},
      streams);
  return described;
}

inline sim::Plan plan(const std::string& toml = "",
                      const std::vector<std::string>& overrides = {}) {
  static const std::vector<sim::ModelSections> sections{info().sections};
  sim::Vocabulary vocabulary;
  vocabulary.models = sections;
  vocabulary.packaged = [](std::string_view) { return std::nullopt; };
  const std::string text =
      "format = 1\n[run]\nmodel = \"toy\"\nstart = 2026-02-02\nweeks = 12\n" + toml;
  return sim::plan_of(sim::Scenario::parse(text, "toy.toml", vocabulary, overrides), info());
}

}  // namespace toy_world
