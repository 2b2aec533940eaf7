// SPDX-License-Identifier: Apache-2.0
#pragma once
// What somebody may expect of one more unit of credit and of one more deal, kind by kind: the
// figures a salesperson weighs opportunities by. The plan speaks for itself: quota, accelerator,
// cap, bonus, SPIF, gate and contest all come through what they pay.

#include <array>
#include <cstdint>

namespace compensation {

// What somebody could sell.
struct Offer {
  std::uint32_t kind = 0;         // of Payroll::add_kind
  std::array<double, 7> worth{};  // credit by Basis per minor unit of list price; units: per deal
  double commissionable = 1, quota_credit = 1;  // how much of it counts
};

struct Outlook {
  double per_unit = 0;  // pay per minor unit of list price
  double per_deal = 0;  // pay per deal, whatever its size [minor units]
};

// Where somebody stands in the quota period that is open.
struct Standing {
  double attainment = 0, quota = 0;  // quota in minor units; 0: there is none
  double weeks_left = 0, weeks = 0;  // of the period
};

// How somebody looks ahead.
struct Forecast {
  // Standard deviation of a quarter's credit as a share of its quota (SA11).
  double cv = .35;
  // Credit somebody expects a week [minor units]; below 0: what the quota asks for.
  double pace = -1;
  // Mean weeks until a deal closes: a SPIF that ends sooner is worth less.
  double weeks_to_close = 0;
  // The rate of so much more credit taken together [minor units], not of the next unit: for who is
  // about to book a lot at once.
  double lot = 0;
  // Look at the next period instead, as if it began with nothing booked.
  bool next_period = false;
  // shadow: expected pay (EQ2). myopic: the rate of the credit reached, no forecast. rest: only
  // what does not hang on the quota, for who has planned that otherwise.
  enum class View : std::uint8_t { shadow, myopic, rest } view = View::shadow;
};

}  // namespace compensation
