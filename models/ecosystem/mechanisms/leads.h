// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who may pursue a new need: the account executive whose account it is, and one seller of each
// active partner of the region that knows the account.
//
// An account belongs to the account executive with the highest hash of (rep, account) among those
// at work in its cell of region x vertical x function, or in its region if that cell has nobody
// (rendezvous hashing): one more person takes accounts from all in equal
// parts and moves no other account. The same rule picks the seller within a partner.

#include <string>
#include <vector>

#include "models/ecosystem/company.h"
#include "models/ecosystem/known_accounts.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Leads {
  double partner_reach = 0.15;
  std::string known_accounts;
  static constexpr auto fields = sim::Pack{
      sim::field(
          &Leads::partner_reach,
          {.name = "partner_reach",
           .unit = "share",
           .meaning = "share of a region's accounts that a partner knows, independent of others",
           .low = .05,
           .high = .3,
           .distribution = Distribution::uniform,
           .min = 0,
           .max = 1,
           .source = "SB3",
           .role = sim::Role::uncertainty}),
      sim::field(&Leads::known_accounts,
                 {.name = "known_accounts",
                  .unit = "file",
                  .meaning = "CSV file (its path, from this file's folder) that says which partner "
                             "knows which account: columns account, partner, status (prospect or "
                             "customer); empty: by chance, partner_reach",
                  .source = "M27",
                  .role = sim::Role::structural})};

  // People at work, by region, executives also by cell; kept up to date by hiring and program.
  struct Roster {
    std::vector<std::vector<Reps::Id>> executives, of_cell;
    std::vector<std::vector<Partnerships::Id>> partners;
  };

  // Adds the opportunities of each fresh need, next to each other. `closed(need)`: nobody but who
  // comes last may sell there; `more(need)` adds those of further partners (partnership.h,
  // lead_sharing.h).
  template <class Closed, class More>
  void operator()(Needs& needs, Opportunities& opportunities, const std::vector<Needs::Id>& fresh,
                  const Accounts& accounts, const Reps& reps, const Firms& firms,
                  const Partnerships& partnerships, const Roster& roster,
                  const KnownAccounts& known, const sim::Step& step, const Closed& closed,
                  const More& more) const {
    for (const Needs::Id need : fresh) {
      needs.first_opportunity[need] = Opportunities::Id(opportunities.size());
      if (closed(need)) {
        more(need);
        continue;
      }
      const Accounts::Id account = needs.account[need];
      const std::uint32_t region = accounts.region[account];
      const sim::Key account_key = accounts.key(account);
      if (const Reps::Id executive = owner(roster, accounts, account, reps))
        open(opportunities, needs, need, executive, reps);
      const auto bring = [&](Partnerships::Id partner) {
        const sim::Key firm = firms.key(partnerships.partner[partner]);
        if (missed(partnerships.inattention[partner], sim::pair(firm, needs.key(need)), step))
          return;
        open(opportunities, needs, need, seller_of(partnerships, partner, reps, account_key), reps);
      };
      if (known.given()) {
        for (const KnownAccounts::Entry& entry : known.of(account.index()))
          if (const Partnerships::Id partner(entry.partner);
              partnerships.terms[partner] == 0 &&
              partnerships.status[partner] == PartnershipStatus::active)
            bring(partner);
      } else {
        for (const Partnerships::Id partner : roster.partners[region])
          if (knows(partnerships, firms, partner, account_key, step.random())) bring(partner);
      }
      more(need);
    }
  }

  // Whether a partner knows an account of its region by chance: without a file that says it.
  bool knows(const Partnerships& partnerships, const Firms& firms, Partnerships::Id partner,
             sim::Key account, const sim::Random& random) const {
    const sim::Key firm = firms.key(partnerships.partner[partner]);
    return random.draw(streams::of("leads"), sim::pair(firm, account))
        .bernoulli(partner_reach * (1 + partnerships.reach_premium[partner]));
  }

  // Whose account it is, of the executives at work there; none if there is nobody.
  static Reps::Id owner(const Roster& roster, const Accounts& accounts, Accounts::Id account,
                        const Reps& reps) {
    const auto& own = roster.of_cell[accounts.cell[account]];
    const auto& people = own.empty() ? roster.executives[accounts.region[account]] : own;
    if (!accounts.direct[account] || people.empty()) return Reps::Id::none();
    return highest(people, reps, accounts.key(account));
  }

  // Does a partner with many vendors not think of this one (attention.h)?
  static bool missed(double chance, sim::Key of, const sim::Step& step) {
    return chance > 0 && step.draw_once(streams::of("attention"), of).uniform() < chance;
  }

  static Opportunities::Id open(Opportunities& opportunities, Needs& needs, Needs::Id need,
                                Reps::Id rep, const Reps& reps) {
    const auto row = opportunities.add(sim::pair(needs.key(need), reps.key(rep)));
    opportunities.need[row] = need;
    opportunities.rep[row] = rep;
    opportunities.product[row] = needs.product[need];
    opportunities.engaged_day[row] = never;
    ++needs.opportunities[need];
    return row;
  }

  static Reps::Id highest(const std::vector<Reps::Id>& people, const Reps& reps, sim::Key account) {
    Reps::Id best = people.front();
    sim::Key most{};
    for (const Reps::Id rep : people)
      if (const sim::Key key = sim::pair(reps.key(rep), account); key > most) {
        most = key;
        best = rep;
      }
    return best;
  }

  // The seller of a partner who looks after an account.
  static Reps::Id seller_of(const Partnerships& partnerships, Partnerships::Id partner,
                            const Reps& reps, sim::Key account) {
    Reps::Id best = partnerships.first_seller[partner];
    sim::Key most{};
    for (std::uint32_t s = 0; s < partnerships.sellers[partner]; ++s) {
      const Reps::Id rep(partnerships.first_seller[partner].index() + s);
      if (const sim::Key key = sim::pair(reps.key(rep), account); key > most) {
        most = key;
        best = rep;
      }
    }
    return best;
  }
};

}  // namespace ecosystem
