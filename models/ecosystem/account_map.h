// SPDX-License-Identifier: Apache-2.0
#pragma once
// Account mapping: what the vendor and its partners would see if they laid their account lists side
// by side at this moment. To look at; nothing in the model reads it.

#include <array>
#include <cstdint>
#include <vector>

namespace ecosystem {

class World;

struct AccountMap {
  // One row per account, in the order of Accounts.
  enum Account { region, direct, customer, acv, potential, account_fields };
  // One row per account and candidate partner that knows it.
  enum Reach { account, partner, theirs, reach_fields };
  // One row per candidate partner, in the order of Partnerships.
  enum Partner { firm, partner_region, status, signed_week, active_week, partner_fields };

  std::array<std::vector<std::int64_t>, account_fields> accounts;
  std::array<std::vector<std::int64_t>, reach_fields> reach;
  std::array<std::vector<std::int64_t>, partner_fields> partners;
};

AccountMap account_map_of(const World& world);

}  // namespace ecosystem
