// SPDX-License-Identifier: Apache-2.0
#pragma once
// One week of simulated time as a mechanism sees it: when it is, how to draw, and how to visit
// every row of a table in parallel.

#include <cstddef>

#include "sim/calendar.h"
#include "sim/random.h"
#include "sim/table.h"
#include "sim/workers.h"

namespace sim {

class Step {
 public:
  Step(int week, const Calendar& calendar, const Random& random, const Workers& workers)
      : week_(week), calendar_(&calendar), random_(&random), workers_(&workers) {}

  int week() const { return week_; }  // since the first simulated week, warm-up included
  const Calendar& calendar() const { return *calendar_; }
  const Random& random() const { return *random_; }
  const Workers& workers() const { return *workers_; }

  // This week's draws of a row, or of anything with a key.
  template <class Owner>
  Draw draw(const Stream& stream, const Table<Owner>& table, Id<Owner> id) const {
    return draw(stream, table.key(id));
  }
  Draw draw(const Stream& stream, Key key) const { return random_->draw(stream, key, week_); }
  // Draws made once in the life of whatever the key names.
  Draw draw_once(const Stream& stream, Key key) const { return random_->draw(stream, key); }

  // visit(id) for every living row; rows are visited in parallel, so visit writes its own row only.
  template <class Owner, class Visit>
  void each(const Table<Owner>& table, Visit visit) const {
    each_chunk(*workers_, table.size(), [&](std::size_t begin, std::size_t end) {
      for (std::size_t row = begin; row < end; ++row)
        if (const Id<Owner> id(row); table.alive(id)) visit(id);
    });
  }

  // visit(begin, end) for chunks of rows, for mechanisms that work on whole columns.
  template <class Owner, class Visit>
  void each_rows(const Table<Owner>& table, Visit visit) const {
    each_chunk(*workers_, table.size(), visit);
  }

 private:
  int week_;
  const Calendar* calendar_;
  const Random* random_;
  const Workers* workers_;
};

}  // namespace sim
