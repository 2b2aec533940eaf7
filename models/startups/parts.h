// SPDX-License-Identifier: Apache-2.0
#pragma once
// All that a scenario can tell the world of startups, one line per [section], in the order of the
// reference page: who there is (company.h), then the mechanisms, in the order of the week.

#include <cstdint>
#include <string_view>
#include <vector>

#include "models/startups/company.h"
#include "models/startups/mechanisms/acquisition.h"
#include "models/startups/mechanisms/attention.h"
#include "models/startups/mechanisms/bias.h"
#include "models/startups/mechanisms/build_or_buy.h"
#include "models/startups/mechanisms/closing.h"
#include "models/startups/mechanisms/competition.h"
#include "models/startups/mechanisms/cooperation.h"
#include "models/startups/mechanisms/copying.h"
#include "models/startups/mechanisms/defection.h"
#include "models/startups/mechanisms/demand.h"
#include "models/startups/mechanisms/deployment.h"
#include "models/startups/mechanisms/endorsement.h"
#include "models/startups/mechanisms/funding.h"
#include "models/startups/mechanisms/interfaces.h"
#include "models/startups/mechanisms/introductions.h"
#include "models/startups/mechanisms/leak.h"
#include "models/startups/mechanisms/learning.h"
#include "models/startups/mechanisms/message.h"
#include "models/startups/mechanisms/multiplier.h"
#include "models/startups/mechanisms/optics.h"
#include "models/startups/mechanisms/partnering.h"
#include "models/startups/mechanisms/pivot.h"
#include "models/startups/mechanisms/platform_entry.h"
#include "models/startups/mechanisms/program.h"
#include "models/startups/mechanisms/projects.h"
#include "models/startups/mechanisms/pull.h"
#include "models/startups/mechanisms/race.h"
#include "models/startups/mechanisms/rights.h"
#include "models/startups/mechanisms/runway.h"
#include "models/startups/mechanisms/selling.h"
#include "models/startups/mechanisms/stake.h"
#include "models/startups/mechanisms/strategy.h"
#include "models/startups/mechanisms/turning.h"
#include "models/startups/mechanisms/updates.h"
#include "sim/parameters.h"
#include "sim/settings.h"

namespace startups {

inline constexpr double week_in_years = 1 / weeks_per_year;
// An amount in cents, as formulas want it.
constexpr double money(std::int64_t cents) { return static_cast<double>(cents); }

template <class P>
struct Part {  // one section
  std::string_view name, meaning;
};

inline constexpr sim::Pack parts{
    Part<Population>{"population", "startups, markets and accounts"},
    Part<Giant>{"giant", "large firms"},
    Part<Demand>{"demand", "when accounts look for something"},
    Part<Selling>{"selling", "who meets whom, and whom accounts choose"},
    Part<Learning>{"learning", "what startups make of what they hear"},
    Part<Bias>{"bias", "what founders think partners will do for them"},
    Part<Partnering>{"partnering", "who offers to partner with whom"},
    Part<Introductions>{"introductions", "what a live partnership brings"},
    Part<Projects>{"projects", "what a partnership takes"},
    Part<Defection>{"defection", "turning on a partner"},
    Part<Runway>{"runway", "cash, costs and people"},
    Part<Funding>{"funding", "rounds from investors"},
    Part<Endorsement>{"endorsement", "what a prominent partner's name is worth"},
    Part<Strategy>{"strategy", "what makes a product fit its market"},
    Part<Pivot>{"pivot", "when a startup changes what it is"},
    Part<Closing>{"closing", "startups that close for other reasons than money"},
    Part<Acquisition>{"acquisition", "startups that are bought"},
    Part<Program>{"program", "whom startups set out to sign, and on what terms"},
    Part<Stake>{"stake", "what a startup is to a large firm"},
    Part<Attention>{"attention", "hours of large firms for their partners"},
    Part<Leak>{"leak", "what large firms learn of their partners' products"},
    Part<BuildOrBuy>{"build_or_buy", "build, buy or let lie"},
    Part<Copying>{"copying", "large firms that copy what they need of a partner"},
    Part<PlatformEntry>{"platform_entry", "owners of platforms who enter complements' spaces"},
    Part<Competition>{"competition", "large firms' own products against startups"},
    Part<Turning>{"turning", "large firms that turn on partners, and the signals before"},
    Part<Interfaces>{"interfaces", "access that can be taken away, and what porting costs"},
    Part<Optics>{"optics", "what logos bring a large firm"},
    Part<Message>{"message", "what a large firm says of a partner in public"},
    Part<Pull>{"pull", "customers who ask a large firm to work with a startup"},
    Part<Multiplier>{"multiplier", "service firms, and what customers buy around a product"},
    Part<Deployment>{"deployment", "joint projects that fail, and who mends them"},
    Part<Cooperation>{"cooperation", "whether a startup expects to gain by a large firm"},
    Part<Rights>{"rights", "how far the law protects what startups make"},
    Part<Race>{"race", "what startups learn from large firms, and when they leave"},
    Part<Updates>{"updates", "major updates of startups' products"},
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
