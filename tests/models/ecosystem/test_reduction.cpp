// SPDX-License-Identifier: Apache-2.0
// With every mechanism off a rep is SA5's closed form, week by week in a whole economy.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tests/models/ecosystem/phases.h"

namespace {

using namespace ecosystem;
using support::Phases;

// Runs an economy and holds each rep's hours of each week against
//   h_p = H v_p^(1/(1-eps)) / sum of v_q^(1/(1-eps)),
// v_p being what `value` says. Returns the splits of two deals or more.
template <class Value>
int compare(Phases& economy, int weeks, const Value& value) {
  constexpr double eps = .34;
  int splits = 0;
  std::map<std::uint64_t, double> before;
  for (int week = 0; week < weeks; ++week)
    economy.week(
        [&](std::string_view phase) {
          if (phase != "effort") return;
          before.clear();
          const Opportunities& all = economy.world.opportunities;
          for (std::size_t i = 0; i < all.size(); ++i)
            before[all.key(Opportunities::Id(i)).value] = all.hours[Opportunities::Id(i)];
        },
        [&](std::string_view phase) {
          if (phase != "effort") return;
          const World& w = economy.world;
          std::vector<double> sum(w.reps.size());
          std::vector<int> deals(w.reps.size());
          const auto power = [&](Opportunities::Id row) {
            return std::pow(value(w, row), 1 / (1 - eps));
          };
          for (std::size_t i = 0; i < w.opportunities.size(); ++i) {
            const Opportunities::Id row(i);
            if (!w.opportunities.alive(row)) continue;
            sum[w.opportunities.rep[row].index()] += power(row);
            ++deals[w.opportunities.rep[row].index()];
          }
          for (std::size_t i = 0; i < w.opportunities.size(); ++i) {
            const Opportunities::Id row(i);
            if (!w.opportunities.alive(row)) continue;
            const std::size_t rep = w.opportunities.rep[row].index();
            const double hours =
                w.opportunities.hours[row] - before[w.opportunities.key(row).value];
            ASSERT_NEAR(hours, 30 * power(row) / sum[rep], 1e-6);
            ASSERT_NEAR(w.opportunities.push[row], std::pow(hours / 4, eps), 1e-9);
          }
          for (const int count : deals) splits += count > 1;
        });
  return splits;
}

double size_times_gain(const World& w, Opportunities::Id row) {
  const auto gain =
      w.the<Choice>().stage_gains(static_cast<std::size_t>(w.the<Market>().rivals), 1);
  return static_cast<double>(w.needs.value[w.opportunities.need[row]]) *
         gain[w.opportunities.stage[row]];
}

// `textbook` has all that can be off off; deals of different size make the split one.
TEST(Effort, SA5_Reduction) {
  Phases economy("textbook", {"product.widget.size_sigma=0.8"});
  EXPECT_GT(compare(economy, 104, size_times_gain), 500);
}

// The same though the plan has a quota, an accelerator and a bonus: all deals are paid alike, so
// that quota moves no hour from one to another.
TEST(Effort, SA5_HoldsUnderAnyPlanThatPaysDealsAlike) {
  Phases economy("textbook", {"product.widget.size_sigma=0.8", "account_executive.accelerator=2",
                              "account_executive.quota=60000", "account_executive.bonus=4000",
                              "partner_seller.quota=9000", "partner_seller.accelerator=2"});
  EXPECT_GT(compare(economy, 104, size_times_gain), 500);
}

// Two products of which one pays half: v by the plan's rate of each.
TEST(Effort, SA5_WithTwoRates) {
  const std::string toml =
      "[product.gadget]\nlist_price = 20000\nsize_sigma = 0.5\nterm_weeks = 0\n";
  const std::string plan =
      "format = 1\nname = \"two\"\ncurrency = \"USD\"\npaid = \"quarter\"\n"
      "crediting_event = \"booking\"\nsplits = \"sum_to_100\"\nproducts = [\"widget\", "
      "\"gadget\"]\n"
      "[component.w]\ntype = \"commission\"\nproducts = [\"widget\"]\nreading = \"marginal\"\n"
      "measure = \"quarter\"\ntiers = [{from = 0, rate = \"10%\"}]\n"
      "[component.g]\ntype = \"commission\"\nproducts = [\"gadget\"]\nreading = \"marginal\"\n"
      "measure = \"quarter\"\ntiers = [{from = 0, rate = \"5%\"}]\n";
  Phases two("textbook", {"program.candidates=0", "program.signed_at_start=0"},
             toml + "[account_executive]\nplan = '''\n" + plan + "'''\n");
  EXPECT_GT(compare(two, 104,
                    [](const World& w, Opportunities::Id row) {
                      const auto price = w.products.list_price[w.opportunities.product[row]];
                      return size_times_gain(w, row) * (price == 2'000'000 ? .5 : 1);
                    }),
            200);
}

}  // namespace
