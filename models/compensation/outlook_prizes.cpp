// SPDX-License-Identifier: Apache-2.0
// Expected pay that no credit function speaks of: contests and SPIFs (Payroll::outlook).
#include <algorithm>
#include <limits>

#include "models/compensation/outlook_parts.h"
#include "models/compensation/payroll.h"

namespace compensation {

void Payroll::contest_outlook(std::size_t number, std::size_t component, std::uint32_t payee,
                              sim::Date day, const Forecast& forecast,
                              std::span<const Offer> offers, std::span<Outlook> out) const {
  const Version& version = plan_->versions[number];
  const Component& about = version.components[component];
  const Contest& contest = about.contest;
  if (day < contest.from || day > contest.to || forecast.view == Forecast::View::myopic) return;
  if (looked_at(payee, day, forecast) > contest.to) return;
  const double left = (contest.to + 1 - day) / 7.0;
  const std::vector<double>& standings = standings_[component];
  const auto mine = static_cast<double>(payees_[payee].contest[component]);
  const double quarter = quarter_quota(payee);
  const double sd = forecast.cv * quarter * sim::sqrt(2 * left / 13);
  if (sd <= 0) return;
  double slope = 0;
  // A place is worth what it pays more than the next one; it is taken from who holds it.
  for (std::size_t k = 0; k < contest.prizes.size() && k + 1 < standings.size(); ++k) {
    const double next =
        k + 1 < contest.prizes.size() ? static_cast<double>(contest.prizes[k + 1]) : 0;
    const double worth = static_cast<double>(contest.prizes[k]) - next;
    const double holder = standings[k] <= mine ? standings[k + 1] : standings[k];
    slope += worth * normal_density((mine - holder) / sd) / sd;
  }
  const std::size_t filters = 1 + version.components.size() + version.subquotas.size();
  for (std::size_t k = 0; k < offers.size(); ++k)
    if (passes_[number][offers[k].kind * filters + 1 + component])
      credit(out[k], offers[k], about.basis, slope * offers[k].commissionable);
}

// What a SPIF pays for one such deal on a day: of money per deal, or a rate of credit; 0 if the
// deal claims none.
double Payroll::spif_claim(std::size_t number, std::size_t component, std::uint32_t payee,
                           sim::Date day, const Offer& offer) const {
  const Version& version = plan_->versions[number];
  const Spif& spif = version.components[component].spif;
  if (day < spif.from || day > spif.to || offer.commissionable <= 0) return 0;
  const std::size_t filters = 1 + version.components.size() + version.subquotas.size();
  if (!passes_[number][offer.kind * filters + 1 + component]) return 0;
  double room = std::numeric_limits<double>::infinity();
  if (spif.pool) room = static_cast<double>(*spif.pool - pools_[component]);
  if (spif.per_person)
    room =
        std::min(room, static_cast<double>(*spif.per_person - payees_[payee].spif_used[component]));
  if (room <= 0) return 0;
  if (spif.pays == Spif::Pays::rate) return spif.rate.number() * offer.commissionable;
  double claim = static_cast<double>(spif.money);
  if (spif.pays == Spif::Pays::per_unit)
    claim *= offer.worth[static_cast<std::size_t>(Basis::units)];
  return room >= claim ? claim : spif.last_partial ? room : 0;
}

void Payroll::spif_outlook(std::size_t number, std::size_t component, std::uint32_t payee,
                           sim::Date day, double weeks_to_close, std::span<const Offer> offers,
                           std::span<Outlook> out) const {
  const Version& version = plan_->versions[number];
  const Component& about = version.components[component];
  const Spif& spif = about.spif;
  const double left = (spif.to + 1 - day) / 7.0;
  const double in_time = weeks_to_close > 0 ? 1 - sim::exp(-left / weeks_to_close) : 1;
  for (std::size_t k = 0; k < offers.size(); ++k) {
    const double claim = spif_claim(number, component, payee, day, offers[k]);
    if (claim <= 0) continue;
    bool first = true;  // of those that are not stackable a deal is paid the first (R22)
    for (std::size_t i = 0; i < component && !spif.stackable; ++i)
      if (const Component& other = version.components[i];
          other.type == Type::spif && !other.spif.stackable)
        first = first && spif_claim(number, i, payee, day, offers[k]) <= 0;
    if (!first) continue;
    if (spif.pays == Spif::Pays::rate)
      credit(out[k], offers[k], about.basis, in_time * claim);
    else
      out[k].per_deal += in_time * claim;
  }
}

// Who stands where in each contest, best first.
void Payroll::note_standings() {
  const Version& version = plan_->versions.back();
  standings_.resize(components());
  for (std::size_t i = 0; i < components(); ++i) {
    if (version.components[i].type != Type::contest) continue;
    standings_[i].clear();
    for (const PayeeState& payee : payees_)
      standings_[i].push_back(static_cast<double>(payee.contest[i]));
    std::ranges::sort(standings_[i], std::greater<>());
  }
}

}  // namespace compensation
