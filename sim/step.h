// SPDX-License-Identifier: Apache-2.0
#pragma once
// One week of simulated time as a mechanism sees it: when it is, how to draw, and how to visit
// every row of a table in parallel.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/calendar.h"
#include "sim/random.h"
#include "sim/scratch.h"
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
  // The same of a part of the row (a place in its book), apart from all other parts.
  template <class Owner>
  Draw draw(const Stream& stream, const Table<Owner>& table, Id<Owner> id,
            std::uint32_t part) const {
    return random_->draw_part(stream, table.key(id), week_, part);
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

  // visit(begin, end) for chunks of rows, for mechanisms that work on whole columns. Chunks begin
  // at multiples of `rows`, whatever the number of threads.
  template <class Owner, class Visit>
  void each_rows(const Table<Owner>& table, Visit visit, std::size_t rows = chunk_rows) const {
    each_chunk(*workers_, table.size(), visit, rows);
  }

  // The same, and what the chunks count on the way: visit(begin, end, total) adds to a Total of its
  // own, and the Totals are added up (+=) in order of rows.
  template <class Total, class Owner, class Visit>
  Total total(const Table<Owner>& table, Visit visit, std::size_t rows = chunk_rows) const {
    std::vector<Total> parts((table.size() + rows - 1) / rows);
    each_chunk(
        *workers_, table.size(),
        [&](std::size_t begin, std::size_t end) {
          Total part{};  // on the stack: neighbouring parts would share a cache line
          visit(begin, end, part);
          parts[begin / rows] = part;
        },
        rows);
    Total sum{};
    for (const Total& part : parts) sum += part;
    return sum;
  }

  // Batches for hot loops: this week's first word, or number below n, of rows [begin, end).
  template <class Owner>
  void fill_words(const Stream& stream, const Table<Owner>& table, std::size_t begin,
                  std::span<std::uint32_t> out) const {
    random_->fill_words(stream, table.keys().subspan(begin, out.size()), week_, out);
  }
  template <class Owner>
  void fill_below(const Stream& stream, const Table<Owner>& table, std::size_t begin,
                  std::uint32_t n, std::span<std::uint32_t> out) const {
    random_->fill_below(stream, table.keys().subspan(begin, out.size()), week_, n, out);
  }
  // The same on the stack, at most `most` rows: this week's first word of rows [begin, end), or
  // first uniform number of any rows.
  template <std::size_t most, class Owner>
  Scratch<std::uint32_t, most> words(const Stream& stream, const Table<Owner>& table,
                                     std::size_t begin, std::size_t end) const {
    return Scratch<std::uint32_t, most>(
        end - begin, [&](std::span<std::uint32_t> out) { fill_words(stream, table, begin, out); });
  }
  template <std::size_t most, class Owner, std::size_t most_ids>
  Scratch<double, most> uniforms(const Stream& stream, const Table<Owner>& table,
                                 const Scratch<Id<Owner>, most_ids>& ids) const {
    return Scratch<double, most>(ids.size(), [&](std::span<double> out) {
      Scratch<Key, 64> keys;  // enough for the batch to run at full speed
      for (std::size_t i = 0; i < ids.size(); i += keys.size()) {
        keys.clear();
        for (std::size_t k = i; k < ids.size() && keys.size() < 64; ++k)
          keys.push(table.key(ids[k]));
        random_->fill_uniform(stream, keys, week_, out.subspan(i, keys.size()));
      }
    });
  }

 private:
  int week_;
  const Calendar* calendar_;
  const Random* random_;
  const Workers* workers_;
};

}  // namespace sim
