// SPDX-License-Identifier: Apache-2.0
#pragma once
// First know how you make revenue yourself, then organise a program (K3, K4): until the vendor's
// own people have won so many deals, and know so much of how to sell, no candidate is signed, no
// partner manager hired and nobody set aside for partners. What the vendor could have had from
// partners meanwhile is lost; so is what partners cost who cannot sell yet.

#include "models/ecosystem/company.h"
#include "sim/field.h"

namespace ecosystem {

struct ProgramGate {
  std::int64_t wins = 0;
  double maturity = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(&ProgramGate::wins,
                 {.name = "wins",
                  .unit = "1",
                  .meaning = "deals won by the vendor's own people before the program starts; 0: "
                             "it starts at once",
                  .min = 0,
                  .max = 1e9,
                  .source = "K4, Q12 (0, 5, 20)"}),
      sim::field(&ProgramGate::maturity,
                 {.name = "maturity",
                  .unit = "share",
                  .meaning = "of the playbooks, mean over products, before the program starts",
                  .min = 0,
                  .max = 1,
                  .source = "K4"})};

  bool open(std::int64_t own_wins, double mature) const {
    return own_wins >= wins && mature >= maturity;
  }
};

}  // namespace ecosystem
