// SPDX-License-Identifier: Apache-2.0
// A credit enters the meters of the components it counts for.
#include <algorithm>

#include "models/compensation/payroll.h"

namespace compensation {

void Payroll::post_component(const Credit& credit, std::size_t version, std::size_t number,
                             std::int64_t quota_credit) {
  const Component& component = plan_->versions[version].components[number];
  const bool counts = passes(version, 1 + number, credit) && credit.commissionable;
  const std::int64_t pay = counts ? credit.value[static_cast<std::size_t>(component.basis)] : 0;
  const bool by_quota = component.type == Type::curve || component.type == Type::bonus;
  if (pay == 0 && (quota_credit == 0 || (!by_quota && component.type != Type::commission))) return;
  Meter& m = meter(credit.payee, number);
  switch (component.type) {
    case Type::contest:
      if (credit.day < component.contest.from || credit.day > component.contest.to) return;
      payees_[credit.payee].contest[number] = add(payees_[credit.payee].contest[number], pay);
      return;
    case Type::mdf:
      m.exact = sum(m.exact, product(pay, component.fund.accrual.billionths));
      return;
    case Type::curve:
    case Type::bonus:
    case Type::commission:
      break;
    default:
      return;
  }
  open(credit.payee, number, m, credit.day, version);
  m.dirty = m.touched = true;
  const PayeeState& state = payees_[credit.payee];
  if (state.team >= 0 && quota_credit != 0) {
    Team& team = teams_[static_cast<std::size_t>(state.team)];
    SubMeter& pooled = team.components[number];
    pooled.credit[m.period] = add(pooled.of(m.period), quota_credit);
  }
  if (component.type == Type::commission)
    post_commission(credit, component, m, pay, quota_credit);
  else
    post_function(credit, m, 0, quota_credit,
                  component.type == Type::curve ? Rule::curve : Rule::bonus);
  if (keep_past_)
    past_[credit.deal].push_back({credit.payee, static_cast<std::int32_t>(number), m.period, pay,
                                  quota_credit, credit.size, credit.split, version});
}

void Payroll::post_commission(const Credit& credit, const Component& component, Meter& m,
                              std::int64_t pay, std::int64_t quota_credit) {
  const Commission& commission = component.commission;
  std::int64_t windfall = 0;
  if (commission.windfall) {  // of a refund, too: it undoes its deal
    const std::int64_t above = commission.windfall->above;
    windfall = pay > above ? pay - above : pay < -above ? pay + above : 0;
    pay -= windfall;
    if (!commission.windfall->quota_credit)
      quota_credit -= quota_credit > 0 ? std::clamp<std::int64_t>(windfall, 0, quota_credit)
                                       : std::clamp<std::int64_t>(windfall, quota_credit, 0);
  }
  if (commission.minimum_per_deal) make_impure(m);
  const Fraction before{m.exact, m.denominator};
  switch (commission.reading) {
    case Reading::marginal:
      post_marginal(credit, m, pay, quota_credit);
      break;
    case Reading::retroactive:
      post_retroactive(credit, m, pay, quota_credit);
      break;
    case Reading::interpolated:
      post_function(credit, m, pay, quota_credit, Rule::interpolated);
      break;
    default:
      make_impure(m);
      post_per_deal(credit, component, m, pay);
      m.attained = add(m.attained, quota_credit);
      m.credit = add(m.credit, pay);
  }
  if (windfall != 0) post_windfall(credit, m, windfall);
  if (commission.minimum_per_deal && pay > 0 && !restating_)
    top_up(credit, m, *commission.minimum_per_deal, before);
}

void Payroll::note(Meter& m, std::uint64_t deal, Rule rule, int tier, std::int64_t credit,
                   Int128 num) {
  if (m.tracing != 0) tracings_[m.tracing].items.push_back({deal, rule, tier, credit, num, 0});
}

// From now on `exact` says what is due.
void Payroll::make_impure(Meter& m) {
  if (!m.pure) return;
  m.pure = false;
  const PayFunction& f = tables_[m.table];
  m.exact = product(f.due(position_of(m)), over(m, f.denominator()));
}

// Brings the meter to a denominator that `denominator` divides; numerators over the latter are
// multiplied by what it returns.
Int128 Payroll::over(Meter& m, Int128 denominator) {
  if (m.denominator == denominator) return 1;
  const Int128 common = gcd(m.denominator, denominator);
  const Int128 grow = denominator / common;
  if (grow != 1) {
    m.exact = product(m.exact, grow);
    if (m.tracing != 0) {
      Tracing& tracing = tracings_[m.tracing];
      for (Item& item : tracing.items) item.num = product(item.num, grow);
      tracing.prefix = product(tracing.prefix, grow);
    }
    m.denominator = product(m.denominator, grow);
  }
  return m.denominator / denominator;
}

void Payroll::post_marginal(const Credit& credit, Meter& m, std::int64_t pay,
                            std::int64_t quota_credit) {
  const PayFunction& f = tables_[m.table];
  const std::int64_t travel = f.of_quota() ? quota_credit : pay;
  if (pay != travel) {
    post_spread(credit, m, pay, quota_credit);
    return;
  }
  const std::int64_t from = position_of(m), to = add(from, travel);
  if (!m.pure) {
    const Int128 scale = over(m, f.denominator());
    m.exact = sum(m.exact, product(f.due(to) - f.due(from), scale));
  }
  if (m.tracing != 0) {
    // Slices in the order they were passed; their credit is whole but at a bound within a cent.
    const Int128 scale = m.denominator / f.denominator();
    const bool down = to < from;
    const std::int64_t low = down ? to : from, high = down ? from : to;
    std::int64_t at = low;
    Int128 due = f.due(low);
    for (std::size_t i = f.piece_at(low); at < high; ++i) {
      const bool last = i + 1 == f.pieces().size();
      const Int128 bound = last ? Int128{high} * f.scale() : f.pieces()[i + 1].from;
      const std::int64_t end =
          last ? high : static_cast<std::int64_t>(std::min<Int128>(high, bound / f.scale()));
      const Int128 next = bound >= Int128{high} * f.scale() ? f.due(high) : f.pieces()[i + 1].value;
      const Int128 part = down ? due - next : next - due;
      note(m, credit.deal, Rule::marginal, f.pieces()[i].tier, down ? at - end : end - at,
           product(part, scale));
      at = end;
      due = next;
      if (bound >= Int128{high} * f.scale()) break;
    }
  }
  m.attained = add(m.attained, quota_credit);
  m.credit = add(m.credit, pay);
}

// Pay credit that is not the quota credit is spread over the way the quota credit goes, in whole
// cents; without quota credit it is paid at the tier reached.
void Payroll::post_spread(const Credit& credit, Meter& m, std::int64_t pay,
                          std::int64_t quota_credit) {
  make_impure(m);
  const PayFunction& f = tables_[m.table];
  const Int128 scale = over(m, f.denominator());
  const std::int64_t from = m.attained, to = add(from, quota_credit);
  std::vector<std::int64_t> lengths{1};
  std::vector<std::size_t> pieces{f.piece_at(from)};
  if (quota_credit != 0) {
    lengths.clear();
    pieces.clear();
    const Int128 low = Int128{std::min(from, to)} * f.scale();
    const Int128 high = Int128{std::max(from, to)} * f.scale();
    for (std::size_t i = f.piece_at(std::min(from, to)); i < f.pieces().size(); ++i) {
      const Int128 begin = i == 0 ? low : std::max(low, f.pieces()[i].from);
      const Int128 end = i + 1 == f.pieces().size() ? high : std::min(high, f.pieces()[i + 1].from);
      if (end <= begin && i > 0) continue;
      // Weights need 64 bits; a scale below a cent is dropped from ways of more than 9e9.
      const Int128 length = end - begin;
      lengths.push_back(narrow(bits(high - low) > 62 ? length / billion : length));
      pieces.push_back(i);
    }
  }
  const auto parts = largest_remainder(pay, lengths);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Int128 num = product(product(parts[i], f.rate(pieces[i])), scale);
    m.exact = sum(m.exact, num);
    note(m, credit.deal, Rule::marginal, f.pieces()[pieces[i]].tier, parts[i], num);
  }
  m.attained = to;
  m.credit = add(m.credit, pay);
}

void Payroll::post_function(const Credit& credit, Meter& m, std::int64_t pay,
                            std::int64_t quota_credit, Rule rule) {
  const PayFunction& f = tables_[m.table];
  const std::int64_t from = position_of(m);
  m.attained = add(m.attained, quota_credit);
  m.credit = add(m.credit, pay);
  const std::int64_t to = position_of(m);
  if (m.tracing != 0 && m.pure)
    note(m, credit.deal, rule, f.pieces()[f.piece_at(to)].tier, to - from,
         product(f.due(to) - f.due(from), m.denominator / f.denominator()));
}

// credit x rate of the tier reached; what an "above_only" threshold withholds of the quota credit,
// it withholds in proportion of a smaller pay credit. Over the table's denominator.
Int128 Payroll::retroactive_due(const Meter& m) const {
  const PayFunction& f = tables_[m.table];
  const std::int64_t at = position_of(m);
  const Int128 due = f.due(at), full = product(at, f.rate(f.piece_at(at)));
  if (m.credit == at) return due;
  const Int128 rate = f.rate(f.piece_at(at));
  if (due == full || m.credit > at || at <= 0) return sum(due, product(m.credit - at, rate));
  return floor_quotient(product(due, m.credit), at);
}

// Each earlier deal is trued up when the tier changes (R7), so that a refund finds it.
void Payroll::post_retroactive(const Credit& credit, Meter& m, std::int64_t pay,
                               std::int64_t quota_credit) {
  const PayFunction& f = tables_[m.table];
  const std::size_t before = f.piece_at(position_of(m));
  const Int128 due_before = m.tracing ? retroactive_due(m) : 0;
  m.attained = add(m.attained, quota_credit);
  m.credit = add(m.credit, pay);
  if (m.tracing == 0) return;
  const std::size_t now = f.piece_at(position_of(m));
  const int tier = f.pieces()[now].tier;
  Int128 told = 0;
  const auto tell = [&](std::uint64_t deal, Rule rule, std::int64_t about, Int128 num) {
    note(m, deal, rule, tier, about, product(num, m.denominator / f.denominator()));
    told = sum(told, num);
  };
  if (now != before) {
    const Int128 step = f.rate(now) - f.rate(before);
    const std::size_t count = tracings_[m.tracing].items.size();
    for (std::size_t i = 0; i < count; ++i) {
      const Item item = tracings_[m.tracing].items[i];
      if (item.rule == Rule::retroactive && item.deal != no_deal)
        tell(item.deal, Rule::true_up, item.credit, product(item.credit, step));
    }
  }
  if (pay != 0) tell(credit.deal, Rule::retroactive, pay, product(pay, f.rate(now)));
  // What an "above_only" threshold withholds belongs to no deal.
  const Int128 rest = sum(retroactive_due(m), -due_before) - told;
  if (rest != 0) tell(no_deal, Rule::retroactive, 0, rest);
}

// R8. A refund is of the tier its size is in, so it takes back what the deal paid.
void Payroll::post_per_deal(const Credit& credit, const Component& component, Meter& m,
                            std::int64_t pay) {
  const PayFunction& f = tables_[m.table];
  const Commission& commission = component.commission;
  const auto basis = static_cast<std::size_t>(component.basis);
  const std::int64_t signed_size =
      commission.size_of_deal && credit.whole ? (*credit.whole)[basis] : pay;
  const std::int64_t size = signed_size < 0 ? -signed_size : signed_size;
  const Int128 scale = over(m, f.denominator());
  if (commission.reading == Reading::per_deal_flat) {
    const std::size_t piece = f.piece_at(size);
    const Int128 num = product(product(pay, f.rate(piece)), scale);
    m.exact = sum(m.exact, num);
    note(m, credit.deal, Rule::per_deal, f.pieces()[piece].tier, pay, num);
    return;
  }
  Int128 num = product(signed_size < 0 ? -f.due(size) : f.due(size), scale);
  if (commission.size_of_deal && credit.split != Share::whole(1)) {
    const Int128 more = over(m, product(f.denominator(), billion));
    num = product(product(f.due(size), credit.split.billionths), more);
    if (signed_size < 0) num = -num;
  }
  m.exact = sum(m.exact, num);
  note(m, credit.deal, Rule::per_deal, f.pieces()[f.piece_at(size)].tier, pay, num);
}

void Payroll::post_windfall(const Credit& credit, Meter& m, std::int64_t pay) {
  make_impure(m);
  const Fraction rate = tables_[m.table].windfall();
  const Int128 scale = over(m, rate.den);
  const Int128 num = product(product(pay, rate.num), scale);
  m.exact = sum(m.exact, num);
  note(m, credit.deal, Rule::windfall, -1, pay, num);
}

void Payroll::top_up(const Credit& credit, Meter& m, std::int64_t minimum, Fraction before) {
  const Int128 start = product(before.num, m.denominator / before.den);
  const Int128 missing = product(minimum, m.denominator) - (m.exact - start);
  if (missing <= 0) return;
  m.exact = sum(m.exact, missing);
  note(m, credit.deal, Rule::minimum, -1, 0, missing);
}

// R22. Claims come in order of (day, deal, payee), as credits do.
void Payroll::post_spif(const Credit& credit, const Component& component, std::size_t number,
                        bool& unstackable_paid) {
  const Spif& spif = component.spif;
  const std::size_t version = plan_->version_at(credit.day);
  if (credit.day < spif.from || credit.day > spif.to || credit.size <= 0 ||
      !credit.commissionable || !passes(version, 1 + number, credit))
    return;
  if (!spif.stackable && unstackable_paid) return;
  if (!credit.claims_spif && spif.pays != Spif::Pays::rate) return;
  std::int64_t claim = spif.money;
  if (spif.pays == Spif::Pays::per_unit)
    claim = narrow(product(spif.money, credit.value[static_cast<std::size_t>(Basis::units)]));
  if (spif.pays == Spif::Pays::rate)
    claim = share_of(credit.value[static_cast<std::size_t>(component.basis)], spif.rate);
  std::int64_t room = claim;
  std::int64_t& used = payees_[credit.payee].spif_used[number];
  if (spif.pool) room = std::min(room, *spif.pool - pools_[number]);
  if (spif.per_person) room = std::min(room, *spif.per_person - used);
  const std::int64_t cents = room >= claim ? claim : spif.last_partial ? room : 0;
  if (cents <= 0) return;
  pools_[number] += cents;
  used += cents;
  if (!spif.stackable) unstackable_paid = true;
  Meter& m = meter(credit.payee, number);
  m.owed = add(m.owed, cents);
  emit(credit.payee, static_cast<std::int32_t>(number), credit.deal, Rule::spif, -1, credit.size, 0,
       cents);
}

}  // namespace compensation
