// SPDX-License-Identifier: Apache-2.0
#pragma once
// Partnerships end (F2, F3, B3). Each quarter a partner compares what an hour spent on the vendor
// brings it with what an hour on its own products does, leads received and given counted in; after
// `patience` quarters below its tolerance it leaves. The vendor's partner managers judge an edge by
// what their own plan makes of it: bookings, and the balance of leads only so far as it is in the
// plan (B3). Where an edge ended the partner's sellers no longer sell the product, and accounts
// that only the partner reached are out of reach (feasibility.md, finding 7).

#include <cstdint>

#include "models/ecosystem/company.h"
#include "models/ecosystem/relations.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/math.h"
#include "sim/step.h"

namespace ecosystem {

struct Exit {
  double tolerance = 0;
  double tolerance_sigma = 0.3;
  double balance_weight = 1;
  double balance_pay = 0;
  std::int64_t patience = 2;
  double memory = 0.75;
  static constexpr auto fields = sim::Pack{
      sim::field(&Exit::tolerance,
                 {.name = "tolerance",
                  .unit = "1",
                  .meaning = "what an hour on the vendor's products must bring a partner, against "
                             "an hour on its own; 0: partners never leave",
                  .min = 0,
                  .max = 100,
                  .source = "F2; feasibility.md, finding 7; none: sweep it"}),
      sim::field(&Exit::tolerance_sigma,
                 {.name = "tolerance_sigma",
                  .unit = "1",
                  .meaning = "log-standard deviation of that between partners",
                  .min = 0,
                  .max = 5,
                  .source = "none: sweep it"}),
      sim::field(&Exit::balance_weight,
                 {.name = "balance_weight",
                  .unit = "1",
                  .meaning = "how much the value of leads received less given counts beside "
                             "margin in that",
                  .min = 0,
                  .max = 100,
                  .source = "F2; SB30"}),
      sim::field(&Exit::balance_pay,
                 {.name = "balance_pay",
                  .unit = "1",
                  .meaning = "how much the value of leads received less given counts beside "
                             "bookings in what partner managers are judged by; they end a "
                             "partnership whose sum is below 0; 0: they never do",
                  .min = 0,
                  .max = 100,
                  .source = "B3; F3"}),
      sim::field(&Exit::patience, {.name = "patience",
                                   .unit = "1",
                                   .meaning = "bad quarters in a row before somebody ends it",
                                   .min = 1,
                                   .max = 100,
                                   .source = "none: sweep it"}),
      sim::field(&Exit::memory, {.name = "memory",
                                 .unit = "share",
                                 .meaning = "weight of the quarters before in a review, against "
                                            "the quarter that ends",
                                 .min = 0,
                                 .max = 1,
                                 .source = "none: sweep it"})};

  bool on() const { return tolerance > 0 || balance_pay > 0; }

  // What has come since the last review, and the sums as they stand.
  struct Quarter {
    double margin = 0, hours = 0, own_margin = 0, own_hours = 0;
    double value_in = 0, value_out = 0, bookings = 0;
  };
  void remember(Relations& r, Relations::Id id, const Quarter& q) const {
    const auto add = [&](auto& column, double amount) {
      column[id] = memory * column[id] + amount;
    };
    add(r.margin, q.margin);
    add(r.hours, q.hours);
    add(r.own_margin, q.own_margin);
    add(r.own_hours, q.own_hours);
    add(r.value_in, q.value_in);
    add(r.value_out, q.value_out);
    add(r.bookings, q.bookings);
  }

  // Its own limit, drawn once.
  double limit(sim::Key partner, const sim::Step& step) const {
    if (tolerance_sigma == 0) return tolerance;
    sim::Draw draw = step.draw_once(streams::of("exit"), partner);
    return tolerance * sim::exp(tolerance_sigma * draw.normal());
  }
  // Whoever spends no hour has nothing to leave for: being listed costs nothing (C19).
  bool partner_disappointed(const Relations& r, Relations::Id id, double limit) const {
    if (tolerance <= 0 || r.hours[id] <= 0 || r.own_hours[id] <= 0) return false;
    const double with = r.margin[id] + balance_weight * (r.value_out[id] - r.value_in[id]);
    return with * r.own_hours[id] < limit * r.own_margin[id] * r.hours[id];
  }
  bool managers_disappointed(const Relations& r, Relations::Id id) const {
    return balance_pay > 0 && r.bookings[id] + balance_pay * (r.value_in[id] - r.value_out[id]) < 0;
  }
};

}  // namespace ecosystem
