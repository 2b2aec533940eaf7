// SPDX-License-Identifier: Apache-2.0
// What holds of SPIFs with a pool (R22).
#include "tests/models/compensation/pay_properties.h"

namespace {

using namespace pay_properties;

// R22: a pool and what a person gets are never overspent; claims that are cut use up the pool.
TEST(PoolProperties, PoolsAreNotOverspent) {
  Wish wish;
  const auto property = [](const Case& c) {
    const Paid paid = pay(c);
    const auto& components = paid.plan->first().components;
    std::map<std::int32_t, std::int64_t> spent;
    std::map<std::pair<std::int32_t, std::uint32_t>, std::int64_t> each;
    for (const auto& line : paid.payroll().lines()) {
      spent[line.component] += line.cents;
      each[{line.component, line.payee}] += line.cents;
    }
    for (std::size_t i = 0; i < components.size(); ++i) {
      const auto number = static_cast<std::int32_t>(i);
      const auto& spif = components[i].spif;
      if (components[i].type != compensation::Type::spif) continue;
      if (spif.pool && spent[number] > *spif.pool) return std::string("pool overspent");
      for (const auto& [key, cents] : each)
        if (spif.per_person && key.first == number && cents > *spif.per_person)
          return std::string("a person got too much");
    }
    return std::string();
  };
  check("pools", wish, property);
}

TEST(PoolProperties, CutClaimsUseUpThePool) {
  const auto make = [](Luck& luck) {
    Wish wish;
    wish.plain = true;
    wish.split = wish.negative = wish.events = false;
    Case c;
    c.tables.push_back(fmt::format(
        "format = 1\nname = \"pool\"\ncurrency = \"USD\"\npaid = \"month\"\n"
        "crediting_event = \"booking\"\nsplits = \"sum_to_100\"\n[component.c]\n"
        "type = \"spif\"\nfrom = 2027-01-01\nto = 2028-12-31\nper_deal = {}\npool = {}\n"
        "last_claim = \"partial\"\nstackable = true\n",
        1 + luck.below(100), luck.below(1000)));
    wish.outside = false;
    random_plans::add_rows(luck, wish, c);
    return c;
  };
  check("pool used up", make, [](const Case& c) {
    const Paid paid = pay(c);
    const auto& spif = paid.plan->first().components[0].spif;
    std::int64_t claims = 0, spent = 0;
    for (const Row& row : c.rows) claims += row.cents > 0 ? spif.money : 0;
    for (const auto& line : paid.payroll().lines()) spent += line.cents;
    return spent == std::min(claims, *spif.pool) ? "" : fmt::format("{} spent", spent);
  });
}

}  // namespace
