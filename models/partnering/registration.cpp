// SPDX-License-Identifier: Apache-2.0
#include "models/partnering/registration.h"

#include <algorithm>

namespace partnering {

using State = RegistrationState;

std::size_t Registrations::approved() const {
  const auto at = std::ranges::find(all_, State::approved, &Registration::state);
  return at == all_.end() ? nobody : static_cast<std::size_t>(at - all_.begin());
}

// Order of receipt; `nobody` comes last.
bool Registrations::before(std::size_t a, std::size_t b) const {
  if (b == nobody) return true;
  const Registration &x = all_[a], &y = all_[b];
  if (x.received != y.received) return x.received < y.received;
  return x.lot != y.lot ? x.lot < y.lot : x.firm < y.firm;
}

// The first of those that wait, unless one received before must still be looked at.
std::size_t Registrations::next_in_line() const {
  std::size_t first = nobody;
  for (std::size_t row = 0; row < all_.size(); ++row) {
    const Registration& one = all_[row];
    const bool in_the_way = one.state == State::submitted && !one.overdue;
    const bool waits = one.state == State::reviewed || one.state == State::queued;
    if ((waits || in_the_way) && before(row, first)) first = row;
  }
  return first == nobody || all_[first].state == State::submitted ? nobody : first;
}

std::size_t Registrations::next_overdue() const {
  std::size_t first = nobody;
  for (std::size_t row = 0; row < all_.size(); ++row)
    if (all_[row].state == State::submitted && !all_[row].overdue && before(row, first))
      first = row;
  return first;
}

// Somebody holds it from now on, if nobody did and somebody is next; others in order know theirs.
void Registrations::fill(double day) {
  std::size_t holder = approved();
  if (holder == nobody) {
    holder = next_in_line();
    if (holder == nobody) return;
    all_[holder].state = State::approved;
    all_[holder].begins = day;
    all_[holder].ends = day + rules_.window_days;
  }
  for (Registration& one : all_)
    if (one.state == State::reviewed) {
      one.state = rules_.queue ? State::queued : State::rejected;
      if (!rules_.queue) one.begins = one.ends = day;
    }
}

void Registrations::advance(double day) {
  constexpr double no_day = std::numeric_limits<double>::infinity();
  for (;;) {
    const std::size_t holder = approved(), late = next_overdue();
    const double lapses = holder == nobody ? no_day : all_[holder].ends;
    const double breached = late == nobody ? no_day : all_[late].received + rules_.sla_days;
    const double next = std::min(lapses, breached);
    if (next > day || next == no_day) return;
    if (lapses <= breached) {
      all_[holder].state = State::expired;
    } else {
      all_[late].overdue = true;
      if (rules_.overdue_approved) all_[late].state = State::reviewed;
    }
    fill(next);
  }
}

bool Registrations::may_file(sim::Key firm, double day) {
  advance(day);
  return std::ranges::none_of(all_, [&](const Registration& one) {
    if (one.firm != firm) return false;
    return !one.over() || one.state == State::converted ||
           (one.state == State::expired && day < one.ends + rules_.refile_days);
  });
}

State Registrations::answer(std::size_t row, bool in_order, double day) {
  advance(day);
  if (all_[row].state == State::submitted) {
    all_[row].state = in_order ? State::reviewed : State::rejected;
    if (!in_order) all_[row].begins = all_[row].ends = day;
    fill(day);
  }
  return all_[row].state;
}

bool Registrations::extend(std::size_t row, double day) {
  advance(day);
  Registration& one = all_[row];
  if (one.state != State::approved || one.extended || !(rules_.extension_days > 0)) return false;
  one.extended = true;
  one.ends += rules_.extension_days;
  return true;
}

void Registrations::end(std::size_t row, double day) {
  advance(day);
  Registration& one = all_[row];
  if (one.over()) return;
  // Who never held anything ends with an empty window.
  if (one.state != State::approved) one.begins = day;
  one.ends = day;
  one.state = State::expired;
  fill(day);
}

void Registrations::close(std::size_t winner, double day) {
  advance(day);
  for (std::size_t row = 0; row < all_.size(); ++row) {
    Registration& one = all_[row];
    if (one.over()) continue;
    const bool held = one.state == State::approved;
    if (!held) one.begins = one.ends = day;
    one.state = held && row == winner ? State::converted : State::expired;
  }
}

std::size_t Registrations::holder(double day) {
  advance(day);
  return approved();
}

std::size_t Registrations::waiting() const {
  return static_cast<std::size_t>(std::ranges::count_if(all_, [](const Registration& one) {
    return one.state == State::reviewed || one.state == State::queued;
  }));
}

}  // namespace partnering
