// SPDX-License-Identifier: Apache-2.0
#pragma once
// A random commission: rate table of any reading, thresholds, windfalls, minima.

#include "tests/models/compensation/random_logs.h"

namespace random_plans {

class CommissionWriter {
 public:
  CommissionWriter(Luck& luck, const Wish& wish) : luck_(luck), wish_(wish) {}

  // `may_guarantee`: the measuring period is no shorter than the pay period.
  std::string write(bool may_guarantee) {
    reading_ = wish_.reading;
    if (reading_.empty())
      reading_ = wish_.per_deal
                     ? luck_.pick({"marginal", "marginal", "retroactive", "retroactive",
                                   "interpolated", "per_deal_flat", "per_deal_step"})
                     : luck_.pick({"marginal", "marginal", "retroactive", "interpolated"});
    const bool per_deal = reading_.starts_with("per_deal");
    interpolated_ = reading_ == "interpolated";
    of_quota_ = !per_deal && luck_.chance(60);
    units_ = !wish_.plain && !of_quota_ && luck_.chance(10);
    std::string text = fmt::format("type = \"commission\"\nreading = \"{}\"\n", reading_);
    text += tiers();
    const std::string size(luck_.pick({"deal", "credit"}));
    if (per_deal) text += fmt::format("size = \"{}\"\n", size);
    if (!per_deal && luck_.chance(30)) text += threshold();
    if (units_)
      text += "basis = \"units\"\n";
    else if (!wish_.plain && luck_.chance(15))
      text += "basis = \"margin\"\n";
    const bool by_deal = per_deal || reading_ == "marginal";
    const bool whole_steps = reading_ == "per_deal_step" && size == "deal";
    if (wish_.windfall && by_deal && !whole_steps && !units_ && luck_.chance(15))
      text += fmt::format("windfall = {{above = {}, pays = \"3%\", quota_credit = {}}}\n",
                          250 * (1 + luck_.below(8)), luck_.chance(50));
    if (wish_.minimum && by_deal && luck_.chance(10)) text += "minimum_per_deal = 20.05\n";
    if (wish_.guarantee && may_guarantee && luck_.chance(10)) text += "minimum = 150\n";
    return text;
  }

 private:
  std::string tiers() {
    std::vector<std::int64_t> from{0}, pays;
    const auto count = 1 + luck_.below(3);
    for (int i = 1; i < count; ++i) from.push_back(from.back() + 1 + luck_.below(6));
    for (int i = 0; i < count; ++i) pays.push_back(luck_.below(200));
    if (wish_.rising || interpolated_) std::ranges::sort(pays);
    if (interpolated_ && !wish_.at_zero) pays[0] = 0;
    const bool times = !interpolated_ && !units_ && luck_.chance(30);
    std::string text;
    for (std::size_t i = 0; i < pays.size(); ++i)
      text += fmt::format("{}{{from = {}, {}}}", i == 0 ? "" : ", ", bound(from[i]),
                          what(pays[i], times));
    text = "tiers = [" + text + "]\n";
    if (times) text += luck_.pick({"base_rate = \"target/quota\"\n", "base_rate = \"4%\"\n"});
    return text;
  }

  std::string bound(std::int64_t step) {
    if (of_quota_) return fmt::format("\"{}%\"", step * 25);
    return fmt::format("{}", units_ ? 2 * step : 250 * step);
  }

  std::string what(std::int64_t number, bool times) {
    if (interpolated_) return fmt::format("amount = {}", number * 3);
    if (units_) return fmt::format("each = {}", money(10 * number));
    if (times) return fmt::format("times = {}.{:02}", number / 50, number % 50);
    return fmt::format("rate = \"{}.{}%\"", number / 10, number % 10);
  }

  std::string threshold() {
    const bool above = !interpolated_ && luck_.chance(50) && wish_.above_only;
    const auto step = 1 + luck_.below(6);
    return fmt::format("threshold = {}\nthreshold_pays = \"{}\"\n", bound(step),
                       above ? "above_only" : "from_first_dollar");
  }

  Luck& luck_;
  const Wish& wish_;
  std::string_view reading_;
  bool interpolated_ = false, of_quota_ = false, units_ = false;
};

}  // namespace random_plans
