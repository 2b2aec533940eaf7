// SPDX-License-Identifier: Apache-2.0
// What the rules of the account contest need and do not decide: opening and closing places of a
// book, and log-normal numbers.
#include <algorithm>

#include "models/contest/model.h"
#include "sim/math.h"

namespace contest {

// The row for the log if this rep won, of size 0 if not.
Deal World::close(sim::Id<Slot> slot, int this_week, Tally& counts) {
  const Reps::Id rep = rep_of(slot);
  const Accounts::Id account = std::exchange(books.account[slot], Accounts::Id::none());
  const std::int8_t winner = accounts.winner[account];
  const bool won = winner == reps.firm[rep];
  ++counts.closed;
  counts.closed_hours += books.hours[slot];
  counts.no_decision += winner == nobody;
  counts.lost += winner != nobody && !won;
  if (!won) return {};
  ++counts.won;
  counts.won_value += books.size[slot];
  counts.won_partner += !books.own[slot];
  return {rep.index(), account.index(), books.size[slot], static_cast<std::uint16_t>(this_week),
          books.own[slot]};
}

// Opens slots at places of the territories, with a weight of what fits there. Returns how many it
// could not open, the account being in the book; these slots then come first.
std::size_t World::open(Slots slots, std::span<const std::size_t> places,
                        std::span<const double> fits, Tally& counts) {
  sim::Scratch<Accounts::Id, chunk * book_size> wanted(slots.size());
  sim::Scratch<sim::Id<Slot>, chunk * book_size> opened;
  for (std::size_t i = 0; i < slots.size(); ++i) wanted[i] = territories[places[i]];
  std::size_t kept = 0;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const sim::Id<Slot> slot = slots[i];
    const Accounts::Id* book = books.account.data() + rep_of(slot).index() * book_size;
    bool taken = false;
    for (std::size_t j = 0; j < book_size; ++j) taken |= book[j] == wanted[i];
    if (taken) {
      slots[kept++] = slot;
      continue;
    }
    books.account[slot] = wanted[i];
    books.fit[slot] = books.weight[slot] = static_cast<float>(fits[i]);
    opened.push(slot);
  }
  for (const sim::Id<Slot> slot : opened) {
    const Accounts::Id account = books.account[slot];
    claims[reps.firm[rep_of(slot)]][account] = books.weight[slot];
    books.rivals[slot] = std::max(accounts.pull[account], number.no_decision);
    books.size[slot] = accounts.deal[account];
    books.hours[slot] = 0;
  }
  counts.opened += static_cast<std::int64_t>(opened.size());
  return kept;
}

// From uniform numbers.
void World::fill_sizes(std::span<double> sizes) const {
  sim::normal_quantile(sizes, sizes);
  for (double& size : sizes) size = number.log_median + rules.sd_size * size;
  sim::exp(sizes, sizes);
  for (double& size : sizes) size = std::clamp(size, 1e3, 1e7) + 0.5;
}

void World::fill_fits(std::span<double> fits) const {
  sim::normal_quantile(fits, fits);
  for (double& fit : fits) fit *= rules.sd_fit;
  sim::exp(fits, fits);
}

}  // namespace contest
