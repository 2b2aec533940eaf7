// SPDX-License-Identifier: Apache-2.0
#pragma once
// Account control: whoever of ours sold to an account last is who it knows (D12, M10, C18). That
// party's next offer has an edge; a contract on a partner's paper is renewed through the partner,
// as far as the vendor leaves it that, and the vendor is further from the customer.

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "sim/field.h"

namespace ecosystem {

enum class ContractingParty : std::uint8_t { seller, vendor };
enum class RenewedBy : std::uint8_t { incumbent, vendor };

struct AccountControl {
  double incumbency = 0;
  ContractingParty contracting_party = ContractingParty::seller;
  RenewedBy renewals = RenewedBy::incumbent;
  double incumbent_margin = 1;
  double contact_loss = 0;
  double partner_expansion = 1;
  static constexpr auto fields = sim::Pack{
      sim::field(&AccountControl::incumbency,
                 {.name = "incumbency",
                  .unit = "1",
                  .meaning = "utility added to the offer of who sold to the account last",
                  .min = 0,
                  .max = 20,
                  .source = "none: sweep it"}),
      sim::field(&AccountControl::contracting_party,
                 {.name = "contracting_party",
                  .unit = "1",
                  .meaning = "contracting party of what a partner sells: its seller's firm, which "
                             "buys at the reseller discount, or the vendor, who pays the same as a "
                             "commission on the first year",
                  .choices = {"seller", "vendor"},
                  .source = "C18"}),
      sim::field(&AccountControl::renewals,
                 {.name = "renewals",
                  .unit = "1",
                  .meaning = "who renews what a partner sold on its paper: the partner, or the "
                             "vendor, who takes the contract over",
                  .choices = {"incumbent", "vendor"},
                  .source = "M10"}),
      sim::field(&AccountControl::incumbent_margin,
                 {.name = "incumbent_margin",
                  .unit = "share",
                  .meaning = "of the first sale's margin, what a partner keeps from the first "
                             "renewal on",
                  .min = 0,
                  .max = 1,
                  .source = "M10"}),
      sim::field(&AccountControl::contact_loss,
                 {.name = "contact_loss",
                  .unit = "share",
                  .meaning = "of the chance that a contract is renewed, what is lost where the "
                             "vendor is not the contracting party",
                  .min = 0,
                  .max = 1,
                  .source = "C18; none: sweep it"}),
      sim::field(&AccountControl::partner_expansion,
                 {.name = "partner_expansion",
                  .unit = "share",
                  .meaning = "of the growth at renewal, what is left where the vendor is not the "
                             "contracting party",
                  .min = 0,
                  .max = 1,
                  .source = "D12; none: sweep it"})};

  bool on() const {
    return incumbency > 0 || contracting_party != ContractingParty::seller ||
           renewals != RenewedBy::incumbent || incumbent_margin != 1 || contact_loss > 0 ||
           partner_expansion != 1;
  }
  double edge(Firms::Id seller, Firms::Id controller) const {
    return controller && seller == controller ? incumbency : 0;
  }
  double kept(bool partner_paper) const { return partner_paper ? 1 - contact_loss : 1; }
  double growth(double expansion, bool partner_paper) const {
    return partner_paper ? expansion * partner_expansion : expansion;
  }
  // What the vendor gets of a renewed contract on a partner's paper.
  std::int64_t renewed_net(std::int64_t list, std::int64_t net) const {
    if (renewals == RenewedBy::vendor) return list;
    return incumbent_margin == 1 ? net : list - Money{list - net}.share(incumbent_margin).minor;
  }
};

}  // namespace ecosystem
