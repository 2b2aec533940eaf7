// SPDX-License-Identifier: Apache-2.0
#pragma once
// The economy: tables, mechanisms, and `week`, the list of what happens in order. README.md in this
// folder is the page to read first.

#include <array>
#include <memory>
#include <span>
#include <vector>

#include "models/ecosystem/account_map.h"
#include "models/ecosystem/books.h"
#include "models/ecosystem/crm.h"
#include "models/ecosystem/parts.h"
#include "models/ecosystem/relations.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/trailing.h"
#include "models/partnering/attribution.h"
#include "sim/agenda.h"
#include "sim/model.h"

namespace ecosystem {

class World {
 public:
  World(const sim::Settings& settings, const sim::Setup& setup);
  void apply(const sim::Settings& settings);  // a dated change: new rates, people to hire
  void hash(sim::Digest& digest) const;
  static std::size_t bytes(const sim::Settings& settings);

  // What the phases of `week` do.
  void hire(const sim::Step& step);
  void set_quotas(const sim::Step& step);
  void need(const sim::Step& step);
  void attend(const sim::Step& step);
  void lead(const sim::Step& step);
  void change_partner_plans(const sim::Step& step);
  void share_leads(const sim::Step& step);
  void spend_hours(const sim::Step& step);
  void call_together(const sim::Step& step);
  void pursue(const sim::Step& step);
  void register_deals(const sim::Step& step);
  void engage(const sim::Step& step);
  void settle_doubts(const sim::Step& step);
  void move_deals(const sim::Step& step);
  void choose(const sim::Step& step);
  void book(const sim::Step& step);
  void renew(const sim::Step& step);
  void cancel(const sim::Step& step);
  void use_references(const sim::Step& step);
  void develop_partners(const sim::Step& step);
  void run_program(const sim::Step& step);
  void support_partners(const sim::Step& step);
  void review_partners(const sim::Step& step);
  void expect(const sim::Step& step);
  void pay(const sim::Step& step);
  void learn(const sim::Step& step);
  void turn_over(const sim::Step& step);
  void hear_news(const sim::Step& step);
  void review_edges(const sim::Step& step);
  void report(const sim::Step& step);
  void record(const sim::Step& step);

  static const std::span<const sim::Phase<World>> week;

  // Mechanisms, and what the scenario tells of the company: world.the<Demand>().rate.
  template <class P>
  const P& the() const {
    return told_.the<P>();
  }

  int current_week() const { return week_; }
  std::int64_t vacant_seats() const;
  std::int64_t pipeline_reported() const;
  std::int64_t pipeline_true() const;
  std::int64_t partners_signed() const;   // and not parted with
  std::size_t candidate_sellers() const;  // rows that may still be added to reps

  static const std::span<const sim::Outcome<World>> outcomes;  // measures.cpp
  static const std::span<const sim::AgentColumn<World>> columns;

  // The terms of a class of partners; class 0 are the resellers of [program].
  const Partnership& terms_of(Partnerships::Id partner) const {
    return classes_[partnerships.terms[partner]];
  }
  double awareness() const { return awareness_; }
  // Does a partner of a further class know an account?
  bool knows(Partnerships::Id partner, Accounts::Id account) const;
  std::size_t further_classes() const { return classes_.size() - 1; }

  // Tables.
  Firms firms;  // rivals, the vendor, candidate partners, rivals that pages and partners impose
  Products products;
  Reps reps;
  Managers managers;
  Accounts accounts;
  Partnerships partnerships;
  Relations relations;  // row by row those of partnerships
  Needs needs;
  Opportunities opportunities;
  Contracts contracts;
  Log log;
  DealEvents deal_events;
  Books books;

  const Crm& crm() const;                 // as of the end of the last week
  const AccountMap& account_map() const;  // likewise
  const KnownAccounts& known_accounts() const { return known_accounts_; }
  const sim::Random& random() const { return random_; }
  // Facts of reps that are no integers in the table, row by row, to look at.
  struct Staff {
    std::vector<std::int64_t> role, start_week, at_work, partner;
  };
  const Staff& staff() const;
  struct Partners {  // the same of partnerships
    std::vector<std::int64_t> kind, terms, status, tier, sellers;
  };
  const Partners& partners() const;

  std::int64_t accounts_of_vendor = 0, accounts_of_partners = 0;  // by account control

  // Measures that are states, kept by `record`.
  std::int64_t arr = 0, cash_at_start = 0, worst_cash = 0;
  double contribution_npv = 0, grr = 1, nrr = 1;

  sim::Key root = sim::named("ecosystem");

 private:
  void populate_firms(const sim::Random& random);
  void populate_people(const sim::Random& random);
  void sign_long_ago(Partnerships::Id partner, const sim::Random& random);
  void populate_accounts(const sim::Random& random);
  void install_customers(const sim::Random& random);
  void add_products(const sim::Settings& settings);
  void price_products(const sim::Settings& settings);
  Products::Id installed_product(sim::Key contract, const sim::Random& random) const;
  Reps::Id add_executive(std::int32_t start_week, const sim::Random& random);
  Reps::Id fill_seat(std::uint64_t slot, std::uint32_t generation, std::int32_t start_week,
                     const sim::Random& random);
  void resign(Reps::Id rep, const sim::Step& step);
  void hand_over();
  void join_roster(Reps::Id executive);
  void hand_out_quotas(sim::Date from);
  std::int64_t quota_of(double rate) const;
  std::vector<double> rates_of_territories() const;
  RolePayroll::Own own_terms(Reps::Id executive) const;
  double hazard_to_quit(Reps::Id rep) const;
  Managers::Id add_manager(std::int32_t start_week);
  void change_plans(const sim::Settings& settings);
  void ask_for_people(int week);
  void activate(Partnerships::Id partner, const sim::Step& step);
  void add_contract(sim::Key key, Accounts::Id account, Products::Id product, Firms::Id paper,
                    bool ours, std::int64_t list, std::int64_t net, double price_level);
  void note_partner_deal(Firms::Id seller, std::int64_t net);
  void note_overlap(const Decision& decision);
  // Further classes of partners: who hears of a need (partnering.cpp) ...
  void read_classes(const sim::Settings& settings);
  void populate_classes(Firms::Id vendor, const sim::Random& random);
  void invite_classes(const sim::Random& random);
  Partnerships::Id add_candidate(Firms::Id vendor, Firms::Id partner, std::uint32_t terms,
                                 std::uint64_t slot, const sim::Random& random);
  void activate_further(Partnerships::Id partner, const sim::Step& step);
  bool closed_to_others(Needs::Id need) const;
  void hear_through_partners(Needs::Id need, const sim::Step& step);
  void hear(Needs::Id need, Partnerships::Id partner, const sim::Step& step);
  void refer(Needs::Id need, Partnerships::Id partner, const sim::Step& step);
  void share_deal(Needs::Id need, Partnerships::Id partner);
  void visit_pages(Needs::Id need, const sim::Step& step);
  void hear_of_campaigns(Needs::Id need, const sim::Step& step);
  void turn_to_vendor(Needs::Id need, const sim::Step& step);
  Partnerships::Id route(Needs::Id need, const sim::Step& step);
  void pull_back(const sim::Step& step);
  Opportunities::Id opportunity_of(Needs::Id need, Role role) const;
  Opportunities::Id open_for(Needs::Id need, Reps::Id rep);
  Reps::Id seller_for(Needs::Id need, Partnerships::Id partner) const;
  void pool_work();
  double value_of_lead(Partnerships::Id partner, std::int64_t list) const;
  double kept_by(Partnerships::Id partner) const;
  // ... and who pays whom (partner_money.cpp).
  Partnerships::Id partnership_behind(Opportunities::Id opportunity) const;
  void share_out(const Decision& decision, const Booking::Terms& terms, std::int64_t list,
                 double price, const sim::Step& step);
  void pay_for_help(Opportunities::Id opportunity, Partnerships::Id via, std::int64_t list,
                    std::int64_t first_year, const sim::Step& step);
  void describe_contract(Contracts::Id contract, Opportunities::Id opportunity);
  void pay_fee(Partnerships::Id partner, std::int64_t fee);
  double renewal_fee(Partnerships::Id market) const;
  void pay_partner(Partnerships::Id partner, Book to, std::int64_t amount, std::int64_t& total);
  bool steered_away(Contracts::Id contract, const sim::Step& step);
  void note_signing(Partnerships::Id partner, const sim::Step& step);
  void run_classes(const sim::Step& step);
  void collect_guarantees(const sim::Step& step);
  void review_tiers(const sim::Step& step);
  void fund_campaigns(const sim::Step& step);
  void end_campaigns();
  void approve_campaigns(const sim::Step& step);
  void start_campaign(Partnerships::Id partner, std::int64_t funds, const sim::Step& step);
  void refresh_margin(Partnerships::Id partner);
  double accounts_covered(Partnerships::Id partner) const;
  void release_press(const sim::Step& step);
  Partnerships::Id partnership_of(Firms::Id partner) const;
  // relations.cpp
  void relate(const sim::Random& random);
  double leaves_deal(Reps::Id seller) const;
  void note_taken(const Decision& decision);
  void note_promise(Firms::Id paper, std::int64_t net, bool missold);
  void answer_demands(const sim::Step& step);
  void commit_hours(const sim::Step& step);
  // shared_leads.cpp
  bool works_on(Needs::Id need, Firms::Id firm) const;
  void take_lead(Needs::Id need, const sim::Step& step);
  bool passes_lead(Partnerships::Id partner, Reps::Id seller, Needs::Id need,
                   const Foresight& foresight, const sim::Step& step) const;
  void give_lead(Partnerships::Id partner, std::uint64_t ordinal, bool bought,
                 const sim::Step& step);
  void follow_up(const sim::Step& step);
  void pay_referral(const Decision& decision, std::int64_t list, sim::Date day);
  void settle_promises();
  // exits.cpp
  Exit::Quarter quarter_of(Partnerships::Id partner);
  void end_edge(Partnerships::Id partner);
  void withdraw_filing(Opportunities::Id row);
  bool inherit(Contracts::Id contract);
  void add_partner_margin(Firms::Id seller, std::int64_t margin);
  std::int64_t sell_options(const Decision& decision, std::int64_t list, const sim::Step& step);
  bool missell(const Decision& decision, std::int64_t net, const sim::Step& step);
  void note_attendance(const Decision& decision);
  void hold_sales_meetings(const sim::Step& step);
  double margin_of_the_rest() const;
  void know_at_first(Reps::Id rep, double learned);
  void refresh_knowledge(Reps::Id rep, bool anew);
  // partner_management.cpp
  bool program_open() const;
  double recruiting_hazard() const;
  bool invited(Partnerships::Id partner) const;
  bool waits_for_wins(Partnerships::Id partner) const;
  bool wooed(Partnerships::Id partner) const;
  bool never_signs(Partnerships::Id partner) const {  // left out by [program] without
    return left_out_[partner.index()] != 0 && the<Program>().removed == Removed::never_signed;
  }
  void meet_candidate(Partnerships::Id partner, const sim::Step& step);
  void sign_up(Partnerships::Id partner, const sim::Step& step);
  bool manager_takes(Partnerships::Id partner, const sim::Step& step) const;
  bool candidate_signs(Partnerships::Id partner, const sim::Step& step) const;
  void part_with(Partnerships::Id partner);
  void close_edge(Partnerships::Id partner);
  std::int64_t managers_here() const;
  Managers::Id manager_for(Partnerships::Id partner) const;
  void assign_managers();
  double pay_per_revenue(Managers::Id manager, sim::Date today) const;
  void manage(Managers::Id manager, const sim::Step& step);
  void please(Managers::Id manager, const sim::Step& step);
  void pay_bonus(Managers::Id manager, std::int64_t amount);
  PartnerDevelopment::Seen seen_of(Partnerships::Id partner) const;
  std::int64_t candidates_free() const;
  void spread_support(const sim::Step& step);
  void teach_partners(const sim::Step& step);
  void start_partners(const sim::Step& step);
  double overlap_of(Partnerships::Id partner) const;
  std::int64_t pipeline_reported(Role role) const;
  void end_contract(Contracts::Id contract);
  void give_back(Contracts::Id contract, const sim::Step& step);
  // Deals that several claim (claims.cpp).
  bool partners_compete() const;
  double partner_take(double discount, bool held) const;
  Booking::Terms agree(const Decision& decision, std::int64_t list, const sim::Step& step);
  void settle(const Decision& decision, const Booking::Terms& terms, std::int64_t list,
              const sim::Step& step);
  void pay_claims(const Decision& decision, const sim::Step& step);
  void credit_executive(const Decision& decision, std::int64_t net, std::int64_t list,
                        const sim::Step& step);
  void close_registrations(const Decision& decision, const sim::Step& step);
  void take_control(Accounts::Id account, Firms::Id firm);
  void note_clash(Firms::Id partner);
  void note_filing(Needs::Id need, Opportunities::Id row, DealEvent event, double day,
                   DealReason reason);
  void trace(Needs::Id need, DealEvent kind, double day, Firms::Id firm, Reps::Id rep,
             std::int64_t amount, DealReason reason);
  void renew_terms(Contracts::Id contract);
  void open_to_rivals(Opportunities::Id row);
  void compact();
  void keep_trailing_renewals();
  void remember_week(const sim::Step& step);
  void count_hours(Reps::Id rep);
  void follow_directive();
  void plan_ahead(sim::Date today);
  void give_character(Reps::Id rep, const sim::Random& random);
  ByRole<Foresight> foresights() const;
  Firms::Id vendor_firm() const;

  Told told_;

  // Event calendars and what they held this week.
  sim::HazardCalendar arrivals_{1}, ends_{1}, program_calendar_{2};
  sim::Agenda decisions_;
  std::vector<sim::Event> due_;
  std::vector<Needs::Id> fresh_;
  std::vector<Decision> decided_;
  std::vector<Attribution::Claim> claims_;  // on the deal that is being booked
  partnering::Attribution split_;
  sim::Groups<Opportunities, Reps> books_of_reps_;
  Leads::Roster roster_;
  KnownAccounts known_accounts_;
  std::vector<std::uint8_t> left_out_;  // by partnership, of [program] without
  std::vector<Reps::Id> to_come_;       // hired, first day not yet reached
  std::int64_t asked_executives_ = 0, asked_managers_ = 0;
  std::uint64_t executives_ = 0, managers_ever_ = 0;
  Trailing<Partnerships> partner_margins_;
  sim::HazardCalendar quits_{1};
  bool quits_watched_ = false;
  sim::HazardCalendar cancellations_{1};  // by the key of the deal
  bool cancellations_watched_ = false;
  Trailing<Reps> pay_of_year_;
  // Further classes of partners.
  std::vector<Partnership> classes_;  // [0]: the resellers of [program]
  std::vector<std::string> class_names_;
  std::vector<Partnerships::Id> further_partners_;      // active, by key
  std::vector<std::vector<Partnerships::Id>> hearing_;  // of them, by region they may work in
  std::vector<Partnerships::Id> pages_;                 // of marketplaces, listed there or not
  std::vector<Partnerships::Id> campaigners_;           // with a campaign, by key
  std::vector<std::uint64_t> turns_;                    // of round robin, by region
  struct FundsClaim {                                   // for marketing funds
    Partnerships::Id partner;
    std::int64_t funds;
  };
  std::vector<FundsClaim> funds_claims_;
  sim::Agenda pull_backs_, mdf_claims_;  // of opportunities; of funds_claims_
  Trailing<Partnerships> partner_revenue_;
  double awareness_ = 0, minor_per_unit_ = 100;
  std::vector<Reps::Id> seats_;  // who holds each, or comes to hold it
  std::array<std::int64_t, 53> due_history_{}, kept_history_{}, expanded_history_{};
  std::int64_t recorded_contribution_ = 0;
  DynamicPlan executive_programme_, seller_programme_;  // for who plans the whole period
  std::vector<std::string> product_names_;
  int directive_product_ = -1;
  double own_deals_per_push_ = 0;
  std::vector<double> told_in_region_;  // scratch of hear_news
  // Partner management.
  sim::Groups<Partnerships, Managers> portfolios_;
  PartnerDevelopment::Week manager_week_;
  std::vector<double> beliefs_;
  std::vector<Partnerships::Id> chosen_;  // partners, by review or for support
  struct Desk {  // of a manager: what candidates are worth there, and how they are looked at
    planning::Candidates those;
    planning::Screen screen;
  };
  std::vector<Desk> desks_;
  std::int64_t managers_assigned_ = 0, candidates_free_ = 0;
  double meetings_ = 0;  // with candidates, this week
  bool managing_ = false, attending_ = false;
  std::int64_t expected_ = -1, booked_before_ = 0;  // of partners, for the quarter
  int start_week_ = 0, all_weeks_ = 0;
  int week_ = 0, next_week_ = 0;
  sim::Calendar calendar_;
  sim::Random random_;
  mutable AccountMap account_map_;  // like crm_
  mutable int account_map_week_ = -1;
  mutable Crm crm_;  // made when somebody looks, for the week crm_week_
  mutable int crm_week_ = -1;
  mutable Staff staff_;  // made when somebody looks
  mutable Partners partners_;
};

const sim::ModelInfo& info();

// One week, in order. Each line is a mechanism: one file, one [section], one random stream.
inline constexpr std::array phases_of_a_week{
    sim::Phase<World>{"hiring", "people arrive; base salaries of the week",
                      [](World& w, const sim::Step& s) { w.hire(s); }},
    sim::Phase<World>{"quota_setting", "once a fiscal year account executives get new quotas",
                      [](World& w, const sim::Step& s) { w.set_quotas(s); }},
    sim::Phase<World>{"demand", "accounts come to need something",
                      [](World& w, const sim::Step& s) { w.need(s); }},
    sim::Phase<World>{"attention", "which vendors a partner's sellers think of",
                      [](World& w, const sim::Step& s) { w.attend(s); }},
    sim::Phase<World>{"leads", "who may pursue each new need",
                      [](World& w, const sim::Step& s) { w.lead(s); }},
    sim::Phase<World>{"plan_change", "partners change their pay plans",
                      [](World& w, const sim::Step& s) { w.change_partner_plans(s); }},
    sim::Phase<World>{"lead_sharing", "the vendor passes leads on; managers follow promises up",
                      [](World& w, const sim::Step& s) { w.share_leads(s); }},
    sim::Phase<World>{"effort", "reps split their hours by marginal pay",
                      [](World& w, const sim::Step& s) { w.spend_hours(s); }},
    sim::Phase<World>{"joint_calls", "partners' sellers call the vendor's people in",
                      [](World& w, const sim::Step& s) { w.call_together(s); }},
    sim::Phase<World>{"pursuit", "hours move opportunities from stage to stage",
                      [](World& w, const sim::Step& s) { w.pursue(s); }},
    sim::Phase<World>{"registration", "partners register deals; the vendor answers; windows lapse",
                      [](World& w, const sim::Step& s) { w.register_deals(s); }},
    sim::Phase<World>{"engagement", "clashes; who may work on what from now on",
                      [](World& w, const sim::Step& s) { w.engage(s); }},
    sim::Phase<World>{"confusion", "buyers doubt who represents the vendor, and ask it",
                      [](World& w, const sim::Step& s) { w.settle_doubts(s); }},
    sim::Phase<World>{"timing", "deals are pulled in or pushed out at a period's end",
                      [](World& w, const sim::Step& s) { w.move_deals(s); }},
    sim::Phase<World>{"choice", "accounts whose clock rings choose",
                      [](World& w, const sim::Step& s) { w.choose(s); }},
    sim::Phase<World>{"booking", "decided needs close; invoices, credit, ledger",
                      [](World& w, const sim::Step& s) { w.book(s); }},
    sim::Phase<World>{"references", "champions' calls go to the deals they help most",
                      [](World& w, const sim::Step& s) { w.use_references(s); }},
    sim::Phase<World>{"renewal", "contracts that run out are renewed or lost",
                      [](World& w, const sim::Step& s) { w.renew(s); }},
    sim::Phase<World>{"cancellation",
                      "customers cancel; plans take back what was paid for the deal",
                      [](World& w, const sim::Step& s) { w.cancel(s); }},
    sim::Phase<World>{"partner_development", "partner managers split their hours by their pay",
                      [](World& w, const sim::Step& s) { w.develop_partners(s); }},
    sim::Phase<World>{"program", "candidates sign; partners become active",
                      [](World& w, const sim::Step& s) { w.run_program(s); }},
    sim::Phase<World>{"support_capacity", "hours after signing teach partners and start them",
                      [](World& w, const sim::Step& s) { w.support_partners(s); }},
    sim::Phase<World>{"scorecard", "partners are reviewed; the vendor parts with some",
                      [](World& w, const sim::Step& s) { w.review_partners(s); }},
    sim::Phase<World>{"payday", "commission is paid on the paydays of each plan",
                      [](World& w, const sim::Step& s) { w.pay(s); }},
    sim::Phase<World>{"learning", "sales meetings; reps learn and forget",
                      [](World& w, const sim::Step& s) { w.learn(s); }},
    sim::Phase<World>{"turnover", "account executives quit; successors are sought",
                      [](World& w, const sim::Step& s) { w.turn_over(s); }},
    sim::Phase<World>{"trust", "partners demand; both sides hear what became of promises",
                      [](World& w, const sim::Step& s) { w.hear_news(s); }},
    sim::Phase<World>{"exit", "at a quarter's end partnerships are judged, and some end",
                      [](World& w, const sim::Step& s) { w.review_edges(s); }},
    sim::Phase<World>{"reporting", "some reports of open opportunities are audited",
                      [](World& w, const sim::Step& s) { w.report(s); }},
    sim::Phase<World>{"expectation", "the quarter's delivery is planned by what partners report",
                      [](World& w, const sim::Step& s) { w.expect(s); }},
    sim::Phase<World>{"record", "revenue of the week, ledger check, running measures",
                      [](World& w, const sim::Step& s) { w.record(s); }}};
inline constexpr std::span<const sim::Phase<World>> World::week{phases_of_a_week};

}  // namespace ecosystem
