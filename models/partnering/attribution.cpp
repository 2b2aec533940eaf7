// SPDX-License-Identifier: Apache-2.0
#include "models/partnering/attribution.h"

#include <algorithm>
#include <cmath>

#include "sim/math.h"

namespace partnering {

using compensation::Int128;
using compensation::Policy;

std::int64_t Attribution::operator()(const AttributionRules& rules, std::int64_t base,
                                     double closes, std::span<const Claimant> claimants,
                                     std::span<std::int64_t> paid) {
  places_.resize(claimants.size());
  for (std::size_t i = 0; i < places_.size(); ++i) places_[i] = i;
  std::ranges::sort(places_, [&](std::size_t i, std::size_t j) {
    const Claimant &a = claimants[i], &b = claimants[j];
    return a.lot != b.lot ? a.lot < b.lot : a.firm < b.firm;
  });
  claims_.clear();
  for (const std::size_t i : places_) claims_.push_back(claimants[i]);

  const std::int64_t sign = base < 0 ? -1 : 1, size = sign * base;
  const std::int64_t one = compensation::share_of(size, rules.rate);
  std::int64_t total = 0;
  if (rules.policy == Policy::pay_all) {
    cents_.assign(claims_.size(), one);
    for (const std::int64_t part : cents_) total = compensation::add(total, part);
  } else {
    weigh(rules, closes);
    total = divide(one);
  }
  if (rules.cap) total = limit(compensation::share_of(size, *rules.cap), total);
  for (std::size_t i = 0; i < places_.size(); ++i) paid[places_[i]] = sign * cents_[i];
  return sign * total;
}

// The whole to whose day is the earliest, by lot; nobody if that is never.
template <class Day>
void Attribution::to_first(const Day& day_of) {
  double first = never;
  std::size_t winner = claims_.size();
  for (std::size_t i = 0; i < claims_.size(); ++i)
    if (const double day = day_of(claims_[i]); day < first) {
      first = day;
      winner = i;
    }
  if (winner < claims_.size()) weights_[winner] = 1;
}

// Ages count from the latest touch, which weighs a billion: no claim is too old to be paid.
void Attribution::by_decay(double closes, double half_life) {
  double latest = -never;
  for (const Claimant& claim : claims_)
    if (claim.last_touch <= closes) latest = std::max(latest, claim.last_touch);
  for (std::size_t i = 0; i < claims_.size(); ++i) {
    const double touched = claims_[i].last_touch;
    if (touched <= closes)
      weights_[i] = std::llround(static_cast<double>(compensation::billion) *
                                 sim::pow(0.5, (latest - touched) / half_life));
  }
}

void Attribution::weigh(const AttributionRules& rules, double closes) {
  constexpr double grains_per_hour = 1e6;
  weights_.assign(claims_.size(), 0);
  const auto held_since = [&](const Claimant& claim) {
    const bool holds = claim.registered <= closes && closes < claim.lapses;
    return holds ? claim.registered : never;
  };
  switch (rules.policy) {
    case Policy::first_touch:
      to_first([&](const Claimant& c) { return c.first_touch <= closes ? c.first_touch : never; });
      break;
    case Policy::last_touch:
      to_first([&](const Claimant& c) { return c.last_touch <= closes ? -c.last_touch : never; });
      break;
    case Policy::equal:
      std::ranges::fill(weights_, 1);
      break;
    case Policy::effort:
      for (std::size_t i = 0; i < claims_.size(); ++i)
        weights_[i] = std::llround(claims_[i].hours * grains_per_hour);
      break;
    case Policy::time_decay:
      by_decay(closes, rules.half_life);
      break;
    case Policy::marketplace:
      to_first([](const Claimant& c) { return c.marketplace ? 0 : never; });
      if (std::ranges::count(weights_, 1) == 0) to_first(held_since);
      break;
    case Policy::first_registered:
      to_first(held_since);
      break;
    case Policy::pay_all:
    case Policy::house:
      break;
  }
}

// By largest remainder over the weights; returns what was given, 0 if nobody weighs anything.
std::int64_t Attribution::divide(std::int64_t amount) {
  cents_.assign(weights_.size(), 0);
  Int128 all = 0;
  for (const std::int64_t weight : weights_) all += weight;
  if (all == 0) return 0;
  rests_.clear();
  std::int64_t left = amount;
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    const Int128 exact = compensation::product(amount, weights_[i]);
    cents_[i] = compensation::floor_div(exact, all);
    rests_.push_back(exact - cents_[i] * all);
    left -= cents_[i];
  }
  // Fewer cents are left than there are claims, each time to the first of the largest rests.
  for (; left > 0; --left) {
    const auto largest = std::ranges::max_element(rests_);
    ++cents_[static_cast<std::size_t>(largest - rests_.begin())];
    *largest = -1;
  }
  return amount;
}

std::int64_t Attribution::limit(std::int64_t most, std::int64_t total) {
  if (total <= most) return total;
  weights_ = cents_;
  return divide(most);
}

}  // namespace partnering
