// SPDX-License-Identifier: Apache-2.0
// [program] without: the same future with some partners taken out of it, and nobody else's luck
// touched (M4).
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "models/ecosystem/partner_list.h"
#include "tests/models/ecosystem/economy.h"

namespace {

using namespace ecosystem;
using support::Economy;

std::vector<int> listed(std::string_view text, std::size_t candidates = 10) {
  std::vector<int> found;
  std::vector<std::uint32_t> class_of(candidates, 0);
  if (candidates == 10) class_of[8] = class_of[9] = 1;
  const std::vector<std::string> classes{"", "oem"};
  const auto mask = partner_list(text, class_of, classes, "program.without");
  for (std::size_t i = 0; i < mask.size(); ++i)
    if (mask[i] != 0) found.push_back(static_cast<int>(i));
  return found;
}

std::string complaint(std::string_view text) {
  try {
    listed(text);
    return "";
  } catch (const sim::BadInput& error) {
    return error.what();
  }
}

TEST(Without, NamesPartners) {
  EXPECT_EQ(listed(""), (std::vector<int>{}));
  EXPECT_EQ(listed("  "), (std::vector<int>{}));
  EXPECT_EQ(listed("3"), (std::vector<int>{3}));
  EXPECT_EQ(listed("0, 4-6 ,9"), (std::vector<int>{0, 4, 5, 6, 9}));
  EXPECT_EQ(listed("all", 3), (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(listed("1, oem"), (std::vector<int>{1, 8, 9}));
  EXPECT_NE(complaint("omm").find("did you mean 'oem'?"), std::string::npos);
  for (const char* wrong : {"x", "1 2", "4-", "-4", "6-4", "1,,2", "1.5"})
    EXPECT_NE(complaint(wrong).find("is no partner"), std::string::npos) << wrong;
  EXPECT_NE(complaint("3-10").find("there is no partner 10"), std::string::npos);
}

// All that somebody else's luck decides, by key.
struct Luck {
  std::map<std::uint64_t, std::vector<double>> reps, needs, opportunities, partnerships;
};

Luck luck_of(Economy& economy, int weeks, const std::set<std::uint64_t>& but_firms) {
  Luck luck;
  economy.weeks(weeks, [&](const World& w) {
    for (std::size_t i = 0; i < w.needs.size(); ++i)
      if (const Needs::Id id(i); w.needs.alive(id))
        luck.needs.emplace(w.needs.key(id).value,
                           std::vector<double>{static_cast<double>(w.needs.value[id]),
                                               static_cast<double>(w.needs.number[id])});
    for (std::size_t i = 0; i < w.opportunities.size(); ++i) {
      const Opportunities::Id id(i);
      if (!w.opportunities.alive(id)) continue;
      luck.opportunities.emplace(
          w.opportunities.key(id).value,
          std::vector<double>{w.opportunities.threshold1[id], w.opportunities.threshold2[id],
                              w.opportunities.threshold3[id]});
    }
  });
  const World& w = economy.world;
  for (std::size_t i = 0; i < w.reps.size(); ++i) {
    const Reps::Id id(i);
    if (!but_firms.contains(w.firms.key(w.reps.employer[id]).value))
      luck.reps[w.reps.key(id).value] = {w.reps.skill[id],
                                         static_cast<double>(w.reps.start_week[id])};
  }
  for (std::size_t i = 0; i < w.partnerships.size(); ++i) {
    const Partnerships::Id id(i);
    if (!but_firms.contains(w.firms.key(w.partnerships.partner[id]).value))
      luck.partnerships[w.partnerships.key(id).value] = {
          static_cast<double>(w.partnerships.signed_week[id]),
          static_cast<double>(w.partnerships.active_week[id])};
  }
  return luck;
}

const std::vector<std::string> busy{"program.activation_share=1", "program.recruits_per_year=40",
                                    "demand.rate=2", "leads.partner_reach=0.5"};

std::vector<std::string> and_also(std::vector<std::string> list, std::string more) {
  list.push_back(std::move(more));
  return list;
}

// The luck of others stays what it was: who they are, when they sign and start, what every need is
// and every opportunity takes. Whether an account comes to need something again depends on what it
// bought, so needs are compared where both futures have them.
TEST(Without, NobodyElsesDrawsChange) {
  Economy all(busy), some(and_also(busy, "program.without=2, 5-7, 30"));
  std::set<std::uint64_t> out;
  for (const std::size_t row : {2u, 5u, 6u, 7u, 30u})
    out.insert(all.world.firms.key(all.world.partnerships.partner[Partnerships::Id(row)]).value);
  const Luck with = luck_of(all, 130, out), without = luck_of(some, 130, out);
  EXPECT_EQ(with.reps, without.reps);
  EXPECT_EQ(with.partnerships, without.partnerships);
  const auto compare = [](const auto& a, const auto& b) {
    std::size_t both = 0;
    for (const auto& [key, facts] : a)
      if (const auto found = b.find(key); found != b.end()) {
        EXPECT_EQ(facts, found->second);
        ++both;
      }
    return both;
  };
  EXPECT_GT(compare(with.needs, without.needs), with.needs.size() / 2);
  EXPECT_GT(compare(with.opportunities, without.opportunities), 500u);
  for (const std::size_t row : {2u, 5u, 6u, 7u, 30u})
    EXPECT_EQ(some.world.partnerships.status[Partnerships::Id(row)], PartnershipStatus::candidate);
  EXPECT_EQ(all.world.partnerships.status[Partnerships::Id(5)], PartnershipStatus::active);
}

// Accounts that a partner does not know never hear of it: their first need is decided alike as long
// as nobody who works on it is busier or less busy for its sake, which is the case where it has a
// region for itself.
TEST(Without, OtherRegionsDoNotNotice) {
  Economy all(busy), some(and_also(busy, "program.without=0, 3, 6, 9"));  // all of region 0
  for (int week = 0; week < 120; ++week) {
    all.week();
    some.week();
  }
  std::map<std::uint64_t, std::vector<std::int64_t>> with, without;
  const auto log_of = [](const World& w, auto& into) {
    for (std::size_t i = 0; i < w.log.size(); ++i) {
      const Log::Id id(i);
      if (w.accounts.region[Accounts::Id(static_cast<std::size_t>(w.log.account[id]))] != 0)
        into[w.log.key(id).value] = {w.log.value[id], w.log.closed_day[id], w.log.outcome[id],
                                     w.log.minutes[id]};
    }
  };
  log_of(all.world, with);
  log_of(some.world, without);
  EXPECT_GT(with.size(), 200u);
  EXPECT_EQ(with, without);
}

// Who would never have sold anything is not missed, to the bit.
TEST(Without, WhoNeverSignsIsNotMissed) {
  const std::vector<std::string> none{"program.recruits_per_year=0"};
  Economy all(none), some(and_also(none, "program.without=12-59"));
  all.weeks(60);
  some.weeks(60);
  sim::Digest a, b;
  all.world.hash(a);
  some.world.hash(b);
  EXPECT_EQ(a.value(), b.value());
}

TEST(Without, AllIsAVendorAlone) {
  Economy alone(and_also(busy, "program.without=all"));
  alone.weeks(80);
  EXPECT_EQ(alone.world.books.totals.won_partner, 0);
  EXPECT_EQ(alone.world.books.totals.signed_up, 0);
  EXPECT_GT(alone.world.books.totals.won, 0);
  for (const PartnershipStatus status : alone.world.partnerships.status)
    EXPECT_EQ(status, PartnershipStatus::candidate);
}

// Further classes of partners, by name or number.
TEST(Without, LeavesOutAClass) {
  const auto economy = [](const std::string& without) {
    return Economy(and_also(busy, "program.without=" + without),
                   "[partnership.friends]\nkind = \"referral\"\ncandidates = 6\n"
                   "signed_at_start = 6\nfee = 0.2\nreach = 0.6\n"
                   "[partnership.makers]\nkind = \"oem\"\ncandidates = 2\nsigned_at_start = 2\n");
  };
  Economy all = economy("\"\""), friendless = economy("friends"), numbered = economy("60-65");
  for (Economy* each : {&all, &friendless, &numbered}) each->weeks(80);
  EXPECT_GT(all.world.books.totals.leads_referred, 10);
  EXPECT_EQ(friendless.world.books.totals.leads_referred, 0);
  sim::Digest a, b;
  friendless.world.hash(a);
  numbered.world.hash(b);
  EXPECT_EQ(a.value(), b.value());
  for (std::size_t row = 0; row < all.world.partnerships.size(); ++row) {
    const Partnerships::Id id(row);
    const bool gone = row >= 60 && row < 66;
    EXPECT_EQ(friendless.world.partnerships.signed_week[id],
              gone ? never : all.world.partnerships.signed_week[id]);
  }
}

// The other way to be without a partner: it is there and its sellers earn nothing with the
// vendor's.
TEST(Without, SellersWhoAreNotPaidDoNotSell) {
  auto unpaid = and_also(busy, "program.without=0-59");
  unpaid.push_back("program.removed=unpaid");
  unpaid.push_back("partner_seller.own_opportunities=8");
  Economy economy(unpaid);
  economy.weeks(80);
  EXPECT_GT(economy.world.books.totals.activated, 5);
  EXPECT_LT(economy.world.books.totals.seller_hours,
            .01 * economy.world.books.totals.seller_hours_all);
  unpaid.push_back("plan_change.rate=1");
  EXPECT_THROW(Economy{unpaid}, sim::BadInput);
}

TEST(Without, ATypoIsSaid) {
  EXPECT_THROW(Economy(and_also(busy, "program.without=60")), sim::BadInput);
  EXPECT_THROW(Economy(and_also(busy, "program.without=everybody")), sim::BadInput);
}

}  // namespace
