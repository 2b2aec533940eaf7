// SPDX-License-Identifier: Apache-2.0
#pragma once
// Firms on a landscape that a shock changes (SC25; Levinthal 1997). A population of constant size:
//
// each period each firm turns one attribute at random and keeps that if it is better, and may try
// any other form (a long jump), kept if that is better still. Then a firm lives on with chance
// fitness / (fitness of the best), and a newcomer takes the place of one that died: with a form of
// its own, or the form of a firm alive, drawn at random. After `before` periods the contributions
// of some attributes are drawn anew, and those alive at that time are followed for `after` periods.
//
// Luck is keyed by (place, its how-manieth firm) and period: arms share it.

#include <cstdint>

#include "models/ventures/landscape.h"

namespace ventures {

struct Reorientation {
  int attributes = 10;
  int coupling = 0;  // K
  int firms = 100;
  int before = 100, after = 25;  // periods
  int shocked = 3;               // attributes whose contributions are drawn anew; 0: no shock
  double jump_chance = 0;        // that a firm able to tries one in a period, after the shock only
  double able = 1;               // share of firms that are, by lot
  double own_form = 0.1;         // chance that a newcomer copies nobody
  // Whether firms are measured against the best firm there is, or against the best form.
  bool rivals = true;
};

// Of those alive at the shock, after `after` periods.
struct Reoriented {
  struct Group {
    int firms = 0;   // how many they were
    int alive = 0;   // how many are left
    int jumped = 0;  // have changed their form by a long jump, dead or alive
    int jumped_alive = 0;

    double survival() const { return static_cast<double>(alive) / firms; }  // of one or more
  };
  Group able, unable;

  double survival() const {
    return static_cast<double>(able.alive + unable.alive) / (able.firms + unable.firms);
  }
};

struct ReorientationStreams {
  const sim::Stream& landscape;
  const sim::Stream& firm;
};

Reoriented reorient(const Reorientation& rules, const sim::Random& luck,
                    const ReorientationStreams& streams, sim::Key landscape);

}  // namespace ventures
