// SPDX-License-Identifier: Apache-2.0
#pragma once
// All random streams of the world of startups. Append only: an old run must keep its numbers.
// Events over time have one unit-exponential threshold per (entity, ordinal of the event), with the
// ordinal in the place of the week. 48 to 79 are for giants and customers.

#include <array>
#include <string_view>

#include "sim/random.h"

namespace startups::streams {

using sim::Level;

// clang-format off
inline constexpr auto all = std::to_array<sim::Stream>({
    {16, "population", "startup, giant or account", "who everybody is", Level::population},
    {17, "demand", "need (account, market, ordinal)", "when it comes", Level::chance},
    {18, "selling", "pair(startup, need)", "whether they meet, and what the startup hears", Level::chance},
    {19, "choice", "need", "whom the account chooses, and what it pays", Level::chance},
    {20, "churn", "need", "when the contract ends", Level::chance},
    {21, "costs", "startup, week; region, week", "costs beyond the plan", Level::chance},
    {22, "funding", "startup, number of the round as week", "when it closes", Level::chance},
    {23, "closing", "startup", "how frail it is, and when its founders give up", Level::chance},
    {24, "strategy", "startup, number of the pivot as week", "where it starts, what it tries", Level::chance},
    {25, "landscape", "pair(market, choice)", "what each combination of choices contributes", Level::population},
    {26, "pivot", "startup, number of the pivot as week", "when, and of which kind", Level::chance},
    {27, "partnering", "startup, number of the offer as week", "when it looks for a partner, and whom it sees", Level::chance},
    {28, "complementarity", "pair(startup, partner)", "how well their products go together", Level::population},
    {29, "introductions", "pair(partnership, need)", "whether the partner introduces", Level::chance},
    {30, "acceptance", "pair(startup, partner), week", "whether an offer is taken, where that is by chance", Level::chance},
    {31, "acquisition", "startup", "when it is bought", Level::chance},
    {32, "redraw", "pair(startup, partner), number of the pivot as week", "how well they go together after a pivot", Level::chance},
    {33, "desertion", "contract, number of the pivot as week", "whether the customer leaves with the product", Level::chance},
    {48, "stake", "pair(startup, giant)", "what the field matters to the giant; whether the messages clash", Level::population},
    {49, "decision", "pair(startup, giant)", "when it is built against, bought, dropped", Level::chance},
    {50, "revocation", "pair(startup, giant)", "when access is taken away", Level::chance},
    {51, "entry_cost", "pair(startup, giant)", "what the complement costs its owner to build", Level::population},
    {52, "turning", "pair(startup, giant), week", "the signal of the quarter, and the error of the comparison", Level::chance},
    {53, "grab", "contract", "whether the customer goes over to a giant that turned", Level::chance},
    {54, "lined_up", "pair(pair(startup, giant), account)", "in which order accounts are won to ask", Level::population},
    {55, "renewal", "account", "quarter in which its contract with giants comes up", Level::population},
    {56, "ask", "pair(pair(startup, giant), account)", "whether a customer asks by itself", Level::chance},
    {57, "deployment", "contract", "whether a joint deployment fails, and what mending it costs", Level::chance},
    {58, "belief", "pair(startup, giant)", "the error about how well they go together", Level::population},
    {59, "copying", "pair(startup, giant), number of the try as week", "when the giant tries to copy, and whether the copy works", Level::chance},
    {60, "effort", "pair(startup, giant)", "what selling the complement takes", Level::population},
    {61, "updates", "startup, number of the update as week", "when it comes", Level::chance},
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

}  // namespace startups::streams
