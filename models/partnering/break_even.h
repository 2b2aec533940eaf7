// SPDX-License-Identifier: Apache-2.0
#pragma once
// A partner manager or one more account executive for the money (SB10): an identity of the books,
// which the ledger must meet to the cent.

namespace partnering {

struct ManagerHired {
  double partners = 0;  // N, held by the manager
  double active = 0;    // a, share of them that sell
  double revenue = 0;   // y, list price of what an active one sells in a year
  double discount = 0;  // k, of list price, the partner's
  double margin = 0;    // m, gross, of the vendor's net revenue
  double cost = 0;      // of the manager, a year

  double contribution() const {
    return partners * active * revenue * (1 - discount) * margin - cost;
  }
};

struct ExecutiveHired {
  double quota = 0;       // q, a year
  double attainment = 0;  // A
  double margin = 0;      // m', gross
  double cost = 0;

  double contribution() const { return quota * attainment * margin - cost; }
};

inline bool manager_pays_more(const ManagerHired& manager, const ExecutiveHired& executive) {
  return manager.contribution() > executive.contribution();
}

// The fewest partners, if the manager is to bring as much: any real number.
inline double partners_to_break_even(ManagerHired manager, const ExecutiveHired& executive) {
  manager.partners = 1;
  return (executive.contribution() + manager.cost) / (manager.contribution() + manager.cost);
}

}  // namespace partnering
