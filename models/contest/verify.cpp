// SPDX-License-Identifier: Apache-2.0
// The five invariants of the account contest (contest.md, section 6). A run that breaks one is no
// result.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "models/contest/model.h"

namespace contest {

namespace {

void same(std::int64_t left, std::int64_t right, const char* what) {
  if (left != right) throw sim::Error(fmt::format("contest: {} ({} and {})", what, left, right));
}

}  // namespace

void World::verify() const {
  verify_counts();
  verify_pay();
  verify_books();
}

// Invariants 1 to 3.
void World::verify_counts() const {
  const auto n = static_cast<std::int64_t>(reps.size());
  const auto open_hours = std::accumulate(books.hours.begin(), books.hours.end(), std::int64_t{0});
  same(tally.closed_hours + open_hours, n * hours_per_week * weeks,
       "hours on opportunities are not the hours worked");
  same(tally.won + tally.lost + tally.no_decision, tally.closed,
       "closed opportunities are not won + lost + no decision");
  same(tally.closed, tally.pursuers,
       "closed opportunities are not the deciding accounts' pursuers");
  same(tally.opened, tally.closed + n * static_cast<std::int64_t>(book_size),
       "opened opportunities are not the closed and the open ones");
  same(tally.decided, tally.won + tally.decided_for_nobody,
       "decided accounts are not the won deals and those decided for nobody");
  same(tally.won, static_cast<std::int64_t>(deals.size()), "won deals are not the rows of the log");
}

// Invariant 4: what was paid, recomputed from the log alone.
void World::verify_pay() const {
  std::map<std::pair<std::uint32_t, int>, std::int64_t> booked;  // by (rep, quarter)
  std::int64_t cents = 0;
  for (const Deal& deal : deals.entries()) {
    if (deal.own)
      booked[{deal.rep, deal.week / quarter}] += deal.size;
    else
      cents += rules.partner_rate * deal.size;
  }
  for (const auto& [key, dollars] : booked) {
    const std::int64_t above = std::max<std::int64_t>(0, dollars - rules.quota);
    cents += rules.rate * (dollars - above) + rules.accelerated_rate * above;
  }
  same(std::accumulate(reps.paid.begin(), reps.paid.end(), std::int64_t{0}), cents,
       "pay is not the commission on the log");
  same(tally.commission, cents, "counted commission is not the commission on the log");
}

// Invariant 5: books of distinct accounts of the territory, and claims that mirror them exactly.
void World::verify_books() const {
  std::vector<std::uint8_t> seen(
      accounts.size());  // by the rep: 1 its territory, 2 in its book too
  for (std::size_t r = 0; r < reps.size(); ++r) {
    const auto territory = std::span(territories).subspan(r * territory_size, territory_size);
    for (const Accounts::Id account : territory) seen[account.index()] = 1;
    for (std::size_t j = 0; j < book_size; ++j) {
      const sim::Id<Slot> slot(r * book_size + j);
      const Accounts::Id account = books.account[slot];
      same(std::exchange(seen[account.index()], std::uint8_t{2}), 1,
           "an opportunity is twice in a book or outside the territory");
      const float weight = claims[reps.firm[Reps::Id(r)]][account];
      same(weight == books.weight[slot] && weight > 0, true,
           "an account does not see the weight of an opportunity");
    }
    for (const Accounts::Id account : territory) seen[account.index()] = 0;
  }
  std::int64_t claimed = 0;
  for (const auto& weight : claims)
    claimed += std::count_if(weight.begin(), weight.end(), [](float w) { return w != 0; });
  same(claimed, static_cast<std::int64_t>(reps.size() * book_size),
       "accounts see other opportunities than the open ones");
}

}  // namespace contest
