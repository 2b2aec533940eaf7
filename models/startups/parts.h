// SPDX-License-Identifier: Apache-2.0
#pragma once
// All that a scenario can tell the world of startups, one line per [section], in the order of the
// reference page: who there is (company.h), then the mechanisms, in the order of the week.

#include <string_view>
#include <vector>

#include "models/startups/company.h"
#include "sim/parameters.h"
#include "sim/settings.h"

namespace startups {

template <class P>
struct Part {  // one section
  std::string_view name, meaning;
};

inline constexpr sim::Pack parts{
    Part<Population>{"population", "startups, markets and accounts"},
    Part<Giant>{"giant", "large firms"},
};

// The value of each part, as one arm's settings give it.
class Told {
 public:
  template <class P>
  const P& the() const {
    return static_cast<const One<P>&>(values_).value;
  }
  void read(const sim::Settings& settings) {
    parts.each([&]<class P>(const Part<P>& part) {
      static_cast<One<P>&>(values_).value = settings.get<P>(part.name);
    });
  }

 private:
  template <class P>
  struct One {
    P value;
  };
  template <class... P>
  struct Values : One<P>... {};
  template <class... P>
  static Values<P...> values_of(const sim::Pack<Part<P>...>&);
  decltype(values_of(parts)) values_;
};

inline std::vector<sim::Section> sections() {
  return parts.apply([]<class... P>(const Part<P>&... part) {
    return std::vector<sim::Section>{sim::section<P>(part.name, part.meaning)...};
  });
}

}  // namespace startups
