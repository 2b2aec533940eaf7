// SPDX-License-Identifier: Apache-2.0
#include "models/ecosystem/mechanisms/timing.h"

#include <algorithm>

#include "models/planning/timing.h"

namespace ecosystem {
namespace {

struct Candidate {
  Needs::Id need;
  Opportunities::Id row;
};

class Mover {
 public:
  Mover(const Timing& about, Needs& needs, const Opportunities& opportunities, const Reps& reps,
        const ByRole<const Foresight&>& foresights, const Timing::Chances& chances,
        const sim::Step& step)
      : about_(about),
        needs_(needs),
        opportunities_(opportunities),
        reps_(reps),
        foresights_(foresights),
        chances_(chances),
        step_(step) {}

  // The most advanced opportunity of a need that is ready to be moved; ties by key.
  Opportunities::Id foremost(Needs::Id need) const {
    Opportunities::Id best = Opportunities::Id::none();
    for (std::uint32_t i = 0; i < needs_.opportunities[need]; ++i) {
      const Opportunities::Id row = needs_.opportunity(need, i);
      const bool ready = opportunities_.engaged_day[row] != never && !opportunities_.barred[row] &&
                         opportunities_.joint_with[row] == 0 &&
                         reps_.role[opportunities_.rep[row]] != Role::storefront &&
                         opportunities_.stage[row] >= about_.least_stage;
      if (!ready) continue;
      if (!best || opportunities_.work[row] > opportunities_.work[best] ||
          (opportunities_.work[row] == opportunities_.work[best] &&
           opportunities_.key(row) < opportunities_.key(best)))
        best = row;
    }
    return best;
  }

  // Weeks to hold a deal that falls due now back; 0: it is not.
  double hold(Opportunities::Id row) const {
    const double left = weeks_left(row);
    if (left <= 0 || left > static_cast<double>(about_.push_weeks)) return 0;
    const planning::PeriodEnd end = period_end(row, 0, about_.loss);
    return end.of_ready() == planning::Move::push_out ? left : 0;
  }

  // What could be pulled in this week, rep by rep, in order of key of the needs.
  void find(std::vector<Candidate>& found, std::vector<double>& lots) const {
    found.clear();
    lots.assign(reps_.size(), 0);
    for (const std::uint32_t at : needs_.by_key()) {
      const Needs::Id need(at);
      const double early = weeks_early(need);
      if (needs_.moved[need] || early < 0 || early > static_cast<double>(about_.pull_weeks))
        continue;
      const Opportunities::Id row = foremost(need);
      if (!row || weeks_left(row) <= 0 || weeks_left(row) > 1) continue;
      found.push_back({need, row});
      lots[opportunities_.rep[row].index()] += chance(row) * list(row);
    }
  }

  // The discount for which the buyer decides now, if it is worth it to the rep; else below 0.
  // Nobody loses a deal by leaving it to its own time.
  double discount(const Candidate& deal, double lot) const {
    sim::Draw draw = step_.draw_once(streams::of("timing"), needs_.key(deal.need));
    const double asked = about_.inconvenience * draw.exponential() * weeks_early(deal.need);
    if (asked > about_.max_discount) return -1;
    const planning::PeriodEnd end = period_end(deal.row, lot, 0);
    return end.of_later(asked) == planning::Move::pull_in ? asked : -1;
  }

  double weeks_left(Opportunities::Id row) const {
    return foresight(row).weeks_left(reps_, opportunities_.rep[row], step_);
  }

 private:
  double weeks_early(Needs::Id need) const { return needs_.decides[need] - (step_.week() + 1); }
  double list(Opportunities::Id row) const {
    return static_cast<double>(needs_.value[opportunities_.need[row]]);
  }
  double chance(Opportunities::Id row) const { return chances_[opportunities_.stage[row]]; }
  const Foresight& foresight(Opportunities::Id row) const {
    return reps_.role[opportunities_.rep[row]] == Role::account_executive ? foresights_.executives
                                                                          : foresights_.sellers;
  }
  // What the deal is worth now and in the next period. Who plans by expected pay sees everything
  // that could be had now together: one deal alone may be too small to reach a bonus.
  planning::PeriodEnd period_end(Opportunities::Id row, double lot, double loss) const {
    const Reps::Id rep = opportunities_.rep[row];
    const std::size_t k = opportunities_.product[row].index();
    DealPay pay;
    planning::PeriodEnd end;
    foresight(row).deals_of_a_lot(reps_, rep, lot, step_, pay);
    end.now = foresight(row).worth(pay[k], list(row));
    foresight(row).deals_of_next_period(reps_, rep, step_, pay);
    end.next = foresight(row).worth(pay[k], list(row));
    end.loss = loss;
    return end;
  }

  const Timing& about_;
  const Needs& needs_;
  const Opportunities& opportunities_;
  const Reps& reps_;
  const ByRole<const Foresight&>& foresights_;
  const Timing::Chances& chances_;
  const sim::Step& step_;
};

}  // namespace

void Timing::operator()(Needs& needs, const Opportunities& opportunities, const Reps& reps,
                        const ByRole<const Foresight&>& foresights, const Chances& chances,
                        sim::Agenda& decisions, std::vector<sim::Event>& due,
                        const sim::Step& step) const {
  if (!on()) return;
  // A decision that was pulled in still waits at its own time.
  std::erase_if(due, [&](const sim::Event& e) { return !needs.alive(Needs::Id(e.entity)); });
  const Mover mover(*this, needs, opportunities, reps, foresights, chances, step);
  if (push_weeks > 0)
    std::erase_if(due, [&](const sim::Event& event) {
      const Needs::Id need(event.entity);
      if (needs.moved[need]) return false;
      const Opportunities::Id row = mover.foremost(need);
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
  static thread_local std::vector<Candidate> found;
  static thread_local std::vector<double> lots;
  mover.find(found, lots);
  const std::size_t before = due.size();
  for (const Candidate& deal : found) {
    const double given = mover.discount(deal, lots[opportunities.rep[deal.row].index()]);
    if (given < 0) continue;
    needs.moved[deal.need] = 1;
    needs.discount[deal.need] = given;
    sim::Event event;
    event.key = needs.key(deal.need);
    event.entity = deal.need.index();
    event.tie = static_cast<std::uint32_t>(event.key.value);
    // Some time in what the period has of the week, its own.
    event.time =
        std::min(1.0, mover.weeks_left(deal.row)) * static_cast<double>(event.tie) * 0x1.0p-32;
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
