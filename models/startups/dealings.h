// SPDX-License-Identifier: Apache-2.0
#pragma once
// What has been between a startup and a large firm since they first signed: more than the
// partnership (state.h, Programs), because what has leaked stays leaked, what is being built goes
// on being built, and a firm that entered stays. A row is never retired. Keyed as the pair is.

#include <cstdint>

#include "models/startups/state.h"

namespace startups {

enum class Decision : std::uint8_t { open, build, buy, drop };  // of the firm about the startup

struct Dealings : sim::Edges<Dealings, Startups, Giants> {
  // What was agreed. `program`: of the partnership while it lasts, else none.
  Column<Programs::Id> program;
  Column<Kind> kind;
  Column<Interface> interface_kind;
  Column<std::int64_t> since;              // week of the first signing, -1 before
  Column<std::int64_t> refused, reversed;  // weeks of a refusal, and of its reversal, -1
  Column<std::uint8_t> clashes;            // the product contradicts how the firm positions its own
  Column<std::int64_t> joint;              // customers that came through the last partnership
  Column<double> share;                    // [0, 1] of what it could show, that the startup shows
  Column<double> hours;                    // of the firm, this week
  // What the firm knows and weighs; money in cents a year.
  Column<double> knowledge;      // [0, 1] of the startup's product
  Column<double> learned;        // [0, 1] of what the startup came to learn
  Column<std::int64_t> left;     // week in which it left, having learned it, -1
  Column<double> importance;     // of the startup's field to the firm, over a usual one
  Column<double> effort;         // work of selling the product, over a usual one
  Column<std::int64_t> in_base;  // the startup's revenue from accounts in the firm's base
  Column<std::int64_t> fees;     // and what of it came through the firm
  Column<double> exposed;        // what those accounts pay the firm, at risk by the gap they saw
  Column<double> uplift, pull, worth;
  // Build, buy, drop: what is left of the thresholds, and what was decided.
  Column<double> to_build, to_buy, to_drop;
  Column<Decision> decision;
  Column<std::int64_t> decided;  // week, -1
  Column<double> ready;          // [0, 1] of what it builds
  // Copying: threshold left of the next try; of a try under way what is done; tries ever.
  Column<double> to_copy, copied;
  Column<std::uint8_t> trying;
  Column<std::int64_t> tries;
  // Turning, signals, access.
  Column<std::int64_t> turned, revoked, ported;  // weeks, -1
  Column<double> to_revocation;                  // threshold left
  Column<std::int64_t> friendly;                 // friendly signals ever
  Column<std::uint8_t> gains;                    // by its own figures, turning would pay the firm
  Column<std::uint8_t> guarded;                  // the startup is on its guard
  Column<std::uint8_t> said;                     // the firm speaks of the startup in public
  // Who got what, cents ever. taken: yearly fees of customers who went over to it as it turned.
  Column<std::int64_t> paid, taken, saved;
  Column<std::int64_t> expected;  // cents a year, that the startup believed in when it signed

  static constexpr auto columns =
      sim::Pack{&Dealings::program,       &Dealings::kind,      &Dealings::interface_kind,
                &Dealings::since,         &Dealings::joint,     &Dealings::refused,
                &Dealings::reversed,      &Dealings::clashes,   &Dealings::share,
                &Dealings::hours,         &Dealings::knowledge, &Dealings::importance,
                &Dealings::in_base,       &Dealings::exposed,   &Dealings::fees,
                &Dealings::uplift,        &Dealings::pull,      &Dealings::worth,
                &Dealings::to_build,      &Dealings::to_buy,    &Dealings::to_drop,
                &Dealings::decision,      &Dealings::decided,   &Dealings::ready,
                &Dealings::turned,        &Dealings::revoked,   &Dealings::ported,
                &Dealings::to_revocation, &Dealings::friendly,  &Dealings::gains,
                &Dealings::guarded,       &Dealings::said,      &Dealings::paid,
                &Dealings::taken,         &Dealings::saved,     &Dealings::expected,
                &Dealings::to_copy,       &Dealings::copied,    &Dealings::trying,
                &Dealings::tries,         &Dealings::effort,    &Dealings::learned,
                &Dealings::left};

  bool partners(Id id) const { return bool(program[id]); }
  bool blocked(Id id) const { return revoked[id] >= 0 && ported[id] < 0; }
};

// A large firm's own product in a market of startups, once it is there.
struct Entrants : sim::Table<Entrants> {
  Column<Giants::Id> giant;
  Column<Markets::Id> market;
  Column<std::int64_t> since;
  Column<double> quality;          // as a startup's fit x maturity
  Column<std::uint8_t> free;       // given away
  Column<std::int64_t> customers;  // ever won: needs met and contracts taken over
  Column<std::int64_t> fees;       // cents a year of those, if it charges
  static constexpr auto columns =
      sim::Pack{&Entrants::giant, &Entrants::market,    &Entrants::since, &Entrants::quality,
                &Entrants::free,  &Entrants::customers, &Entrants::fees};
};

// An account that asks a large firm to work with a startup.
struct Asks : sim::Table<Asks> {
  Column<Dealings::Id> dealing;
  Column<Accounts::Id> account;
  Column<std::int64_t> renews;  // quarter of the year in which its contract with the firm comes up
  Column<double> spend;         // what it pays the firm, cents a year
  static constexpr auto columns =
      sim::Pack{&Asks::dealing, &Asks::account, &Asks::renews, &Asks::spend};
};

// A large firm's platform, row by row those of giants.
struct Platforms : sim::Table<Platforms> {
  Column<double> taken_up;      // share of the base that has the new platform
  Column<std::int64_t> logos;   // shown this week
  Column<std::int64_t> gain;    // cents a year more that its base spends: given-away functions,
                                // customers taken over, finished projects, the new platform
  Column<std::int64_t> gained;  // cents ever
  static constexpr auto columns =
      sim::Pack{&Platforms::taken_up, &Platforms::logos, &Platforms::gain, &Platforms::gained};
};

}  // namespace startups
