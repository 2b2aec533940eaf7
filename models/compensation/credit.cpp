// SPDX-License-Identifier: Apache-2.0
#include "models/compensation/credit.h"

namespace compensation {
namespace {

struct RuleText {
  const char *number, *meaning;
};
constexpr RuleText texts[] = {{"R6", "slice at its tier's rate"},
                              {"R7", "all credit at the rate of the tier reached"},
                              {"R7", "true-up: the tier reached changed"},
                              {"R8", "rate by the size of the deal"},
                              {"R9", "in proportion between table amounts"},
                              {"R10", "along the pay curve"},
                              {"R12", "bonus reached"},
                              {"R12", "bonus caught up by the year to date"},
                              {"R13", "windfall credit"},
                              {"R17", "topped up to the least commission of a deal"},
                              {"R25", "topped up to the guaranteed minimum"},
                              {"R22", "SPIF"},
                              {"R30", "prize"},
                              {"R25", "paid by the marketing fund"},
                              {"R26", "claim on the deal"},
                              {"R13", "withheld by the cap"},
                              {"R13", "withheld before, now there is room"},
                              {"R17", "taken back at what was paid"},
                              {"R17", "period computed again without the credit"},
                              {"R21", "by the attainment of the team"}};

}  // namespace

const char* rule_number(Rule rule) { return texts[static_cast<std::size_t>(rule)].number; }
const char* rule_meaning(Rule rule) { return texts[static_cast<std::size_t>(rule)].meaning; }

}  // namespace compensation
