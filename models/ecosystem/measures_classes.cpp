// SPDX-License-Identifier: Apache-2.0
// What is measured of further classes of partners, one line each, and by kind.
#include <algorithm>
#include <array>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/ecosystem/measures.h"
#include "sim/math.h"

namespace ecosystem {
namespace {

using sim::integer_outcome;
using sim::Measured;
using sim::real_outcome;
using W = World;

double direct_contact(const W& w) {
  double all = 0, direct = 0;
  for (std::size_t i = 0; i < w.contracts.size(); ++i) {
    const Contracts::Id row(i);
    if (!w.contracts.alive(row) || w.contracts.ours[row] == 0) continue;
    ++all;
    direct += w.contracts.contact[row] != 0;
  }
  return all > 0 ? direct / all : 1;
}

// Knowledge leaks at a constant rate while a partnership lasts.
double exposure(const W& w) {
  double sum = 0;
  if (w.further_classes() == 0) return 0;
  for (const std::uint32_t row : w.partnerships.by_key()) {
    const Partnerships::Id partner(row);
    const double rate = w.terms_of(partner).exposure;
    if (rate == 0 || w.partnerships.status[partner] == PartnershipStatus::candidate) continue;
    const std::int32_t until =
        std::min(w.relations.ended_week[Relations::of(partner)], w.current_week() + 1);
    const double years = (until - w.partnerships.signed_week[partner]) / 52.0;
    sum -= sim::expm1(-rate * years);
  }
  return sum;
}

// How much more often needs are won on which a partner's seller worked, of those anybody worked on.
double partner_lift(const W& w) {
  const Totals& t = w.books.totals;
  const auto alone = static_cast<double>(t.decided - t.untouched - t.involved);
  const auto won_alone = static_cast<double>(t.won - t.won_involved);
  if (t.involved == 0 || won_alone <= 0) return 0;
  return static_cast<double>(t.won_involved) / static_cast<double>(t.involved) /
             (won_alone / alone) -
         1;
}

std::int64_t ledger_sum(const W& w) {
  std::int64_t sum = 0;
  for (const std::int64_t balance : w.books.ledger.balances()) sum += balance;
  return sum;
}

// Names and meanings of what is measured by kind, kept as long as the program runs.
struct Text {
  std::string name, meaning;
};
std::deque<Text>& texts() {
  static std::deque<Text> all;
  return all;
}

constexpr std::array<std::string_view, 8> kind_names{"reseller", "logo",     "referral",    "oem",
                                                     "cosell",   "platform", "marketplace", "peer"};

// One amount of each kind, in the order of PartnershipKind; `of`: the kind ends the meaning.
template <auto Amount, std::size_t... Kind>
void each_kind(std::vector<sim::Outcome<World>>& list, const std::string& name, const char* unit,
               const std::string& meaning, bool of, std::index_sequence<Kind...>) {
  const auto text = [&](std::string_view kind) -> const Text& {
    std::string whole = meaning;
    if (of) whole += kind;
    return texts().emplace_back(Text{name + std::string(kind), whole});
  };
  const auto one = [&]<std::size_t K>(std::integral_constant<std::size_t, K>) {
    const Text& said = text(kind_names[K]);
    list.push_back(
        integer_outcome<W>(said.name, unit, said.meaning, Measured::flow,
                           [](const W& w) { return w.books.totals.of_kind[K].*Amount; }));
  };
  (one(std::integral_constant<std::size_t, Kind>{}), ...);
}

}  // namespace

Outcomes outcomes_of_classes() {
  static const auto list = std::to_array<sim::Outcome<World>>(
      {integer_outcome<W>("partner_fees", "money",
                          "fees for referrals, deals won together and marketplaces", Measured::flow,
                          [](const W& w) { return w.books.totals.partner_fees; }),
       integer_outcome<W>(
           "partner_program", "money", "what partners of further classes, press and stickers cost",
           Measured::flow, [](const W& w) { return w.books.totals.partner_program; }),
       integer_outcome<W>("mdf_paid", "money", "marketing funds paid against proof", Measured::flow,
                          [](const W& w) { return w.books.totals.mdf_paid; }),
       integer_outcome<W>("mdf_allocated", "money", "marketing funds set aside for partners",
                          Measured::flow, [](const W& w) { return w.books.totals.mdf_allocated; }),
       integer_outcome<W>("mdf_late", "money", "of those approved, funds lost by late proof",
                          Measured::flow, [](const W& w) { return w.books.totals.mdf_late; }),
       integer_outcome<W>("rebates", "money", "rebates paid to partners", Measured::flow,
                          [](const W& w) { return w.books.totals.rebates; }),
       integer_outcome<W>("royalties", "money", "first-year royalties of OEMs", Measured::flow,
                          [](const W& w) { return w.books.totals.royalties; }),
       integer_outcome<W>("guarantees", "money", "what OEMs paid beyond, by their guarantees",
                          Measured::flow, [](const W& w) { return w.books.totals.guarantees; }),
       integer_outcome<W>("list_won", "money", "deals won, at list price", Measured::flow,
                          [](const W& w) { return w.books.totals.list_won; }),
       integer_outcome<W>("won_contact", "1",
                          "deals won whose customers the vendor talks to itself", Measured::flow,
                          [](const W& w) { return w.books.totals.won_contact; }),
       real_outcome<W>("direct_contact", "share",
                       "running contracts whose customers the vendor talks to itself",
                       Measured::stock, direct_contact),
       integer_outcome<W>("contested", "1",
                          "needs decided on which sellers of several houses had worked",
                          Measured::flow, [](const W& w) { return w.books.totals.contested; }),
       integer_outcome<W>("involved", "1",
                          "needs decided on which a seller of a partner had worked", Measured::flow,
                          [](const W& w) { return w.books.totals.involved; }),
       integer_outcome<W>("won_involved", "1", "of them, deals won", Measured::flow,
                          [](const W& w) { return w.books.totals.won_involved; }),
       real_outcome<W>(
           "partner_lift", "share",
           "how much more often needs are won on which a partner's seller worked, since "
           "the first simulated week",
           Measured::stock, partner_lift),
       integer_outcome<W>("field_clashes", "1",
                          "needs in which a partner pitched a product of its own instead",
                          Measured::flow, [](const W& w) { return w.books.totals.field_clashes; }),
       integer_outcome<W>("steered", "1",
                          "contracts whose renewal a partner turned into another product",
                          Measured::flow, [](const W& w) { return w.books.totals.steered; }),
       integer_outcome<W>("leads_referred", "1",
                          "leads that partners of further classes passed to the vendor",
                          Measured::flow, [](const W& w) { return w.books.totals.leads_referred; }),
       integer_outcome<W>("leads_inbound", "1",
                          "leads from accounts that turned to the vendor by themselves",
                          Measured::flow, [](const W& w) { return w.books.totals.leads_inbound; }),
       integer_outcome<W>("leads_routed", "1", "of them, leads given to partners", Measured::flow,
                          [](const W& w) { return w.books.totals.leads_routed; }),
       integer_outcome<W>("leads_pulled_back", "1",
                          "leads taken back from a partner and given to another", Measured::flow,
                          [](const W& w) { return w.books.totals.leads_pulled_back; }),
       integer_outcome<W>("leads_campaign", "1", "leads of partners from campaigns", Measured::flow,
                          [](const W& w) { return w.books.totals.leads_campaign; }),
       real_outcome<W>("awareness", "1", "press releases not yet forgotten", Measured::stock,
                       [](const W& w) { return w.awareness(); }),
       real_outcome<W>("exposure", "1",
                       "what partners have come to know of what the vendor knows, summed",
                       Measured::stock, exposure),
       integer_outcome<W>("ledger_sum", "money", "sum of all accounts of the ledger: 0",
                          Measured::stock, [](const W& w) { return ledger_sum(w); })});
  return list;
}

Outcomes outcomes_by_kind() {
  static const auto list = [] {
    std::vector<sim::Outcome<World>> all;
    const auto every = std::make_index_sequence<kind_names.size()>{};
    each_kind<&Totals::OfKind::deals>(all, "deals_", "1", "deals won with partners of kind ", true,
                                      every);
    each_kind<&Totals::OfKind::bookings>(
        all, "bookings_", "money", "yearly value of those, at the vendor's price", false, every);
    each_kind<&Totals::OfKind::cost>(
        all, "cost_", "money", "what the vendor paid for and to partners of kind ", true, every);
    return all;
  }();
  return list;
}

}  // namespace ecosystem
