// SPDX-License-Identifier: Apache-2.0
#pragma once
// What vendor and partner think of each other and owe each other: row i belongs to row i of
// Partnerships. Values of leads are in leads of usual size, money in minor units.

#include "models/ecosystem/state.h"

namespace ecosystem {

struct Relations : sim::Table<Relations> {
  // Promises remembered (trust.h): the vendor's to the partner, and the partner's to the vendor.
  Column<double> kept, broken, their_kept, their_broken;
  Column<double> trust;         // of the partner in the vendor's word, 0..1
  Column<double> vendor_trust;  // of the vendor in the partner's
  // Of this week, until trust has heard of them.
  Column<double> news_kept, news_broken, news_their_kept, news_their_broken;
  Column<std::int64_t> news_clashes;
  Column<std::int64_t> clashes_heard;    // of Partnerships::clashes
  Column<std::int64_t> quarter_clashes;  // since the quarter began
  Column<double> news_in, news_out;      // value of leads passed this week, in leads
  // Favours (EQ8): how much the partner owes the vendor a good turn, and the other way round.
  Column<double> goodwill, vendor_goodwill;
  Column<std::int64_t> leads_in, leads_out;  // so far: to the vendor, from the vendor
  Column<double> owed;                       // leads promised for this quarter and not yet there
  Column<std::uint8_t> followed_up;          // this week
  // What the last quarters brought (exit.h), older ones count less: money and hours.
  Column<double> margin, hours, own_margin, own_hours;
  Column<double> value_in, value_out, bookings;
  // The same so far, and as of the last review.
  Column<std::int64_t> margin_ever, bookings_ever, value_in_ever, value_out_ever;
  Column<double> hours_seen;
  Column<double> own_hours_seen;
  Column<std::int64_t> margin_seen, bookings_seen, value_in_seen, value_out_seen, own_deals_seen;
  Column<std::int64_t> bad_reviews;  // in a row
  Column<std::int32_t> ended_week;   // never: not ended
  // How well the pairing fits a buyer, and what is believed of it (complementarity.h).
  Column<double> fit, believed;
  static constexpr auto columns = sim::Pack{&Relations::kept,
                                            &Relations::broken,
                                            &Relations::their_kept,
                                            &Relations::their_broken,
                                            &Relations::trust,
                                            &Relations::vendor_trust,
                                            &Relations::news_kept,
                                            &Relations::news_broken,
                                            &Relations::news_their_kept,
                                            &Relations::news_their_broken,
                                            &Relations::news_clashes,
                                            &Relations::clashes_heard,
                                            &Relations::quarter_clashes,
                                            &Relations::news_in,
                                            &Relations::news_out,
                                            &Relations::goodwill,
                                            &Relations::vendor_goodwill,
                                            &Relations::leads_in,
                                            &Relations::leads_out,
                                            &Relations::owed,
                                            &Relations::followed_up,
                                            &Relations::margin,
                                            &Relations::hours,
                                            &Relations::own_margin,
                                            &Relations::own_hours,
                                            &Relations::value_in,
                                            &Relations::value_out,
                                            &Relations::bookings,
                                            &Relations::margin_ever,
                                            &Relations::bookings_ever,
                                            &Relations::value_in_ever,
                                            &Relations::value_out_ever,
                                            &Relations::hours_seen,
                                            &Relations::own_hours_seen,
                                            &Relations::margin_seen,
                                            &Relations::bookings_seen,
                                            &Relations::value_in_seen,
                                            &Relations::value_out_seen,
                                            &Relations::own_deals_seen,
                                            &Relations::bad_reviews,
                                            &Relations::ended_week,
                                            &Relations::fit,
                                            &Relations::believed};

  static Id of(Partnerships::Id partnership) { return Id(partnership.index()); }
};

}  // namespace ecosystem
