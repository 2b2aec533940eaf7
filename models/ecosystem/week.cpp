// SPDX-License-Identifier: Apache-2.0
// The phases of a week: each calls its mechanism with the tables it reads and writes.
#include <algorithm>

#include "models/ecosystem/model.h"

namespace ecosystem {

void World::hire(const sim::Step& step) {
  week_ = step.week();
  next_week_ = week_ + 1;
  if (week_ == start_week_) {
    cash_at_start = books.ledger.balance(Book::vendor);
    worst_cash = 0;
    contribution_npv = 0;
    recorded_contribution_ = books.totals.contribution();
  }
  if (week_ >= start_week_) ask_for_people(week_);
  for (; asked_executives_ > 0; --asked_executives_) {
    to_come_.push_back(add_executive(the<Hiring>().first_day_week(week_), step.random()));
    books.ledger.post(Book::vendor, Book::suppliers, the<Hiring>().fee.minor);
    books.totals.support += the<Hiring>().fee.minor;
  }
  for (; asked_managers_ > 0 && program_open(); --asked_managers_) {
    add_manager(the<Hiring>().first_day_week(week_));
    books.ledger.post(Book::vendor, Book::suppliers, the<Hiring>().fee.minor);
    books.totals.support += the<Hiring>().fee.minor;
  }
  std::erase_if(to_come_, [&](Reps::Id rep) {
    if (reps.start_week[rep] > week_) return false;
    join_roster(rep);
    ++books.totals.hires;
    return true;
  });
  std::int64_t fixed = 0;
  const std::int64_t executive = weekly_part(fixed_cost(the<AccountExecutive>()), week_);
  for (const auto& region : roster_.executives)
    fixed += executive * static_cast<std::int64_t>(region.size());
  for (const std::int32_t first : managers.start_week)
    if (first <= week_) fixed += weekly_part(fixed_cost(the<PartnerManager>()), week_);
  books.ledger.post(Book::vendor, Book::staff, fixed);
  books.totals.fixed_pay += fixed;
}

// Requests of [hiring] that were not yet acted upon.
void World::ask_for_people(int) {
  const auto executives = static_cast<std::int64_t>(executives_) - the<Vendor>().account_executives;
  const auto people = static_cast<std::int64_t>(managers_ever_) - the<Vendor>().partner_managers;
  asked_executives_ = std::max<std::int64_t>(0, the<Hiring>().account_executives - executives);
  asked_managers_ = std::max<std::int64_t>(0, the<Hiring>().partner_managers - people);
}

void World::need(const sim::Step& step) {
  the<Demand>()(accounts, needs, products, arrivals_, decisions_, due_, fresh_, step);
  books.totals.needs += static_cast<std::int64_t>(fresh_.size());
}

void World::lead(const sim::Step& step) {
  release_press(step);
  pull_back(step);
  const std::size_t first = opportunities.size();
  if (the<LeadSharing>().on()) books.sellers.begin(step.calendar().date(step.week(), 0));
  the<Leads>()(
      needs, opportunities, fresh_, accounts, reps, firms, partnerships, roster_, known_accounts_,
      step, [this](Needs::Id need) { return closed_to_others(need); },
      [&](Needs::Id need) { hear_through_partners(need, step); });
  for (std::size_t row = first; row < opportunities.size(); ++row) {
    const Opportunities::Id id(row);
    the<Effort>().weigh(opportunities, id, needs.value[opportunities.need[id]]);
    the<Pursuit>().open(opportunities, id, step);
    if (partners_compete()) open_to_rivals(id);
  }
}

void World::pursue(const sim::Step& step) {
  commit_hours(step);
  the<Pursuit>()(opportunities, reps, step);
  pool_work();
}

void World::choose(const sim::Step& step) {
  the<Choice>()(decided_, due_, needs, opportunities, reps, firms, the<Press>().lift * awareness_,
                step);
  if (!the<Timing>().on()) return;
  for (Decision& decision : decided_)
    if (decision.opportunity && the<Timing>().lost_while_waiting(needs, decision.need, step))
      decision = {decision.need, Firms::Id::none(), Opportunities::Id::none(), decision.time};
}

void World::book(const sim::Step& step) {
  OwnBag::sell(reps, the<PartnerSeller>(), own_deals_per_push_, books,
               static_cast<std::uint32_t>(products.size()), step);
  for (const Decision& decision : decided_) {
    const Accounts::Id account = needs.account[decision.need];
    const Products::Id product = needs.product[decision.need];
    const sim::Key key = needs.key(decision.need);
    const double price =
        the<Choice>().price_of(needs, decision.need) * (1 - needs.discount[decision.need]);
    const double priced = static_cast<double>(needs.value[decision.need]) * price;
    std::int64_t list = price == 1 ? needs.value[decision.need] : Money::rounded(priced).minor;
    const int day = sim::Calendar::day_at(step.week(), decision.time);
    books.totals.pulled_in += needs.moved[decision.need] == 1;
    books.totals.pushed_out += needs.moved[decision.need] == 2;
    const std::int64_t discounted =
        needs.discount[decision.need] == 0
            ? 0
            : Money::rounded(priced / (1 - needs.discount[decision.need])).minor - list;
    if (decision.opportunity) {
      list += sell_options(decision, list, step);
      note_attendance(decision);
      note_taken(decision);
    }
    note_overlap(decision);
    Booking::Terms terms{0};
    if (decision.opportunity) terms = agree(decision, list, step);
    the<Booking>().close(decision, needs, opportunities, accounts, reps, log, list, books.totals,
                         day);
    Firms::Id paper = decision.firm;
    bool missold = false;
    std::int64_t net = list;
    if (decision.opportunity) {
      const Reps::Id rep = opportunities.rep[decision.opportunity];
      const Role role = reps.role[rep];
      // A page is nobody's deal but the vendor's.
      const Firms::Id seller = role == Role::storefront ? decision.firm : reps.employer[rep];
      paper = terms.vendor_paper ? decision.firm : seller;
      net = terms.vendor_gets(list, role == Role::partner_seller);
      note_partner_deal(seller, terms.net(list));
      pay_referral(decision, list, step.calendar().date(day));
      const std::int64_t margin_before = books.totals.partner_margin;
      the<Booking>().win(rep, product, list, products, reps, managers, books, key,
                         step.calendar().date(day), step.week(), price, the<PartnerSeller>(),
                         terms);
      books.totals.discount_given += discounted;
      add_partner_margin(seller, books.totals.partner_margin - margin_before);
      the<Learning>().sold(reps, rep, product);
      reps.sold[rep] += list;
      ++reps.deals[rep];
      missold = missell(decision, net, step);
      note_promise(seller, terms.net(list), missold);
      share_out(decision, terms, list, price, step);
    }
    settle(decision, terms, list, step);
    if (decision.firm && products.term_weeks[product] > 0) {
      add_contract(sim::child(kinds::contract, key, 0), account, product, paper,
                   static_cast<bool>(decision.opportunity), list, net, price);
      const Contracts::Id contract(contracts.size() - 1);
      contracts.missold[contract] = missold;
      if (decision.opportunity) describe_contract(contract, decision.opportunity);
      if (cancellations_watched_)
        the<Cancellation>().expect(contracts, contract, key, day, cancellations_, random_);
    }
    the<Demand>().repace(accounts, account, arrivals_);
  }
  if (step.week() % 13 == 12) compact();
}

void World::add_contract(sim::Key key, Accounts::Id account, Products::Id product, Firms::Id paper,
                         bool ours, std::int64_t list, std::int64_t net, double price_level) {
  const Contracts::Id contract = contracts.add(key);
  contracts.account[contract] = account;
  contracts.product[contract] = product;
  contracts.paper[contract] = paper;
  contracts.ours[contract] = ours;
  contracts.list_acv[contract] = list;
  contracts.net_acv[contract] = net;
  contracts.price_level[contract] = price_level;
  ++accounts.contracts[account];
  if (ours) arr += net;
  Renewal::expect_end(contracts, contract, products.term_weeks[product], ends_);
}

void World::end_contract(Contracts::Id contract) {
  const Accounts::Id account = contracts.account[contract];
  --accounts.contracts[account];
  contracts.retire(contract);
  the<Demand>().repace(accounts, account, arrivals_);
}

void World::renew(const sim::Step& step) {
  const double one_week = 1.0;
  ends_.advance(step.week(), {&one_week, 1}, due_);
  for (const sim::Event& event : due_) {
    const Contracts::Id contract(event.entity);
    const Products::Id product = contracts.product[contract];
    const std::int32_t term = products.term_weeks[product];
    const bool anniversary = !term_ends(term, ++contracts.invoices[contract]);
    const bool ours = contracts.ours[contract] != 0;
    const bool through_partner = firms.kind[contracts.paper[contract]] == FirmKind::partner;
    const double kept = (contracts.missold[contract] != 0 ? the<Misselling>().kept : 1) *
                        the<AccountControl>().kept(through_partner);
    const bool goes_on = anniversary || (the<Renewal>().renewed(contracts, contract, kept, step) &&
                                         inherit(contract) && !steered_away(contract, step));
    const std::int64_t before = contracts.net_acv[contract];
    if (ours && !anniversary) books.totals.due_acv += before;
    if (!goes_on) {
      if (ours) arr -= before;
      end_contract(contract);
      continue;
    }
    double growth = 0;
    if (!anniversary && ours) {
      // Whoever left has been succeeded by now.
      const bool still = firms.kind[contracts.paper[contract]] == FirmKind::partner;
      growth = the<AccountControl>().growth(the<Renewal>().expansion, still);
      if (still) renew_terms(contract);
    }
    contracts.list_acv[contract] += Money{contracts.list_acv[contract]}.share(growth).minor;
    contracts.net_acv[contract] += Money{contracts.net_acv[contract]}.share(growth).minor;
    if (ours) {
      arr += contracts.net_acv[contract] - before;
      if (!anniversary) {
        books.totals.kept_acv += before;
        books.totals.expanded_acv += contracts.net_acv[contract] - before;
      }
      const std::int64_t list = contracts.list_acv[contract];
      const std::int64_t margin_before = books.totals.partner_margin;
      books.invoice(
          list, contracts.net_acv[contract],
          Booking::goods_of(list, products.unit_cost[product], contracts.price_level[contract]),
          firms.kind[contracts.paper[contract]] == FirmKind::partner,
          paid_weeks(term, contracts.invoices[contract]), step.week());
      add_partner_margin(contracts.paper[contract], books.totals.partner_margin - margin_before);
      if (contracts.fee[contract] > 0) {
        if (!anniversary) contracts.fee[contract] = renewal_fee(contracts.via[contract]);
        pay_fee(contracts.via[contract], Money{list}.share(contracts.fee[contract]).minor);
      }
    }
    Renewal::expect_end(contracts, contract, term, ends_, event.time);
  }
}

void World::run_program(const sim::Step& step) {
  Program::advance(recruiting_hazard(), program_calendar_, due_, step);
  while (!due_.empty()) {
    for (const sim::Event& event : due_) {
      const Partnerships::Id partner(event.entity);
      if (event.tag == Program::signs && partnerships.terms[partner] == 0 &&
          the<Engagement>().closed(firms.region[partnerships.partner[partner]], partnerships,
                                   firms)) {
        ++books.totals.signings_blocked;
      } else if (event.tag == Program::signs && waits_for_wins(partner)) {
        Program::sign_in(partnerships, partner, 1, program_calendar_);
      } else if (event.tag == Program::signs) {
        meet_candidate(partner, step);
      } else {
        activate(partner, step);
      }
    }
    program_calendar_.take_due(due_);
  }
  std::int64_t supported = 0;  // further classes have costs of their own
  for (std::size_t row = 0; row < partnerships.size(); ++row)
    supported += partnerships.terms[Partnerships::Id(row)] == 0 &&
                 is_partner(partnerships.status[Partnerships::Id(row)]);
  const std::int64_t support =
      supported * weekly_part(the<Program>().support_cost.minor, step.week());
  books.ledger.post(Book::vendor, Book::suppliers, support);
  books.totals.support += support;
  books.totals.of_kind[static_cast<std::size_t>(PartnershipKind::reseller)].cost += support;
  run_classes(step);
}

void World::activate(Partnerships::Id partner, const sim::Step& step) {
  partnerships.status[partner] = PartnershipStatus::active;
  partnerships.active_week[partner] = step.week();
  ++books.totals.activated;
  const Partnership& terms = terms_of(partner);
  if (!terms.sells()) return activate_further(partner, step);
  partnerships.first_seller[partner] = Reps::Id(reps.size());
  partnerships.sellers[partner] = static_cast<std::uint32_t>(partnerships.capacity[partner]);
  const Firms::Id firm = partnerships.partner[partner];
  for (std::int64_t slot = 0; slot < partnerships.capacity[partner]; ++slot) {
    const Reps::Id rep =
        reps.add(sim::child(kinds::rep, firms.key(firm), static_cast<std::uint64_t>(slot)));
    reps.employer[rep] = firm;
    reps.role[rep] = Role::partner_seller;
    reps.region[rep] = firms.region[firm];
    reps.start_week[rep] = step.week();
    sim::Draw draw = step.draw_once(streams::of("population"), reps.key(rep));
    reps.skill[rep] = the<PartnerSeller>().skill_sigma * draw.normal() +
                      relations.fit[Relations::of(partner)] + partnerships.fit[partner];
    reps.bag_premium[rep] = partnerships.bag_premium[partner];
    know_at_first(rep, the<PartnerSeller>().knowledge);
    give_character(rep, step.random());
    if (left_out_[partner.index()] != 0) reps.plan_credit[rep] = 0;
    reps.payee[rep] = books.sellers.join(reps.key(rep), rep.index());
  }
  refresh_margin(partner);
  if (partnerships.terms[partner] > 0) return activate_further(partner, step);
  // In order of key: who became active first must not decide whom a buyer's draw picks.
  auto& known = roster_.partners[firms.region[firm]];
  const auto earlier = [this](Partnerships::Id a, Partnerships::Id b) {
    return partnerships.key(a) < partnerships.key(b);
  };
  known.insert(std::upper_bound(known.begin(), known.end(), partner, earlier), partner);
}

void World::pay(const sim::Step& step) {
  remember_week(step);
  const sim::Date last = step.calendar().date(step.week(), 6);
  books.pay_vendor(reps, books.executives, last);
  books.pay_vendor(managers, books.managers, last);
  books.pay_partners(reps, books.sellers, last);
  if (!step.calendar().closes_quarter(step.week())) return;
  for (std::int64_t& booked : reps.booked) booked = 0;
  for (std::int64_t& booked : managers.booked) booked = 0;
}

void World::record(const sim::Step& step) {
  books.totals.revenue += books.revenue.recognise(step.week());
  books.totals.cost_of_goods += books.cost.recognise(step.week());
  books.ledger.verify();
  keep_trailing_renewals();
  if (step.week() < start_week_) return;
  worst_cash = std::min(worst_cash, books.ledger.balance(Book::vendor) - cash_at_start);
  const std::int64_t contribution = books.totals.contribution();
  const double years = static_cast<double>(step.week() - start_week_ + 1) / 52;
  contribution_npv +=
      static_cast<double>(contribution - recorded_contribution_) * sim::pow(1.1, -years);
  recorded_contribution_ = contribution;
}

// Gross and net retention over the last 52 weeks.
void World::keep_trailing_renewals() {
  const Totals& now = books.totals;
  const std::size_t slot = static_cast<std::size_t>(week_) % due_history_.size();
  due_history_[slot] = now.due_acv;
  kept_history_[slot] = now.kept_acv;
  expanded_history_[slot] = now.expanded_acv;
  const std::size_t past = static_cast<std::size_t>(week_ + 1) % due_history_.size();
  const auto due = static_cast<double>(now.due_acv - due_history_[past]);
  const auto kept = static_cast<double>(now.kept_acv - kept_history_[past]);
  const auto expanded = static_cast<double>(now.expanded_acv - expanded_history_[past]);
  grr = due > 0 ? kept / due : 1;
  nrr = due > 0 ? (kept + expanded) / due : 1;
}

// Drops decided needs and their opportunities, ended contracts, and tells the calendars.
void World::compact() {
  const auto new_needs = needs.compact();
  const auto new_opportunities = opportunities.compact();
  for (std::size_t row = 0; row < needs.size(); ++row) {
    auto& first = needs.first_opportunity[Needs::Id(row)];
    if (needs.opportunities[Needs::Id(row)] > 0) first = new_opportunities[first.index()];
  }
  for (auto& need : opportunities.need) need = new_needs[need.index()];
  decisions_.remap_entities(new_needs);
  pull_backs_.remap_entities(new_opportunities);
  const auto new_contracts = contracts.compact();
  ends_.remap_entities(new_contracts);
  cancellations_.remap_entities(new_contracts);
}

void World::hash(sim::Digest& digest) const {
  digest.add_table(firms);
  digest.add_table(products);
  digest.add_table(reps);
  digest.add_table(managers);
  digest.add_table(accounts);
  digest.add_table(partnerships);
  digest.add_table(relations);
  digest.add_table(needs);
  digest.add_table(opportunities);
  digest.add_table(contracts);
  digest.add_table(log);
  digest.add_table(deal_events);
  digest.add(books.ledger.balances());
  digest.add(arr);
  digest.add(contribution_npv);
}

}  // namespace ecosystem
