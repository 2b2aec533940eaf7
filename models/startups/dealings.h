// SPDX-License-Identifier: Apache-2.0
#pragma once
// What has been between a startup and a large firm since they first signed: more than the
// partnership (state.h, Programs), because what has leaked stays leaked, what is being built goes on
// being built, and a firm that entered stays. A row is never retired. Keyed as the pair is.

#include <cstdint>

#include "models/startups/state.h"

namespace startups {

enum class Decision : std::uint8_t { open, build, buy, drop };  // of the firm about the startup

struct Dealings : sim::Edges<Dealings, Startups, Giants> {
  // What was agreed, and how far it got.
  Column<Kind> kind;
  Column<Interface> interface_kind;
  Column<std::uint8_t> partners;    // 1 while they are
  Column<std::int64_t> since;       // week of the first signing
  Column<double> share;             // [0, 1] of what it could show, that the startup shows
  Column<double> hours;             // of the firm, this week
  Column<double> work, project;     // hours done of those that the joint project takes
  Column<std::int64_t> integrated;  // week in which it was finished, -1
  Column<double> complementarity;   // [0, 1]
  // What the firm knows and weighs. Money in minor units a year.
  Column<double> knowledge;   // [0, 1] of the startup's product
  Column<double> importance;  // of the startup's field to the firm, over a usual one
  Column<double> in_base;     // the startup's revenue from accounts in the firm's base
  Column<double> uplift, pull, worth;
  // Build, buy, drop: hazards used up so far, and what was decided.
  Column<double> to_build, to_buy, to_drop;  // thresholds left
  Column<Decision> decision;
  Column<std::int64_t> decided, entered;  // weeks, -1
  Column<double> ready;                   // [0, 1] of what it builds
  Column<double> quality;                 // of what it built
  Column<std::uint8_t> free;              // given away
  // Turning, signals, access.
  Column<std::int64_t> turned, revoked, ported;  // weeks, -1
  Column<double> to_revocation;                  // threshold left
  Column<std::int64_t> meetings, friendly;       // quarters, and those with a friendly signal
  Column<std::uint8_t> guarded;                  // the startup is on its guard
  Column<std::uint8_t> said, used;               // in public; by itself
  Column<std::int64_t> refused, reversed;        // weeks of a refusal, of its reversal, -1
  // Who got what, cents ever. taken: yearly fees of customers who went over to the firm.
  Column<std::int64_t> paid, taken, saved;
  Column<double> expected;  // revenue a year that the startup believed in when it signed

  static constexpr auto columns = sim::Pack{
      &Dealings::kind,       &Dealings::interface_kind, &Dealings::partners,
      &Dealings::since,      &Dealings::share,          &Dealings::hours,
      &Dealings::work,       &Dealings::project,        &Dealings::integrated,
      &Dealings::complementarity, &Dealings::knowledge, &Dealings::importance,
      &Dealings::in_base,    &Dealings::uplift,         &Dealings::pull,
      &Dealings::worth,      &Dealings::to_build,       &Dealings::to_buy,
      &Dealings::to_drop,    &Dealings::decision,       &Dealings::decided,
      &Dealings::entered,    &Dealings::ready,          &Dealings::quality,
      &Dealings::free,       &Dealings::turned,         &Dealings::revoked,
      &Dealings::ported,     &Dealings::to_revocation,  &Dealings::meetings,
      &Dealings::friendly,   &Dealings::guarded,        &Dealings::said,
      &Dealings::used,       &Dealings::refused,        &Dealings::reversed,
      &Dealings::paid,       &Dealings::taken,          &Dealings::saved,
      &Dealings::expected};

  bool blocked(Id id) const { return revoked[id] >= 0 && ported[id] < 0; }
  bool works(Id id) const { return integrated[id] >= 0 && !blocked(id); }
};

}  // namespace startups
