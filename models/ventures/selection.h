// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who has time for a partnership (SC2): if good firms are busy with customers of their own, those
// who say yes are worse than those who were asked.

#include <algorithm>
#include <span>

namespace ventures {

// P(good | accepted), by Bayes; somebody accepts.
constexpr double posterior(double good, double good_accept, double bad_accept) {
  const double both = good * good_accept + (1 - good) * bad_accept;
  return good * good_accept / both;
}

// Work of a firm's own: hours it takes, and what they bring.
struct Work {
  double hours = 0;  // > 0
  double worth = 0;  // > 0

  double per_hour() const { return worth / hours; }
};

// What a firm loses by giving `needed` of its hours away: own work done with them otherwise, the
// best per hour first (which `book` must be sorted by); work can be done in part.
inline double displaced(std::span<const Work> book, double hours, double needed) {
  const auto done_within = [&](double left) {
    double worth = 0;
    for (const Work& work : book) {
      const double done = std::min(work.hours, std::max(left, 0.0));
      worth += done * work.per_hour();
      left -= done;
    }
    return worth;
  };
  return done_within(hours) - done_within(hours - needed);
}

// A project is taken on if it brings more than it costs elsewhere, and if the hours are there.
inline bool accepts(std::span<const Work> book, double hours, const Work& project) {
  return project.hours <= hours && project.worth > displaced(book, hours, project.hours);
}

}  // namespace ventures
