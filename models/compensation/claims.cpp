// SPDX-License-Identifier: Apache-2.0
#include "models/compensation/claims.h"

#include <algorithm>

#include "sim/math.h"

namespace compensation {

std::optional<std::size_t> live_registration(const Claims& rules,
                                             std::span<const ClaimOnDeal> claims, sim::Date day) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < claims.size(); ++i)
    if (claims[i].registered && *claims[i].registered <= day) order.push_back(i);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return *claims[i].registered; });
  const std::int32_t length = rules.window_days + (rules.last_day_included ? 1 : 0);
  std::optional<sim::Date> free_from;  // first day on which the deal is not registered
  for (const std::size_t i : order) {
    sim::Date begin = *claims[i].registered;
    if (free_from && begin < *free_from) {
      if (!rules.queue) continue;
      begin = *free_from;
    }
    free_from = begin + length;
    if (begin <= day && day < *free_from) return i;
  }
  return std::nullopt;
}

namespace {

// Weights by which the money of one claim is divided among all.
std::vector<std::int64_t> weights_of(const Claims& rules, std::span<const ClaimOnDeal> claims,
                                     sim::Date day) {
  std::vector<std::int64_t> weights(claims.size(), 0);
  const auto winner = [&](std::optional<std::size_t> who) {
    if (who) weights[*who] = 1;
  };
  const auto touched = [&](std::size_t i) {
    return claims[i].touched && *claims[i].touched <= day;
  };
  switch (rules.policy) {
    case Policy::first_touch:
    case Policy::last_touch: {
      std::optional<std::size_t> best;
      for (std::size_t i = 0; i < claims.size(); ++i) {
        if (!touched(i)) continue;
        const bool better = !best || (rules.policy == Policy::first_touch
                                          ? *claims[i].touched < *claims[*best].touched
                                          : *claims[i].touched > *claims[*best].touched);
        if (better) best = i;
      }
      winner(best);
      break;
    }
    case Policy::equal:
      std::ranges::fill(weights, 1);
      break;
    case Policy::effort:
      for (std::size_t i = 0; i < claims.size(); ++i) weights[i] = claims[i].hours;
      break;
    case Policy::time_decay:
      for (std::size_t i = 0; i < claims.size(); ++i)
        if (touched(i)) {
          const double age = day - *claims[i].touched;
          weights[i] = static_cast<std::int64_t>(static_cast<double>(billion) *
                                                 sim::pow(0.5, age / rules.half_life_days));
        }
      break;
    case Policy::marketplace: {
      const auto at = std::ranges::find(claims, true, &ClaimOnDeal::marketplace);
      winner(at != claims.end() ? std::optional(static_cast<std::size_t>(at - claims.begin()))
                                : live_registration(rules, claims, day));
      break;
    }
    case Policy::first_registered:
      winner(live_registration(rules, claims, day));
      break;
    case Policy::pay_all:
    case Policy::house:
      break;
  }
  return weights;
}

}  // namespace

std::vector<std::int64_t> pay_claims(const Claims& rules, std::span<const ClaimOnDeal> claims,
                                     std::int64_t basis, sim::Date day) {
  const std::int64_t one = share_of(basis, rules.rate);
  std::vector<std::int64_t> cents(claims.size(), 0);
  if (rules.policy == Policy::pay_all) {
    std::ranges::fill(cents, one);
  } else {
    const auto weights = weights_of(rules, claims, day);
    if (std::ranges::any_of(weights, [](std::int64_t w) { return w > 0; }))
      cents = largest_remainder(one, weights);
  }
  if (!rules.cap) return cents;
  std::int64_t total = 0;
  for (const std::int64_t part : cents) total = add(total, part);
  const std::int64_t most = share_of(basis, *rules.cap);
  return total > most && total > 0 ? largest_remainder(most, cents) : cents;
}

}  // namespace compensation
