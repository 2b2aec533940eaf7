// SPDX-License-Identifier: Apache-2.0
#pragma once
// Deal registration (M1, R26): a partner's seller who has worked on a need may tell the vendor that
// the deal is theirs, at a drawn minute of the week; the vendor answers after `review_days`; one
// registration at most holds a need, for a window that can be extended once if its holder is still
// at work; others queue. What holding is worth is written elsewhere (engagement.h, attribution.h):
// here is only whose it is. How states follow each other: models/partnering/registration.h.
//
// A seller files if the margin it adds and the deals that would be lost without it are worth the
// hours that filing takes. Squatters file what they hear of and work on nothing they filed.

#include <algorithm>
#include <vector>

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "models/partnering/registration.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Registration {
  double window_weeks = 0;
  double extension_weeks = 0;
  double active_weeks = 4;
  double review_days = 2;
  bool queue = true;
  double extra_margin = 0;
  double min_knowledge = 0;
  bool house = false;
  double after_hours = 0;
  double filing_hours = 0;
  double believed_loss = 0;
  double squatters = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(&Registration::window_weeks,
                 {.name = "window_weeks",
                  .unit = "week",
                  .meaning = "how long an approved registration holds a need; 0: there is no deal "
                             "registration",
                  .min = 0,
                  .max = 520,
                  .source = "SB21 (60-90 days); Q6 (30, 90, 180 days)",
                  .evidence = Evidence::vendor_claim}),
      sim::field(&Registration::extension_weeks,
                 {.name = "extension_weeks",
                  .unit = "week",
                  .meaning = "what the one extension adds; 0: none is given",
                  .min = 0,
                  .max = 520,
                  .source = "M1"}),
      sim::field(&Registration::active_weeks,
                 {.name = "active_weeks",
                  .unit = "week",
                  .meaning = "an extension is given to who worked on the deal so lately",
                  .min = 0,
                  .max = 520,
                  .source = "none: sweep it"}),
      sim::field(&Registration::review_days, {.name = "review_days",
                                              .unit = "day",
                                              .meaning = "from filing to the vendor's answer",
                                              .min = 0,
                                              .max = 365,
                                              .source = "mission.md 2 (SLA 48 h)",
                                              .evidence = Evidence::vendor_claim}),
      sim::field(&Registration::queue,
                 {.name = "queue",
                  .unit = "1",
                  .meaning = "who is in order while another holds waits for its turn; else it is "
                             "rejected",
                  .source = "M1"}),
      sim::field(&Registration::extra_margin,
                 {.name = "extra_margin",
                  .unit = "share",
                  .meaning = "reseller discount that the holder gets on top, of the list price",
                  .min = 0,
                  .max = .9,
                  .source = "SB21 (8 to 15 points)",
                  .evidence = Evidence::vendor_claim}),
      sim::field(&Registration::min_knowledge,
                 {.name = "min_knowledge",
                  .unit = "share",
                  .meaning = "what a seller must know of the product, else the vendor says no "
                             "(certification)",
                  .min = 0,
                  .max = 1,
                  .source = "none: sweep it"}),
      sim::field(&Registration::house,
                 {.name = "house",
                  .unit = "1",
                  .meaning = "the vendor says no where its own people were at work before",
                  .source = "M8"}),
      sim::field(&Registration::after_hours, {.name = "after_hours",
                                              .unit = "hour",
                                              .meaning = "work on the deal before it may be filed",
                                              .min = 0,
                                              .max = 1000,
                                              .source = "feasibility.md 3 (Q6: 6 h)"}),
      sim::field(&Registration::filing_hours,
                 {.name = "filing_hours",
                  .unit = "hour",
                  .meaning = "what filing costs the seller, taken from the next week",
                  .min = 0,
                  .max = 40,
                  .source = "none: sweep it"}),
      sim::field(&Registration::believed_loss,
                 {.name = "believed_loss",
                  .unit = "share",
                  .meaning = "deals that sellers believe to lose to others for want of a "
                             "registration",
                  .min = 0,
                  .max = 1,
                  .source = "none: sweep it"}),
      sim::field(&Registration::squatters,
                 {.name = "squatters",
                  .unit = "share",
                  .meaning = "partners who file every deal they hear of and do not work on it",
                  .min = 0,
                  .max = 1,
                  .source = "feasibility.md, finding 6",
                  .role = sim::Role::structural})};

  using State = partnering::RegistrationState;
  static constexpr std::uint8_t code(State state) {
    return static_cast<std::uint8_t>(1 + static_cast<int>(state));
  }
  static constexpr State state_of(std::uint8_t filing) { return static_cast<State>(filing - 1); }
  // Does it hold or wait?
  static constexpr bool stands(std::uint8_t filing) {
    if (filing == 0) return false;
    const State state = state_of(filing);
    return state == State::submitted || state == State::reviewed || state == State::queued ||
           state == State::approved;
  }

  bool on() const { return window_weeks > 0; }
  // Drawn at the start. A larger share adds squatters and frees none.
  bool squats(sim::Key partner, const sim::Random& random) const {
    return squatters > 0 && random.draw(streams::of("squatters"), partner).uniform() < squatters;
  }
  // The days of this week, up to the decision if there is one.
  static double end_of(const Needs& needs, Needs::Id need, const sim::Step& step) {
    return 7 * std::min(static_cast<double>(step.week()) + 1, needs.decides[need]);
  }

  // Whose filing is received this week, and for which needs there is something to do: writes a
  // need's row and its opportunities'. `pays(row)`: is filing worth its hours to the seller?
  template <class Pays>
  void file(Needs& needs, Opportunities& opportunities, const Reps& reps, const Firms& firms,
            const Pays& pays, const sim::Step& step) const {
    step.each(needs, [&](Needs::Id need) {
      const double end = end_of(needs, need, step);
      std::uint8_t busy = 0;
      for (std::uint32_t i = 0; i < needs.opportunities[need]; ++i) {
        const Opportunities::Id row = needs.opportunity(need, i);
        if (opportunities.filing[row] != 0) {
          busy |= due(opportunities, row, end);
          continue;
        }
        if (reps.role[opportunities.rep[row]] != Role::partner_seller) continue;
        if (opportunities.joint_with[row] > 0) continue;  // the vendor's people are in it
        if (!firms.squats[reps.employer[opportunities.rep[row]]] &&
            !files(opportunities, row, pays, step))
          continue;
        const double minute =
            step.draw_once(streams::of("registration"), opportunities.key(row)).uniform();
        const double received =
            std::max(7 * (step.week() + minute), static_cast<double>(needs.born_day[need]));
        if (received >= end) continue;
        opportunities.filing[row] = code(State::submitted);
        opportunities.received[row] = received;
        ++needs.filings[need];
        busy = 1;
      }
      needs.at_desk[need] = busy;
    });
  }

  // What the vendor's desk does for one need up to the end of the week. `tell(row, event, day,
  // reason)` hears of each step.
  template <class Tell>
  void decide(Needs::Id need, Needs& needs, Opportunities& opportunities, const Reps& reps,
              const Firms& firms, const Tell& tell, const sim::Step& step) const {
    Desk desk(*this, need, needs, opportunities, reps, firms, step);
    desk.work(end_of(needs, need, step));
    desk.report(tell);
    needs.holder[need] = desk.holder();
  }

  // The account has decided. `winner`: the opportunity that won it, or none.
  template <class Tell>
  void close(Needs::Id need, Opportunities::Id winner, double day, Needs& needs,
             Opportunities& opportunities, const Reps& reps, const Firms& firms, const Tell& tell,
             const sim::Step& step) const {
    Desk desk(*this, need, needs, opportunities, reps, firms, step);
    desk.close(winner, day);
    desk.report(tell);
  }

 private:
  template <class Pays>
  bool files(const Opportunities& opportunities, Opportunities::Id row, const Pays& pays,
             const sim::Step& step) const {
    return opportunities.worked_week[row] == step.week() && opportunities.hours[row] > 0 &&
           opportunities.hours[row] >= after_hours && pays(row);
  }
  std::uint8_t due(const Opportunities& opportunities, Opportunities::Id row, double end) const {
    const State state = state_of(opportunities.filing[row]);
    return (state == State::submitted && opportunities.received[row] + review_days <= end) ||
           (state == State::approved && opportunities.ends[row] <= end);
  }

  // The registrations of one need, as the library sees them.
  class Desk {
   public:
    Desk(const Registration& about, Needs::Id need, const Needs& needs,
         Opportunities& opportunities, const Reps& reps, const Firms& firms, const sim::Step& step)
        : about_(about),
          needs_(needs),
          opportunities_(opportunities),
          reps_(reps),
          need_(need),
          now_(7.0 * step.week()),
          week_(step.week()) {
      all_.clear();
      rows_.clear();
      for (std::uint32_t i = 0; i < needs.opportunities[need]; ++i) {
        const Opportunities::Id row = needs.opportunity(need, i);
        if (opportunities.filing[row] == 0) continue;
        partnering::Registration one;
        one.firm = firms.key(reps.employer[opportunities.rep[row]]);
        one.received = opportunities.received[row];
        sim::Draw draw = step.draw_once(streams::of("registration"), opportunities.key(row));
        draw.uniform();  // the minute
        one.lot = draw.uniform();
        one.state = state_of(opportunities.filing[row]);
        one.extended = opportunities.extended[row] != 0;
        one.begins = opportunities.begins[row];
        one.ends = opportunities.ends[row];
        all_.push_back(one);
        rows_.push_back(row);
      }
      before_ = all_;
    }

    void work(double end) {
      for (std::size_t next; (next = next_answer(end)) != nobody;) {
        const double day = all_[next].received + about_.review_days;
        extend_until(day);
        desk().answer(next, refusal(rows_[next]) == DealReason::none, day);
        now_ = std::max(now_, day);
      }
      extend_until(end);
      desk().advance(end);
      now_ = end;
    }
    void close(Opportunities::Id winner, double day) {
      const auto at = std::find(rows_.begin(), rows_.end(), winner);
      desk().close(at == rows_.end() ? nobody : static_cast<std::size_t>(at - rows_.begin()), day);
      decided_ = true;
    }
    std::uint32_t holder() {
      const std::size_t at = desk().holder(now_);
      return at == nobody ? 0 : 1 + rows_[at].index() - needs_.first_opportunity[need_].index();
    }

    // Writes the rows back; tells what became of each.
    template <class Tell>
    void report(const Tell& tell) {
      for (std::size_t i = 0; i < all_.size(); ++i) {
        const partnering::Registration &was = before_[i], &is = all_[i];
        const Opportunities::Id row = rows_[i];
        opportunities_.filing[row] = code(is.state);
        opportunities_.extended[row] = is.extended;
        opportunities_.begins[row] = is.begins;
        opportunities_.ends[row] = is.ends;
        if (is.received >= 7.0 * week_ && !decided_)
          tell(row, DealEvent::filed, is.received, DealReason::none);
        if (is.extended && !was.extended) tell(row, DealEvent::extended, now_, DealReason::none);
        if (is.state == was.state) continue;
        tell_change(was, is, row, tell);
      }
    }

   private:
    static constexpr std::size_t nobody = partnering::Registrations::nobody;

    partnering::Registrations desk() {
      partnering::RegistrationRules rules;
      rules.window_days = 7 * about_.window_weeks;
      rules.extension_days = 7 * about_.extension_weeks;
      rules.queue = about_.queue;
      return {rules, all_};
    }
    // The filing that is answered next, by `end`: in order of the day, of the lot, of the key.
    std::size_t next_answer(double end) const {
      std::size_t next = nobody;
      for (std::size_t i = 0; i < all_.size(); ++i) {
        const partnering::Registration& one = all_[i];
        if (one.state != State::submitted || one.received + about_.review_days > end) continue;
        if (next == nobody || earlier(one, all_[next])) next = i;
      }
      return next;
    }
    static bool earlier(const partnering::Registration& a, const partnering::Registration& b) {
      if (a.received != b.received) return a.received < b.received;
      return a.lot != b.lot ? a.lot < b.lot : a.firm < b.firm;
    }
    // The holder asks before its window ends; who has not worked of late is not given it.
    void extend_until(double day) {
      if (about_.extension_weeks <= 0) return;
      const std::size_t at = desk().holder(now_);
      if (at == nobody || all_[at].ends > day) return;
      const std::int32_t since = week_ - static_cast<std::int32_t>(about_.active_weeks);
      const Opportunities::Id row = rows_[at];
      if (opportunities_.engaged_day[row] != never && opportunities_.worked_week[row] >= since)
        desk().extend(at, now_);
    }
    DealReason refusal(Opportunities::Id row) const {
      const Reps::Id rep = opportunities_.rep[row];
      if (reps_.knows(rep, opportunities_.product[row]) < about_.min_knowledge)
        return DealReason::ignorance;
      if (!about_.house) return DealReason::none;
      for (std::uint32_t i = 0; i < needs_.opportunities[need_]; ++i) {
        const Opportunities::Id other = needs_.opportunity(need_, i);
        if (reps_.role[opportunities_.rep[other]] == Role::account_executive &&
            opportunities_.engaged_day[other] < opportunities_.received[row])
          return DealReason::house;
      }
      return DealReason::none;
    }
    template <class Tell>
    void tell_change(const partnering::Registration& was, const partnering::Registration& is,
                     Opportunities::Id row, const Tell& tell) const {
      const bool held = is.ends > is.begins;  // at some time
      if (held && was.state != State::approved)
        tell(row, DealEvent::approved, is.begins, DealReason::none);
      const double answered = is.received + about_.review_days;
      if (is.state == State::queued) tell(row, DealEvent::queued, answered, DealReason::none);
      if (is.state == State::rejected) {
        const DealReason why = refusal(row);
        tell(row, DealEvent::rejected, answered, why == DealReason::none ? DealReason::taken : why);
      }
      if (is.state == State::expired)
        tell(row, DealEvent::expired, is.ends, decided_ ? DealReason::decided : DealReason::lapsed);
      if (is.state == State::converted) tell(row, DealEvent::converted, now_, DealReason::none);
    }

    const Registration& about_;
    const Needs& needs_;
    Opportunities& opportunities_;
    const Reps& reps_;
    Needs::Id need_;
    double now_;  // what is known is known up to this day
    std::int32_t week_;
    bool decided_ = false;
    static inline thread_local std::vector<partnering::Registration> all_, before_;
    static inline thread_local std::vector<Opportunities::Id> rows_;
  };
};

}  // namespace ecosystem
