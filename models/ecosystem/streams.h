// SPDX-License-Identifier: Apache-2.0
#pragma once
// All random streams: one per mechanism that draws, and one for who everybody is. Append only: an
// old run must keep its numbers. docs/odd.md prints this list. In code: streams::of("demand").

#include <array>
#include <string_view>

#include "sim/random.h"

namespace ecosystem::streams {

using sim::Level;

// clang-format off
inline constexpr auto all = std::to_array<sim::Stream>({
    {16, "population", "account, rep or contract", "who everybody is", Level::population},
    {17, "demand", "need (account, ordinal)", "when it comes; its product, size and clock", Level::chance},
    {18, "leads", "pair(partner, account)", "whether they know each other", Level::population},
    {19, "pursuit", "opportunity (need, rep)", "work that each stage takes", Level::chance},
    {20, "choice", "need", "tastes of the buyer and the choice", Level::chance},
    {21, "renewal", "contract, number of its invoice as week", "whether it is renewed", Level::chance},
    {22, "program", "candidate partner", "when it signs, whether and when its sellers start", Level::chance},
    {23, "reasoning", "opportunity, week", "error about what it is worth", Level::chance},
    {24, "planner", "rep", "how far ahead it plans", Level::population},
    {25, "own_bag", "rep, week", "other products a reseller's seller sells", Level::chance},
    {26, "timing", "need", "what the buyer asks for deciding early; whether waiting loses it", Level::chance},
    {27, "plan_change", "candidate partner, number of the change as week", "when its plan changes", Level::chance},
    {30, "learning", "pair(rep, product)", "which share of options a rep must know to know each", Level::population},
    {31, "sales_meeting", "partner, week", "who gets the slot on the agenda", Level::chance},
    {32, "misselling", "need", "whether its winner claimed too much", Level::chance},
    {33, "turnover", "account executive", "how much of the hazard to quit they bear", Level::chance},
    {34, "reporting", "opportunity, week", "whether its report is audited", Level::chance},
    {40, "registration", "opportunity", "minute of the week in which it is filed; lot among equals", Level::chance},
    {41, "attribution", "pair(need, partner)", "lot among equal claims", Level::chance},
    {42, "confusion", "need, week", "whether the buyer asks the vendor who represents it", Level::chance},
    {43, "squatters", "partner", "whether it files deals and does not work on them", Level::population},
    {48, "lead_sharing", "pair(partner, need); partner, week", "who hears of a need; leads for partners and whether they sell", Level::chance},
    {49, "exit", "partner", "how much it puts up with", Level::population},
    {50, "complementarity", "partner", "how well it fits, and the error about that", Level::population},
    {51, "complaints", "partner, week", "whether it demands something", Level::chance},
    {56, "partner_traits", "candidate partner", "its reach, own bag, fit and sellers", Level::population},
    {57, "partner_development", "candidate partner", "what a look at it shows", Level::chance},
    {58, "support_capacity", "candidate partner", "how long its interest lasts", Level::chance},
    {59, "attention", "pair(partner, need)", "whether its sellers think of the vendor", Level::chance},
    {60, "references", "candidate partner", "whether it has a champion", Level::population},
    {61, "scorecard", "partnership, week", "who of equally bad ones goes first", Level::chance},
    {62, "signing", "candidate partner", "its error about what it will earn", Level::chance},
    {64, "partnership", "candidate partner", "how much its product complements the vendor's", Level::population},
    {65, "reach", "pair(partner, account)", "whether they know each other; whether the account buys there", Level::population},
    {66, "referral", "pair(partner, need)", "what passing the lead on costs", Level::chance},
    {67, "steering", "contract, number of its invoice as week", "whether a partner moves its customer elsewhere", Level::chance},
    {68, "mdf", "partner, week; account; pair(partner, need)", "order of requests and delay of proof; whether the product fits; who hears of a campaign", Level::chance},
    {69, "routing", "need; pair(partner, need)", "whether the vendor hears of it; who takes it", Level::chance},
    {70, "press", "need", "whether the account read of the vendor", Level::chance},
    {71, "substitute", "pair(partner, need)", "whether its own product would do, and how well", Level::chance},
    {72, "cancellation", "contract", "when its customer cancels", Level::chance},
});
// clang-format on

// A name that is not in the list does not compile. A reference: clang 14 loses the level of a copy
// that consteval returns, and chance would be drawn as population.
consteval const sim::Stream& of(std::string_view name) {
  for (const sim::Stream& stream : all)
    if (stream.name == name) return stream;
  throw "there is no stream of this name";
}

consteval bool distinct() {
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (all[i].id == all[j].id || all[i].name == all[j].name) return false;
  return true;
}
static_assert(distinct(), "two streams share a number or a name");

}  // namespace ecosystem::streams
