// SPDX-License-Identifier: Apache-2.0
// Who exists when the first week begins.
#include <algorithm>
#include <cmath>

#include "models/ecosystem/model.h"
#include "models/ecosystem/partner_list.h"

namespace ecosystem {

namespace {

std::size_t all_weeks(const sim::Settings& settings) {
  return static_cast<std::size_t>(settings.run().warmup + settings.run().weeks) + 1;
}

// What each employer pays its people by.
Books::Plans plans_of(const sim::Settings& settings) {
  Books::Plans plans{settings.get<AccountExecutive>("account_executive").terms(),
                     settings.get<PartnerManager>("partner_manager").terms(),
                     settings.get<PartnerSeller>("partner_seller").terms()};
  for (PlanTerms* terms : {&plans.executives, &plans.managers, &plans.sellers})
    terms->currency = settings.run().currency;
  return plans;
}

std::vector<std::string> names_of_products(const sim::Settings& settings) {
  std::vector<std::string> names;
  for (const auto& [name, product] : settings.entries<Product>("product")) names.push_back(name);
  return names;
}

}  // namespace

World::World(const sim::Settings& settings, const sim::Setup& setup)
    : books(all_weeks(settings), plans_of(settings),
            std::make_shared<const sim::Calendar>(setup.calendar), names_of_products(settings)),
      product_names_(names_of_products(settings)),
      calendar_(setup.calendar),
      random_(setup.random) {
  start_week_ = setup.calendar.start_week();
  all_weeks_ = static_cast<int>(all_weeks(settings));
  told_.read(settings);
  cancellations_watched_ = the<Cancellation>().on();
  read_classes(settings);
  follow_directive();
  sim::validate(settings.run().weeks >= 1, "[run] weeks must be at least 1");
  add_products(settings);
  populate_firms(setup.random);
  for (std::size_t row = 0; row < firms.size(); ++row)
    if (const Firms::Id firm(row); firms.kind[firm] == FirmKind::partner)
      firms.squats[firm] = the<Registration>().squats(firms.key(firm), setup.random);
  populate_accounts(setup.random);
  known_accounts_ =
      KnownAccounts::read(the<Leads>().known_accounts, accounts.size(), partnerships.by_key());
  populate_people(setup.random);
  install_customers(setup.random);
  for (std::size_t row = 0; row < accounts.size(); ++row)
    the<Demand>().expect_next(accounts, Accounts::Id(row), setup.random, arrivals_);
  relate(setup.random);
  left_out_ = partner_list(the<Program>().without, partnerships.terms.span(), class_names_,
                           "program.without");
  sim::validate(the<Program>().removed == Removed::never_signed || the<PlanChange>().rate == 0,
                "program.removed = \"unpaid\" goes with plan_change.rate = 0 only: a changed plan "
                "would pay again");
  std::int64_t place = 0;
  for (const Partnerships::Id id : the<Complementarity>().order(relations, partnerships)) {
    if (partnerships.terms[id] > 0) continue;  // invite_classes
    const bool at_start = place++ < the<Program>().signed_at_start;
    if (never_signs(id)) continue;
    if (at_start)
      sign_long_ago(id, setup.random);
    else
      the<Program>().expect_signing(firms, partnerships, id, setup.random, program_calendar_);
  }
  invite_classes(setup.random);
}

// Who has not started since then has lost interest, where that is followed (support_capacity.h).
void World::sign_long_ago(Partnerships::Id partner, const sim::Random& random) {
  const Partnership& terms = terms_of(partner);
  the<Program>().sign(firms, partnerships, partner, 0, true, random, program_calendar_,
                      {terms.activation_share, terms.months_to_first_deal});
  partnerships.lapsed[partner] = 1;
  partnerships.satisfaction[partner] = .5;
}

// What somebody is like, beside skill: how they plan, what they expect to sell.
void World::give_character(Reps::Id rep, const sim::Random& random) {
  const bool direct = reps.role[rep] == Role::account_executive;
  reps.planner[rep] =
      the<Reasoning>().planner_of(random.draw(streams::of("planner"), reps.key(rep)).uniform());
  const std::int64_t quota =
      direct ? the<AccountExecutive>().quota.minor : the<PartnerSeller>().quota.minor;
  reps.usual_week[rep] = static_cast<double>(quota) / 13;
  reps.plan_credit[rep] = 1;
}

// From the week that comes next on; deals booked before keep their rates (R3).
void World::change_plans(const sim::Settings& settings) {
  const Books::Plans plans = plans_of(settings);
  const sim::Date from = calendar_.date(next_week_, 0);
  executive_programme_ = seller_programme_ = {};
  books.executives.change(plans.executives, from);
  books.managers.change(plans.managers, from);
  books.sellers.change(plans.sellers, from);
}

// Rows in the order of the scenario, shares in order of key: the order of the file's tables must
// not decide who needs what.
void World::add_products(const sim::Settings& settings) {
  const auto entries = settings.entries<Product>("product");
  sim::validate(!entries.empty(), "the scenario has no [product.NAME] section");
  sim::validate(entries.size() <= most_products, "at most 64 products");
  double total = 0, so_far = 0;
  for (const auto& [name, product] : entries)
    products.add(sim::child(kinds::product, root, sim::named(name).value));
  for (const std::uint32_t row : products.by_key()) total += entries[row].second.share;
  sim::validate(total > 0, "the shares of all products are 0");
  for (const std::uint32_t row : products.by_key()) {
    const Product& product = entries[row].second;
    so_far += product.share;
    products.share_to[Products::Id(row)] = so_far / total;
    products.term_weeks[Products::Id(row)] = static_cast<std::int32_t>(product.term_weeks);
  }
  for (std::size_t row = 0; row < products.size(); ++row)
    products.maturity[Products::Id(row)] = entries[row].second.maturity;
  for (auto* by_product : {&reps.learned, &reps.knows, &reps.pace})
    by_product->widen(products.size());
  price_products(settings);
}

void World::populate_firms(const sim::Random& random) {
  const auto add = [&](FirmKind kind, std::uint64_t ordinal) {
    const sim::Key key = sim::child(
        kinds::firm, sim::child(kinds::firm, root, static_cast<std::uint64_t>(kind)), ordinal);
    const Firms::Id id = firms.add(key);
    firms.kind[id] = kind;
    firms.region[id] =
        static_cast<std::uint32_t>(ordinal % static_cast<std::uint64_t>(the<Market>().regions));
    return id;
  };
  for (std::int64_t r = 0; r < the<Market>().rivals; ++r)
    add(FirmKind::rival, static_cast<std::uint64_t>(r));
  const Firms::Id vendor = add(FirmKind::vendor, 0);
  for (std::int64_t c = 0; c < the<Program>().candidates; ++c) {
    const Firms::Id partner = add(FirmKind::partner, static_cast<std::uint64_t>(c));
    add_candidate(vendor, partner, 0, static_cast<std::uint64_t>(c), random);
    the<References>().introduce(partnerships, partnership_of(partner),
                                static_cast<std::uint64_t>(c), firms.key(partner), random);
  }
  populate_classes(vendor, random);
  if (classes_.size() > 1) add(FirmKind::rival, static_cast<std::uint64_t>(the<Market>().rivals));
  roster_.executives.resize(static_cast<std::size_t>(the<Market>().regions));
  sim::validate(the<Market>().cells() <= 1'000'000,
                "market: regions x verticals x functions is more than a million cells");
  roster_.of_cell.resize(the<Market>().cells());
  roster_.partners.resize(static_cast<std::size_t>(the<Market>().regions));
}

Firms::Id World::vendor_firm() const {
  return Firms::Id(static_cast<std::size_t>(the<Market>().rivals));
}

Reps::Id World::add_executive(std::int32_t start_week, const sim::Random& random) {
  seats_.emplace_back();
  return fill_seat(executives_++, 0, start_week, random);
}

// The first holder of a seat is keyed by it, successors by it and how many came before them.
Reps::Id World::fill_seat(std::uint64_t slot, std::uint32_t generation, std::int32_t start_week,
                          const sim::Random& random) {
  const sim::Key seat = sim::child(kinds::rep, firms.key(vendor_firm()), slot);
  const Reps::Id rep = reps.add(generation == 0 ? seat : sim::child(kinds::rep, seat, generation));
  seats_[slot] = rep;
  reps.seat[rep] = static_cast<std::uint32_t>(slot);
  reps.generation[rep] = generation;
  reps.watched_from[rep] = never;
  reps.employer[rep] = vendor_firm();
  reps.role[rep] = Role::account_executive;
  reps.region[rep] =
      static_cast<std::uint32_t>(slot % static_cast<std::uint64_t>(the<Market>().regions));
  reps.cell[rep] = static_cast<std::uint32_t>(slot % the<Market>().cells());
  reps.start_week[rep] = start_week;
  sim::Draw draw = random.draw(streams::of("population"), reps.key(rep));
  const double above = generation > 0 ? the<Turnover>().selection : 0;
  reps.skill[rep] = the<AccountExecutive>().skill_sigma * (draw.normal() + above);
  know_at_first(rep, the<Learning>().newcomer);
  give_character(rep, random);
  reps.payee[rep] = books.executives.join(reps.key(rep), rep.index(), own_terms(rep));
  return rep;
}

Managers::Id World::add_manager(std::int32_t start_week) {
  const Managers::Id manager =
      managers.add(sim::child(kinds::manager, firms.key(vendor_firm()), managers_ever_++));
  managers.start_week[manager] = start_week;
  managers.payee[manager] = books.managers.join(managers.key(manager), manager.index());
  return manager;
}

void World::populate_people(const sim::Random& random) {
  const auto long_ago = [](double ramp_weeks) {
    return -static_cast<std::int32_t>(std::ceil(ramp_weeks));
  };
  for (std::int64_t i = 0; i < the<Vendor>().account_executives; ++i) {
    const Reps::Id rep = add_executive(long_ago(the<AccountExecutive>().ramp_weeks), random);
    join_roster(rep);
  }
  if (the<QuotaSetting>().individual()) hand_out_quotas(calendar_.date(0, 0));
  for (std::int64_t i = 0; i < the<Vendor>().partner_managers; ++i)
    add_manager(long_ago(the<PartnerManager>().ramp_weeks));
}

void World::populate_accounts(const sim::Random& random) {
  const auto direct = static_cast<std::size_t>(the<Market>().accounts);
  const auto count =
      direct + static_cast<std::size_t>(std::lround(static_cast<double>(the<Market>().accounts) *
                                                    the<Market>().partner_only));
  accounts.reserve(count);
  arrivals_.reserve(count);
  arrivals_.reserve_clock(0, count);
  const double mean_correction = -0.5 * the<Demand>().rate_sigma * the<Demand>().rate_sigma;
  for (std::size_t i = 0; i < count; ++i) {
    const Accounts::Id account = accounts.add(sim::child(kinds::account, root, i));
    accounts.region[account] =
        static_cast<std::uint32_t>(i % static_cast<std::size_t>(the<Market>().regions));
    accounts.cell[account] = static_cast<std::uint32_t>(i % the<Market>().cells());
    sim::Draw draw = random.draw(streams::of("population"), accounts.key(account));
    const double spread = sim::exp(the<Demand>().rate_sigma * draw.normal() + mean_correction);
    accounts.need_rate[account] = the<Demand>().rate / 52 * spread;
    accounts.direct[account] = i < direct;
  }
}

// One of the products with a term, by its share among them; none if there is none.
Products::Id World::installed_product(sim::Key contract, const sim::Random& random) const {
  const sim::Key key = sim::child(kinds::product, contract, 0);
  const double u = random.draw(streams::of("population"), key).uniform();
  double sum = 0, before = 0, passed = 0;
  const auto recurring_share = [&](std::uint32_t row) {
    const double to = products.share_to[Products::Id(row)];
    const double share = products.term_weeks[Products::Id(row)] > 0 ? to - before : 0;
    before = to;
    return share;
  };
  for (const std::uint32_t row : products.by_key()) sum += recurring_share(row);
  before = 0;
  for (const std::uint32_t row : products.by_key())
    if ((passed += recurring_share(row)) > u * sum) return Products::Id(row);
  return Products::Id::none();
}

// The installed base: the first accounts, in order of key, that the vendor reaches.
void World::install_customers(const sim::Random& random) {
  std::int64_t left = the<Vendor>().customers;
  for (const std::uint32_t row : accounts.by_key()) {
    const Accounts::Id account(row);
    if (left == 0) break;
    if (!accounts.direct[account]) continue;
    const sim::Key key = sim::child(kinds::contract, accounts.key(account), 0);
    const Products::Id product = installed_product(key, random);
    if (!product) return;
    sim::Draw draw = random.draw(streams::of("population"), key);
    const double size = static_cast<double>(products.list_price[product]) *
                        sim::exp(products.size_sigma[product] * draw.normal());
    const std::int64_t list = std::max<std::int64_t>(1, Money::rounded(size).minor);
    const int year = std::min(52, products.term_weeks[product]);
    const int paid_weeks = 1 + static_cast<int>(draw.below(static_cast<std::uint32_t>(year)));
    add_contract(key, account, product, vendor_firm(), true, list, list, 1);
    take_control(account, vendor_firm());
    if (cancellations_watched_)
      the<Cancellation>().expect(contracts, Contracts::Id(contracts.size() - 1),
                                 accounts.key(account), 0, cancellations_, random);
    ends_.cancel(key);
    Renewal::expect_end_after(contracts, Contracts::Id(contracts.size() - 1), paid_weeks, ends_);
    books.revenue.add(list * paid_weeks / 52, 0, paid_weeks);
    books.cost.add(Money{list}.share(products.unit_cost[product]).minor * paid_weeks / 52, 0,
                   paid_weeks);
    --left;
  }
}

std::size_t World::candidate_sellers() const {
  std::size_t waiting = 0;
  for (std::size_t row = 0; row < partnerships.size(); ++row) {
    const Partnerships::Id partner(row);
    if (partnerships.active_week[partner] != never) continue;
    const Partnership& terms = terms_of(partner);
    waiting +=
        terms.sells() ? static_cast<std::size_t>(partnerships.capacity[partner]) : terms.people();
  }
  return waiting + static_cast<std::size_t>(the<Hiring>().account_executives) +
         static_cast<std::size_t>(the<Turnover>().most(
             static_cast<double>(executives_ +
                                 static_cast<std::uint64_t>(the<Hiring>().account_executives)),
             all_weeks_, the<Hiring>().weeks_to_hire));
}

std::size_t World::bytes(const sim::Settings& settings) {
  const Market market = settings.get<Market>("market");
  const Demand demand = settings.get<Demand>("demand");
  const double accounts = static_cast<double>(market.accounts) * (1 + market.partner_only);
  const double weeks = static_cast<double>(settings.run().weeks + settings.run().warmup);
  const double needs_a_week = accounts * demand.rate / 52;
  const double open = needs_a_week * (demand.clock_min_weeks + demand.clock_mean_weeks + 13);
  const double calendars = settings.get<Cancellation>("cancellation").on() ? 2 : 1;
  const double per_account = 64 + calendars * sim::HazardCalendar::bytes_per_entry + 120;
  const Vendor vendor = settings.get<Vendor>("vendor");
  const Program program = settings.get<Program>("program");
  const Hiring hiring = settings.get<Hiring>("hiring");
  double further = 0;
  for (const auto& [name, terms] : settings.entries<Partnership>("partnership"))
    further += static_cast<double>(terms.candidates) * (1 + static_cast<double>(terms.people()));
  const double seats = static_cast<double>(vendor.account_executives + hiring.account_executives);
  const double people =
      seats + settings.get<Turnover>("turnover").most(seats, weeks, hiring.weeks_to_hire) +
      static_cast<double>(vendor.partner_managers) +
      static_cast<double>(program.candidates) * static_cast<double>(program.sellers) + further;
  // Its row, and what the pay engine keeps of it.
  const double per_person =
      1200 + 3 * 8 * static_cast<double>(settings.entries<Product>("product").size());
  return static_cast<std::size_t>(accounts * per_account + open * 600 + needs_a_week * weeks * 80 +
                                  people * per_person +
                                  600 * static_cast<double>(program.candidates) + 1e6);
}

}  // namespace ecosystem
