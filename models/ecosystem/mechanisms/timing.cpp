// SPDX-License-Identifier: Apache-2.0
#include "models/ecosystem/mechanisms/timing.h"

#include <algorithm>
#include <optional>

namespace ecosystem {
namespace {

// What a need's most advanced seller earns by it in this period and the next.
struct Moment {
  double now = 0, next = 0, weeks_left = 0;
};

class Mover {
 public:
  Mover(const Timing& about, Needs& needs, const Opportunities& opportunities, const Reps& reps,
        const ByRole<const Foresight&>& foresights, const sim::Step& step)
      : about_(about),
        needs_(needs),
        opportunities_(opportunities),
        reps_(reps),
        foresights_(foresights),
        step_(step) {}

  bool ready(Opportunities::Id row) const {
    return opportunities_.engaged_day[row] != never &&
           opportunities_.stage[row] >= about_.least_stage;
  }

  Moment moment(Opportunities::Id row) const {
    const Reps::Id rep = opportunities_.rep[row];
    const Foresight& foresight =
        reps_.role[rep] == Role::account_executive ? foresights_.executives : foresights_.sellers;
    Moment moment;
    moment.weeks_left = foresight.weeks_left(reps_, rep, step_);
    if (moment.weeks_left <= 0 || moment.weeks_left > reach()) return moment;
    DealPay pay;
    const std::size_t k = opportunities_.product[row].index();
    const auto list = static_cast<double>(needs_.value[opportunities_.need[row]]);
    foresight.deals(reps_, rep, step_, pay);
    moment.now = foresight.worth(pay[k], list);
    foresight.deals_of_next_period(reps_, rep, step_, pay);
    moment.next = foresight.worth(pay[k], list);
    return moment;
  }

  struct Pull {
    double discount, weeks_left;
  };
  // The discount that has a deal decided now; none if it is not worth it (SA15).
  std::optional<Pull> discount_for(Opportunities::Id row) const {
    const Needs::Id need = opportunities_.need[row];
    const double early = needs_.decides[need] - (step_.week() + 1);
    if (early <= 0 || early > static_cast<double>(about_.pull_weeks)) return {};
    const Moment at = moment(row);
    if (at.now <= at.next || at.weeks_left > 1) return {};
    const double reservation = 1 - at.next / at.now;  // nothing is at risk: it is not held back
    sim::Draw draw = step_.draw_once(streams::of("timing"), needs_.key(need));
    const double asked = about_.inconvenience * draw.exponential() * early;
    if (asked > std::min(reservation, about_.max_discount)) return {};
    return Pull{asked, at.weeks_left};
  }

  // Weeks to hold a deal that falls due now back; 0: it is not.
  double hold(Opportunities::Id row) const {
    const Moment at = moment(row);
    if (at.weeks_left <= 0 || at.weeks_left > static_cast<double>(about_.push_weeks)) return 0;
    return (1 - about_.loss) * at.next > at.now ? at.weeks_left : 0;
  }

 private:
  double reach() const {
    return std::max(about_.pull_weeks > 0 ? 1.0 : 0.0, static_cast<double>(about_.push_weeks));
  }
  const Timing& about_;
  Needs& needs_;
  const Opportunities& opportunities_;
  const Reps& reps_;
  const ByRole<const Foresight&>& foresights_;
  const sim::Step& step_;
};

// The most advanced ready opportunity of a need; ties by key.
Opportunities::Id foremost(const Mover& mover, const Needs& needs,
                           const Opportunities& opportunities, Needs::Id need) {
  Opportunities::Id best = Opportunities::Id::none();
  for (std::uint32_t i = 0; i < needs.opportunities[need]; ++i) {
    const Opportunities::Id row(needs.first_opportunity[need].index() + i);
    if (!mover.ready(row)) continue;
    if (!best || opportunities.work[row] > opportunities.work[best] ||
        (opportunities.work[row] == opportunities.work[best] &&
         opportunities.key(row) < opportunities.key(best)))
      best = row;
  }
  return best;
}

}  // namespace

void Timing::operator()(Needs& needs, const Opportunities& opportunities, const Reps& reps,
                        const ByRole<const Foresight&>& foresights, sim::Agenda& decisions,
                        std::vector<sim::Event>& due, const sim::Step& step) const {
  std::erase_if(due, [&](const sim::Event& e) { return !needs.alive(Needs::Id(e.entity)); });
  if (!on()) return;
  const Mover mover(*this, needs, opportunities, reps, foresights, step);
  if (push_weeks > 0)
    std::erase_if(due, [&](const sim::Event& event) {
      const Needs::Id need(event.entity);
      if (needs.moved[need]) return false;
      const Opportunities::Id row = foremost(mover, needs, opportunities, need);
      const double weeks = row ? mover.hold(row) : 0;
      if (event.time >= weeks) return false;  // it is not held, or falls into the new period anyway
      needs.moved[need] = 2;
      // The agenda's next week is the one after this; the deal comes up early in the new period.
      const double wait = std::max(1.0, weeks) + event.time;
      needs.decides[need] = step.week() + wait;
      decisions.put(event.key, event.entity, event.tie, wait - 1);
      return true;
    });
  if (pull_weeks == 0) return;
  const std::size_t before = due.size();
  for (const std::uint32_t at : needs.by_key()) {
    const Needs::Id need(at);
    if (needs.moved[need] || needs.decides[need] < step.week() + 1) continue;
    const Opportunities::Id row = foremost(mover, needs, opportunities, need);
    const auto pull = row ? mover.discount_for(row) : std::nullopt;
    if (!pull) continue;
    needs.moved[need] = 1;
    needs.discount[need] = pull->discount;
    sim::Event event;
    event.key = needs.key(need);
    event.entity = need.index();
    event.tie = static_cast<std::uint32_t>(event.key.value);
    // Some time in what the period has of the week, its own.
    event.time = std::min(1.0, pull->weeks_left) * static_cast<double>(event.tie) * 0x1.0p-32;
    due.push_back(event);
  }
  if (due.size() == before) return;
  std::sort(due.begin(), due.end(), [](const sim::Event& a, const sim::Event& b) {
    return a.time != b.time ? a.time < b.time : a.key < b.key;
  });
}

bool Timing::lost_while_waiting(const Needs& needs, Needs::Id need, const sim::Step& step) const {
  if (needs.moved[need] != 2) return false;
  sim::Draw draw = step.draw_once(streams::of("timing"), needs.key(need));
  draw.exponential();  // what it asks for deciding early
  return draw.bernoulli(loss);
}

}  // namespace ecosystem
