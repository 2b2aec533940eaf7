// SPDX-License-Identifier: Apache-2.0
#pragma once
// The books of four reps side by side, one in each lane of a vector: how choose() works fast, apart
// from what it decides (week.cpp).

#include "models/contest/model.h"
#include "sim/lanes.h"

namespace contest {

// Four opportunities, one per lane. contest.md's symbols stand in brackets.
struct Offers {
  sim::Lanes skill;        // [k] of the rep
  sim::Lanes rate;         // [rho] shadow rate of the rep
  sim::Lanes fit, weight;  // [g, E]
  sim::Lanes rivals;       // [n]
  sim::Lanes size, own;    // [D], 1 or 0
  sim::Lanes hours;        // [h]
};

class Desk {
 public:
  Desk(World& world, std::size_t first_rep, const double* rates)
      : world_(world),
        first_(first_rep),
        rates_(sim::load(rates)),
        skills_(sim::load(world.reps.skill.data() + first_rep)),
        account_(world.books.account.data() + first_rep * book_size),
        fit_(world.books.fit.data() + first_rep * book_size),
        weight_(world.books.weight.data() + first_rep * book_size),
        rivals_(world.books.rivals.data() + first_rep * book_size),
        size_(world.books.size.data() + first_rep * book_size),
        hours_(world.books.hours.data() + first_rep * book_size),
        own_(world.books.own.data() + first_rep * book_size) {}

  // Each rep gives a week's blocks of hours, each to the opportunity that value(offers) says is the
  // best, whose weight is then weight(offers). Returns the hours spent on partners' products.
  template <class Value, class Weight>
  std::int64_t spend(Value value, Weight weight) {
    sim::Best<book_size> best([&](std::size_t rep, std::size_t at) {
      Offers offers = at_place(at, sim::all_lanes(sim::lane(skills_, rep)),
                               sim::all_lanes(sim::lane(rates_, rep)));
      offers.weight = sim::load(weight_, at);
      return value(offers);
    });
    std::int64_t on_partners = 0;
    for (int block = 0; block < blocks_per_week; ++block) {
      const sim::Places at = best.largest();
      for (const std::uint32_t place : at) {
        hours_[place] += hours_per_block;
        on_partners += own_[place] ? 0 : hours_per_block;
      }
      Offers offers = at_place(at, skills_, rates_);
      offers.fit = sim::load(fit_, at);
      offers.weight = weight(offers);
      best.replace_largest(value(offers));
      publish(offers.weight, at);
    }
    return on_partners;
  }

 private:
  // `at` is the first of four places in a row, or four places.
  template <class At>
  Offers at_place(const At& at, sim::Lanes skill, sim::Lanes rate) const {
    Offers offers;
    offers.skill = skill;
    offers.rate = rate;
    offers.rivals = sim::load(rivals_, at);
    offers.size = sim::load(size_, at);
    offers.own = sim::load(own_, at);
    offers.hours = sim::load(hours_, at);
    return offers;
  }
  void publish(sim::Lanes weight, const sim::Places& at) {
    sim::store(weight, weight_, at);
    for (std::size_t i = 0; i < sim::lanes; ++i) {
      const Reps::Id rep(first_ + i);
      world_.claims[world_.reps.firm[rep]][account_[at[i]]] = weight_[at[i]];
    }
  }

  World& world_;
  std::size_t first_;
  sim::Lanes rates_, skills_;
  const Accounts::Id* account_;
  const float* fit_;
  float* weight_;
  const float* rivals_;
  const std::int32_t* size_;
  std::int32_t* hours_;
  const std::uint8_t* own_;
};

}  // namespace contest
