// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a CRM export at this moment would hold: the log of decided opportunities and, behind it,
// those worked on and still open. One row per need and rep.
// A need is named by its account and its number among the account's, or by its key.

#include <array>
#include <cstdint>
#include <vector>

namespace ecosystem {

class World;

struct Crm {
  enum Field {
    rep,
    role,
    account,
    number,
    product,
    outcome,
    born_day,
    engaged_day,
    last_week,
    minutes,
    source,
    closed_day,
    value,
    need,
    contract,
    fields
  };
  std::array<std::vector<std::int64_t>, fields> columns;

  std::size_t size() const { return columns[rep].size(); }
};

Crm crm_of(const World& world);

}  // namespace ecosystem
