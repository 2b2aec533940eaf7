// SPDX-License-Identifier: Apache-2.0
// Which partner knows which account: by chance or from a file, and what account mapping shows
// (M27).
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "tests/models/ecosystem/economy.h"

namespace {

using namespace ecosystem;
using support::Economy;

std::vector<std::uint32_t> in_order(std::size_t partners) {
  std::vector<std::uint32_t> rows(partners);
  std::iota(rows.begin(), rows.end(), 0u);
  return rows;
}

KnownAccounts read(std::string_view text, std::size_t accounts = 20, std::size_t partners = 5) {
  return KnownAccounts::read(text, accounts, in_order(partners));
}

std::vector<sim::Problem> problems(std::string_view text) {
  try {
    read(text);
    return {};
  } catch (const sim::ScenarioError& error) {
    return {error.problems().begin(), error.problems().end()};
  }
}

TEST(KnownAccounts, AreReadByTheNamesOfColumns) {
  const KnownAccounts known = read(
      "# map.csv\npartner,note,account,status\n3,x,7,customer\nPartner 0,,Account "
      "000007,prospect\n");
  ASSERT_TRUE(known.given());
  ASSERT_EQ(known.of(7).size(), 2u);
  EXPECT_EQ(known.of(7)[0].partner, 0u);
  EXPECT_FALSE(known.of(7)[0].customer);
  EXPECT_EQ(known.of(7)[1].partner, 3u);
  EXPECT_TRUE(known.of(7)[1].customer);
  EXPECT_TRUE(known.of(8).empty());
  EXPECT_FALSE(read("").given());
  EXPECT_TRUE(read("account;partner;status\n1;2;customer\n").given());  // as Excel may write it
}

TEST(KnownAccounts, EachProblemHasItsPlaceAndWhatWasMeant) {
  const auto found = problems(
      "# map.csv\naccount,partner,status\n"
      "Acount 12,1,customer\n20,1,customer\n3,5,prospect\n3,1,costumer\n\n4,2\n4,0,customer\n"
      "4,0,prospect\n");
  ASSERT_EQ(found.size(), 6u);
  EXPECT_EQ(found[0].place.text(), "map.csv:2");
  EXPECT_EQ(found[0].place.column, 1u);
  EXPECT_EQ(found[0].help, "did you mean 'Account 000012'?");
  EXPECT_EQ(found[1].message, "there is no account 20");
  EXPECT_EQ(found[1].help, "accounts are numbered 0 to 19");
  EXPECT_EQ(found[2].message, "there is no partner 5");
  EXPECT_EQ(found[2].place.column, 3u);
  EXPECT_EQ(found[3].help, "did you mean 'customer'?");
  EXPECT_EQ(found[3].place.column, 5u);
  EXPECT_EQ(found[3].place.line, 5u);
  EXPECT_EQ(found[4].message, "the row is too short");
  EXPECT_EQ(found[4].place.line, 7u);
  EXPECT_EQ(found[5].message, "account 4 and partner 0 stand twice");
  EXPECT_EQ(found[5].place.line, 9u);
  const auto header = problems("# map.csv\nacount,partner,status\n1,1,customer\n");
  ASSERT_EQ(header.size(), 1u);
  EXPECT_EQ(header[0].help, "is it 'acount'?");
  EXPECT_EQ(header[0].place.text(), "map.csv:1");
  EXPECT_EQ(problems("account,partner,status\n1,\"1,customer\n").back().message,
            "a quote is never closed");
  EXPECT_EQ(problems("# map.csv\n").at(0).message, "the file is empty");
}

// Whatever the order of the rows, and whatever stands in the other columns.
RC_GTEST_PROP(KnownAccounts, TheOrderOfRowsDoesNotMatter, ()) {
  const auto pairs = *rc::gen::unique<std::vector<std::pair<int, int>>>(
      rc::gen::pair(rc::gen::inRange(0, 20), rc::gen::inRange(0, 5)));
  RC_PRE(!pairs.empty());
  const auto text = [](const auto& rows) {
    std::string all = "account,partner,status\n";
    for (const auto& [account, partner] : rows)
      all += std::to_string(account) + "," + std::to_string(partner) +
             ((account + partner) % 2 != 0 ? ",customer\n" : ",prospect\n");
    return all;
  };
  const KnownAccounts one = read(text(pairs));
  const KnownAccounts other = read(text(std::vector(pairs.rbegin(), pairs.rend())));
  std::size_t count = 0;
  for (std::size_t account = 0; account < 20; ++account) {
    RC_ASSERT(one.of(account).size() == other.of(account).size());
    for (std::size_t i = 0; i < one.of(account).size(); ++i) {
      RC_ASSERT(one.of(account)[i].partner == other.of(account)[i].partner);
      RC_ASSERT(one.of(account)[i].customer == ((account + one.of(account)[i].partner) % 2 != 0));
    }
    count += one.of(account).size();
  }
  RC_ASSERT(count == pairs.size());
}

std::string as_file(const AccountMap& map) {
  std::string text = "account,partner,status\n";
  for (std::size_t i = 0; i < map.reach[AccountMap::account].size(); ++i)
    text += std::to_string(map.reach[AccountMap::account][i]) + "," +
            std::to_string(map.reach[AccountMap::partner][i]) +
            (map.reach[AccountMap::theirs][i] != 0 ? ",customer\n" : ",prospect\n");
  return text;
}

std::string told(const std::string& text) {
  return "[leads]\nknown_accounts = \"\"\"\n" + text + "\"\"\"\n";
}

std::uint64_t digest_of(const Economy& economy) {
  sim::Digest digest;
  economy.world.hash(digest);
  return digest.value();
}

// What chance gave, written to a file and read back, is the same world to the bit.
TEST(KnownAccounts, TheRoundTripChangesNothing) {
  const std::vector<std::string> active{"program.activation_share=1", "market.accounts=300",
                                        "program.candidates=20", "demand.rate=4",
                                        "leads.partner_reach=0.5"};
  Economy by_chance(active);
  const std::string text = as_file(by_chance.world.account_map());
  Economy by_file(active, told(text));
  EXPECT_EQ(as_file(by_file.world.account_map()), text);
  by_chance.weeks(120);
  by_file.weeks(120);
  EXPECT_GT(by_chance.world.books.totals.won_partner, 10);
  EXPECT_EQ(digest_of(by_file), digest_of(by_chance));
}

// A partner works on what the file says it knows, in other regions too, and on nothing else.
TEST(KnownAccounts, DecideWhoPursues) {
  Economy economy({"program.activation_share=1", "program.candidates=12", "demand.rate=6",
                   "demand.while_busy=1"},
                  told("account,partner,status\n0,0,customer\n1,0,prospect\n2,4,customer\n"));
  const World& w = economy.world;
  std::set<std::pair<std::size_t, std::int64_t>> seen;
  economy.weeks(150, [&](const World&) {
    for (std::size_t i = 0; i < w.opportunities.size(); ++i) {
      const Opportunities::Id id(i);
      if (!w.opportunities.alive(id)) continue;
      const Reps::Id rep = w.opportunities.rep[id];
      if (w.reps.role[rep] == Role::partner_seller)
        seen.emplace(w.needs.account[w.opportunities.need[id]].index(),
                     w.staff().partner[rep.index()]);
    }
  });
  EXPECT_EQ(seen, (std::set<std::pair<std::size_t, std::int64_t>>{{0, 0}, {1, 0}, {2, 4}}));
}

TEST(KnownAccounts, CannotChangeByADate) {
  EXPECT_THROW(Economy({},
                       "[[interventions]]\ndate = 2026-09-07\nset.leads.known_accounts = "
                       "\"\"\"\naccount,partner,status\n0,0,customer\n\"\"\"\n"),
               sim::ScenarioError);
}

// The map beside the tables it is made of.
TEST(AccountMap, ShowsWhatThereIs) {
  Economy economy({"program.activation_share=1"});
  economy.weeks(60);
  const World& w = economy.world;
  const AccountMap& map = w.account_map();
  std::int64_t acv = 0, customers = 0;
  std::vector<std::int64_t> of_account(w.accounts.size());
  for (std::size_t i = 0; i < w.contracts.size(); ++i)
    if (const Contracts::Id id(i); w.contracts.alive(id) && w.contracts.ours[id] != 0) {
      acv += w.contracts.list_acv[id];
      of_account[w.contracts.account[id].index()] = 1;
    }
  for (const std::int64_t each : of_account) customers += each;
  const auto sum = [](const std::vector<std::int64_t>& column) {
    return std::accumulate(column.begin(), column.end(), std::int64_t{0});
  };
  EXPECT_EQ(sum(map.accounts[AccountMap::acv]), acv);
  EXPECT_EQ(sum(map.accounts[AccountMap::customer]), customers);
  EXPECT_GT(customers, 50);
  // Mean of needs: rate x mean value, over all accounts.
  const double mean = static_cast<double>(sum(map.accounts[AccountMap::potential])) /
                      static_cast<double>(w.accounts.size());
  EXPECT_NEAR(mean, .8 * 2'800'000 * std::exp(.5 * .36), .1 * mean);
  // Each partner knows its share of its region, and nothing elsewhere.
  std::vector<double> known(w.partnerships.size());
  for (std::size_t i = 0; i < map.reach[0].size(); ++i) {
    const auto account = static_cast<std::size_t>(map.reach[AccountMap::account][i]);
    const auto partner = static_cast<std::size_t>(map.reach[AccountMap::partner][i]);
    EXPECT_EQ(map.accounts[AccountMap::region][account],
              map.partners[AccountMap::partner_region][partner]);
    ++known[partner];
  }
  for (const double each : known) EXPECT_NEAR(each / 625, .15, 5 * std::sqrt(.15 * .85 / 625));
}

}  // namespace
