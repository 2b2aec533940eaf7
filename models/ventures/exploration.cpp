// SPDX-License-Identifier: Apache-2.0
#include "models/ventures/exploration.h"

#include <cstdint>
#include <vector>

#include "sim/math.h"

namespace ventures {

namespace {

using Belief = std::int8_t;

constexpr sim::Key reality_kind = sim::named("reality of an organisation"),
                   code_kind = sim::named("code of an organisation"),
                   person_kind = sim::named("person of an organisation");

class Organisation {
 public:
  Organisation(const Exploration& rules, const sim::Random& luck, const sim::Stream& stream,
               sim::Key key)
      : rules_(rules),
        luck_(luck),
        stream_(stream),
        key_(key),
        reality_(size(rules.dimensions)),
        code_(reality_.size(), 0),
        beliefs_(size(rules.people) * reality_.size()) {
    sim::Draw draw = of(reality_kind, 0, 0);
    for (Belief& value : reality_) value = draw.bernoulli(0.5) ? 1 : -1;
    for (std::size_t person = 0; person < people(); ++person) {
      sim::Draw own = of(person_kind, person, 0);
      believe_anything(person, own);
    }
  }

  // Period 1, 2, ...
  void live_through(int period) {
    const std::vector<Belief> before = code_;
    teach_code(period);
    for (std::size_t person = 0; person < people(); ++person) socialise(person, period, before);
    sim::Draw draw = of(reality_kind, 0, period);
    for (Belief& value : reality_)
      if (draw.bernoulli(rules_.turbulence)) value = static_cast<Belief>(-value);
  }

  Explored knowledge() const {
    Explored known{.code = share(known_by(code_.data()))};
    for (std::size_t person = 0; person < people(); ++person)
      known.people += share(known_by(of(person))) / static_cast<double>(people());
    return known;
  }

 private:
  static std::size_t size(int count) { return static_cast<std::size_t>(count); }
  std::size_t people() const { return size(rules_.people); }
  sim::Draw of(sim::Key kind, std::size_t place, int period) const {
    return luck_.draw(stream_, sim::child(kind, key_, place), period);
  }
  const Belief* of(std::size_t person) const { return &beliefs_[person * reality_.size()]; }
  Belief* of(std::size_t person) { return &beliefs_[person * reality_.size()]; }

  void believe_anything(std::size_t person, sim::Draw& draw) {
    for (std::size_t i = 0; i < reality_.size(); ++i)
      of(person)[i] = static_cast<Belief>(static_cast<int>(draw.below(3)) - 1);
  }

  // Dimensions believed as they are.
  int known_by(const Belief* beliefs) const {
    int known = 0;
    for (std::size_t i = 0; i < reality_.size(); ++i) known += beliefs[i] == reality_[i];
    return known;
  }
  double share(int known) const { return static_cast<double>(known) / rules_.dimensions; }

  void teach_code(int period) {
    const int known = known_by(code_.data());
    superior_.clear();
    for (std::size_t person = 0; person < people(); ++person)
      if (known_by(of(person)) > known) superior_.push_back(person);
    sim::Draw draw = of(code_kind, 0, period);
    for (std::size_t i = 0; i < code_.size(); ++i) {
      const double u = draw.uniform();
      int yes = 0, no = 0, same = 0;
      for (const std::size_t person : superior_) {
        yes += of(person)[i] == 1;
        no += of(person)[i] == -1;
        same += of(person)[i] == code_[i];
      }
      const int more = static_cast<int>(superior_.size()) - 2 * same;  // differ less agree
      if (more <= 0 || yes == no) continue;
      const Belief prevails = yes > no ? 1 : -1;
      if (u < 1 - sim::pow(1 - rules_.code_learning, more)) code_[i] = prevails;
    }
  }

  // Learns from the code as it was, and may leave. Draws are as many whatever comes of them.
  void socialise(std::size_t person, int period, const std::vector<Belief>& code) {
    sim::Draw draw = of(person_kind, person, period);
    for (std::size_t i = 0; i < code.size(); ++i) {
      const bool learns = draw.bernoulli(rules_.learning);
      if (learns && code[i] != 0) of(person)[i] = code[i];
    }
    if (draw.bernoulli(rules_.turnover)) believe_anything(person, draw);
  }

  const Exploration& rules_;
  const sim::Random& luck_;
  const sim::Stream& stream_;
  sim::Key key_;
  std::vector<Belief> reality_, code_, beliefs_;  // beliefs_: person by person
  std::vector<std::size_t> superior_;
};

}  // namespace

Explored explore(const Exploration& rules, const sim::Random& luck, const sim::Stream& stream,
                 sim::Key organisation) {
  Organisation firm(rules, luck, stream, organisation);
  for (int period = 1; period <= rules.periods; ++period) firm.live_through(period);
  return firm.knowledge();
}

}  // namespace ventures
