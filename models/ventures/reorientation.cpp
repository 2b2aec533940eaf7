// SPDX-License-Identifier: Apache-2.0
#include "models/ventures/reorientation.h"

#include <algorithm>

namespace ventures {

namespace {

struct Firm {
  Form form = 0;
  std::uint32_t generation = 0;  // how-manieth in its place
  std::uint8_t able = 0, incumbent = 0, jumped = 0;
};

constexpr sim::Key firm_kind = sim::named("firm on a landscape");

class Population {
 public:
  Population(const Reorientation& rules, const sim::Random& luck,
             const ReorientationStreams& streams, sim::Key key)
      : rules_(rules),
        luck_(luck),
        streams_(streams),
        land_(luck, streams.landscape, key, rules.attributes, rules.coupling),
        fitness_(tabulate(land_)),
        firms_(static_cast<std::size_t>(rules.firms)),
        fate_(firms_.size()) {
    for (std::size_t place = 0; place < firms_.size(); ++place) {
      const sim::Block draw = words(place, 0);
      firms_[place].form = draw[1] & land_.all();
      firms_[place].able = draw[3] < sim::threshold(rules.able);
    }
  }

  // Of period 1, 2, ...
  void live_through(int period, double jump_chance) {
    for (std::size_t place = 0; place < firms_.size(); ++place) {
      const sim::Block draw = words(place, period);
      search(firms_[place], draw, jump_chance);
      fate_[place] = draw[3];
    }
    const double best = bar();
    living_.clear(), dead_.clear();
    for (std::size_t place = 0; place < firms_.size(); ++place) {
      const double chance = fitness_[firms_[place].form] / best;
      (fate_[place] < sim::threshold(chance) ? living_ : dead_).push_back(place);
    }
    for (const std::size_t place : dead_) bury(firms_[place]);
    for (const std::size_t place : dead_) replace(place, period);
  }

  void shock() {
    // Neighbours are random anyway, so the first attributes are as good as any.
    land_.redraw((Form{1} << rules_.shocked) - 1);
    fitness_ = tabulate(land_);
    for (Firm& firm : firms_) {
      firm.incumbent = 1;
      ++group(firm).firms;
    }
  }

  Reoriented result() {
    for (const Firm& firm : firms_) {
      if (!firm.incumbent) continue;
      ++group(firm).alive;
      group(firm).jumped += firm.jumped;
      group(firm).jumped_alive += firm.jumped;
    }
    return total_;
  }

 private:
  // One block holds a period of a firm: attribute to turn, form to jump to, whether, and survival.
  sim::Block words(std::size_t place, int period) const {
    const sim::Key key =
        sim::child(firm_kind, land_.key(), (place << 32) | firms_[place].generation);
    return luck_.block(streams_.firm, key, period);
  }

  double bar() const {
    if (!rules_.rivals) return fitness_[best_form(fitness_)];
    double best = 0;
    for (const Firm& firm : firms_) best = std::max(best, fitness_[firm.form]);
    return best;
  }

  void search(Firm& firm, const sim::Block& words, double jump_chance) const {
    const auto attribute = static_cast<int>(
        static_cast<std::uint64_t>(words[0]) * static_cast<std::uint64_t>(rules_.attributes) >> 32);
    const Form turned = firm.form ^ (Form{1} << attribute), other = words[1] & land_.all();
    if (fitness_[turned] > fitness_[firm.form]) firm.form = turned;
    const bool tries = firm.able && words[2] < sim::threshold(jump_chance);
    if (tries && fitness_[other] > fitness_[firm.form]) {
      firm.form = other;
      firm.jumped = 1;
    }
  }

  Reoriented::Group& group(const Firm& firm) { return firm.able ? total_.able : total_.unable; }
  void bury(const Firm& firm) {
    if (firm.incumbent) group(firm).jumped += firm.jumped;
  }

  void replace(std::size_t place, int period) {
    Firm& firm = firms_[place];
    firm = {.generation = firm.generation + 1};
    const sim::Block draw = words(place, period);
    firm.able = draw[3] < sim::threshold(rules_.able);
    if (living_.empty() || draw[2] < sim::threshold(rules_.own_form))
      firm.form = draw[1] & land_.all();
    else
      firm.form = firms_[living_[static_cast<std::uint64_t>(draw[0]) * living_.size() >> 32]].form;
  }

  const Reorientation& rules_;
  const sim::Random& luck_;
  const ReorientationStreams& streams_;
  Landscape land_;
  std::vector<double> fitness_;
  std::vector<Firm> firms_;
  std::vector<std::uint32_t> fate_;  // of this period, by place
  std::vector<std::size_t> living_, dead_;
  Reoriented total_;
};

}  // namespace

Reoriented reorient(const Reorientation& rules, const sim::Random& luck,
                    const ReorientationStreams& streams, sim::Key landscape) {
  Population population(rules, luck, streams, landscape);
  for (int period = 1; period <= rules.before; ++period) population.live_through(period, 0);
  population.shock();
  for (int period = 1; period <= rules.after; ++period)
    population.live_through(rules.before + period, rules.jump_chance);
  return population.result();
}

}  // namespace ventures
