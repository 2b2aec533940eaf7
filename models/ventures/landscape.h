// SPDX-License-Identifier: Apache-2.0
#pragma once
// How well the parts of a firm fit each other (SC6; Kauffman's NK, Levinthal 1997): N attributes
// of one bit each; what an attribute contributes hangs on itself and on K others drawn at random,
// and is uniform on (0, 1) for each of their 2^(K+1) combinations. Fitness is the mean
// contribution. K = 0: one optimum, uphill by single flips from everywhere. K = N - 1: each form
// has a fitness of its own, 2^N / (N + 1) local optima on average.
//
// A landscape is a function of (luck, stream, key): contributions are drawn when asked for, and
// nothing but the neighbours is stored. `redraw` gives attributes new contributions (a shock of the
// environment, SC25); the how-manieth is part of the key, so that the same shocks in two arms lead
// to the same landscape. The stream must be the landscapes' own. For questions about all forms at
// once (is this an optimum, where is the best), tabulate first.

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/random.h"

namespace ventures {

using Form = std::uint32_t;  // bit i: attribute i

class Landscape {
 public:
  static constexpr int most_attributes = 16;

  // 1 <= attributes <= 16, 0 <= coupling < attributes
  Landscape(const sim::Random& luck, const sim::Stream& stream, sim::Key key, int attributes,
            int coupling);

  sim::Key key() const { return key_; }
  int attributes() const { return attributes_; }
  int coupling() const { return coupling_; }
  Form forms() const { return Form{1} << attributes_; }  // how many there are

  // What the contribution of an attribute hangs on, itself included.
  Form depends_on(int attribute) const { return depends_[index(attribute)]; }
  // Whose contributions change if the attribute does, itself included: K + 1 on average.
  Form affects(int attribute) const { return affects_[index(attribute)]; }

  double contribution(int attribute, Form form) const {
    const std::uint32_t number = redraws_[index(attribute)] << 20 |
                                 static_cast<std::uint32_t>(attribute) << 16 |
                                 (form & depends_on(attribute));
    const sim::Block words = luck_.block(stream_, key_, sim::ever, number);
    return sim::open_uniform(words[0], words[1]);
  }
  double fitness(Form form) const { return sum(all(), form) / attributes_; }

  // Of turning one attribute; looks at what that affects only.
  double gain(Form form, int attribute) const {
    const Form whose = affects(attribute);
    return (sum(whose, form ^ (Form{1} << attribute)) - sum(whose, form)) / attributes_;
  }

  // New contributions of these attributes, one more time (the 4,096th are the first again).
  void redraw(Form attributes) {
    for (Form rest = attributes & all(); rest != 0; rest &= rest - 1)
      ++redraws_[index(std::countr_zero(rest))];
  }
  std::uint32_t redraws(int attribute) const { return redraws_[index(attribute)]; }

  Form all() const { return forms() - 1; }

 private:
  static std::size_t index(int attribute) { return static_cast<std::size_t>(attribute); }
  double sum(Form whose, Form form) const {
    double total = 0;
    for (; whose != 0; whose &= whose - 1) total += contribution(std::countr_zero(whose), form);
    return total;
  }

  sim::Random luck_;
  sim::Stream stream_;
  sim::Key key_;
  int attributes_, coupling_;
  std::array<Form, most_attributes> depends_{}, affects_{};
  std::array<std::uint32_t, most_attributes> redraws_{};
};

// Search. A form keeps what it tries only if that is better.

// Turns the attribute if that gains anything (a small pivot, EQ10).
inline Form tried_flip(const Landscape& land, Form form, int attribute) {
  return land.gain(form, attribute) > 0 ? form ^ (Form{1} << attribute) : form;
}
// Any form at all, all alike (what a long jump tries).
inline Form any_form(const Landscape& land, sim::Draw& draw) { return draw() & land.all(); }
inline Form tried_jump(const Landscape& land, Form form, Form other) {
  return land.fitness(other) > land.fitness(form) ? other : form;
}

// Fitness of every form, by form.
std::vector<double> tabulate(const Landscape& land);
// Forms that no single flip makes better, and the best of all; of such a table.
bool is_optimum(std::span<const double> fitness, Form form);
std::size_t count_optima(std::span<const double> fitness);
Form best_form(std::span<const double> fitness);

}  // namespace ventures
