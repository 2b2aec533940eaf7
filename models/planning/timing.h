// SPDX-License-Identifier: Apache-2.0
#pragma once
// When a deal closes, as far as its rep decides (EQ6, SA15): at the end of a period a deal of the
// next one can be pulled in for a discount, one that is ready can be pushed out. Pay alone decides;
// at equality nothing moves, so a linear plan moves nothing.

#include <cstdint>
#include <limits>

namespace planning {

enum class Move : std::uint8_t { leave, pull_in, push_out };

struct PeriodEnd {
  double now = 0, next = 0;  // r: what one more unit of credit pays in this period and in the next
  double discount = 1;       // d: what pay of the next period is worth now
  double loss = 0;           // chi: chance that a deal is lost by waiting

  // What one unit of a deal is worth if it waits.
  double waiting() const { return discount * (1 - loss) * next; }
  // The deepest price cut, as a share of the deal, for which closing now is no worse than waiting
  // (SA15); below 0, if the rep would rather wait at full price.
  double reservation() const {
    return now > 0 ? 1 - waiting() / now : -std::numeric_limits<double>::infinity();
  }
  // A deal of the next period that the buyer would sign now for a discount of `asked`.
  Move of_later(double asked) const { return asked < reservation() ? Move::pull_in : Move::leave; }
  // A deal that closes now at its full price, if the rep lets it.
  Move of_ready() const { return now < waiting() ? Move::push_out : Move::leave; }
};

}  // namespace planning
