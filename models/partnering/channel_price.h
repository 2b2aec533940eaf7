// SPDX-License-Identifier: Apache-2.0
#pragma once
// What it costs a chain that each link adds its own margin (SB1; Spengler 1950): a vendor of unit
// cost c sets a wholesale price, its resellers then sell where that pays them best. Shares are of
// the profit that one integrated firm would make. A fixed fee with the wholesale price at cost, or
// a share of the margin in its place, gives 1.

#include "sim/math.h"

namespace partnering {

// Demand P = a - b Q, a > c, b > 0; n resellers of the same product choose quantities (Cournot).
struct LinearChain {
  double a = 1, b = 1, c = 0;
  int resellers = 1;

  double wholesale() const { return (a + c) / 2; }
  double quantity() const { return (a - c) / (2 * b) * resellers / (resellers + 1); }
  double price() const { return a - b * quantity(); }
  double vendor_profit() const { return (wholesale() - c) * quantity(); }
  double resellers_profit() const { return (price() - wholesale()) * quantity(); }  // all of them

  double integrated_price() const { return (a + c) / 2; }
  double integrated_profit() const { return (a - c) * (a - c) / (4 * b); }
  double share() const { return (vendor_profit() + resellers_profit()) / integrated_profit(); }
};

// Demand Q ~ P^-e, e > 1, one reseller: whatever the cost.
struct ElasticChain {
  double e = 2;

  double markup() const { return e / (e - 1); }  // of each link; so the chain's price to the other
  double share() const { return (markup() + 1) * sim::pow(markup(), -e); }
};

}  // namespace partnering
