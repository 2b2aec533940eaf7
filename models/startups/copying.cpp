// SPDX-License-Identifier: Apache-2.0
// Large firms that copy what they need of a partner (F7).
#include "models/startups/model.h"

namespace startups {

// What the product itself brings the firm; customers who ask for it are not its need.
double World::resentment(Dealings::Id id) const {
  if (!dealings.partners(id)) return 0;
  return the<Copying>().resentment(dealings.worth[id] - dealings.pull[id], dealings.knowledge[id]);
}

void World::copy_products(const sim::Step& step) {
  if (the<Copying>().rate == 0) return;
  for (const std::uint32_t row : dealings.by_key()) {
    const Dealings::Id id(row);
    if (dealings.decision[id] != Decision::open) continue;  // built or bought otherwise
    if (dealings.trying[id])
      go_on_copying(id, step);
    else
      begin_to_copy(id);
  }
}

void World::begin_to_copy(Dealings::Id id) {
  dealings.to_copy[id] -= the<Copying>().rate * resentment(id) / weeks_per_year;
  if (dealings.to_copy[id] > 0) return;
  dealings.trying[id] = 1;
  dealings.copied[id] = 0;
  ++dealings.tries[id];
}

// What has been begun is finished, also after the partnership. A product needs one to be copied:
// nobody enters with the product of a startup that is gone.
void World::go_on_copying(Dealings::Id id, const sim::Step& step) {
  const double weeks = the<BuildOrBuy>().weeks_to_build(dealings.knowledge[id]);
  dealings.copied[id] += weeks > 1 ? 1 / weeks : 1;
  if (dealings.copied[id] < 1) return;
  dealings.trying[id] = 0;
  const bool works =
      luck_of_copy(id, step, dealings.tries[id] - 1).success < the<Copying>().replicability;
  dealings.to_copy[id] = luck_of_copy(id, step, dealings.tries[id]).threshold;
  if (!works || !startups.runs(dealings.from[id])) return;
  dealings.decision[id] = Decision::build;
  dealings.decided[id] = step.week();
  dealings.ready[id] = 1;
  enter(id, step.week());
}

// Of the try after so many.
World::CopyLuck World::luck_of_copy(Dealings::Id id, const sim::Step& step,
                                    std::int64_t tries) const {
  sim::Draw draw =
      step.random().draw(streams::of("copying"), dealings.key(id), static_cast<int>(tries));
  const double threshold = draw.exponential();
  const double success = draw.uniform();
  return {threshold, success};
}

}  // namespace startups
