// SPDX-License-Identifier: Apache-2.0
#pragma once
// Deal registration on one opportunity (M1, R26, SB4): whose deal it is, for how long, and who is
// next.
//
//                    approve                        lapse, pull-back
//   submitted -> reviewed ----> approved -------------------------------> expired
//       |           |              | \ extended once        won by holder
//       | reject    | another      |  +--------------------------------> converted
//       v           | holds        |
//   rejected        v              |
//                 queued ----------+ promoted when the one that holds ends
//
// One registration at most is approved at a time; it holds in [begins, ends). Order of receipt
// decides, of equal times the lot, of equal lots the key: who is in order (`reviewed`) waits for
// those received before that nobody has looked at. A submission that waits longer than the SLA is
// overdue: it is taken as in order, or keeps nobody back any longer, as the rules say. When the
// opportunity is won or lost, all others end.
//
// The state is the caller's: all registrations of one opportunity, in any order, in one span. Acts
// are done in order of time; each first does what time alone has done by then (`advance`).

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "sim/key.h"

namespace partnering {

enum class RegistrationState : std::uint8_t {
  submitted,
  reviewed,
  approved,
  rejected,
  queued,
  expired,
  converted
};
inline constexpr std::array<std::string_view, 7> registration_state_names{
    "submitted", "reviewed", "approved", "rejected", "queued", "expired", "converted"};

struct RegistrationRules {
  double window_days = 90;    // n: an approved one holds in [t0, t0 + n)
  double extension_days = 0;  // what one extension adds; 0: none is given
  double sla_days = std::numeric_limits<double>::infinity();  // within which the vendor answers
  bool overdue_approved = false;  // an overdue one is in order; else it keeps nobody back
  bool queue = true;              // else who is in order while another holds is rejected
  // A firm whose registration has expired files again so many days later at the earliest.
  double refile_days = 0;
};

// Days count from any one origin; parts of a day count.
struct Registration {
  sim::Key firm;
  double received = 0;
  double lot = 0;  // uniform, drawn by pair(opportunity, firm)
  RegistrationState state = RegistrationState::submitted;
  bool overdue = false;         // was not answered within the SLA
  bool extended = false;        // has had its extension
  double begins = 0, ends = 0;  // approved, converted or expired: it holds in [begins, ends)

  // Will it never hold again?
  bool over() const {
    return state == RegistrationState::rejected || state == RegistrationState::expired ||
           state == RegistrationState::converted;
  }
};

class Registrations {
 public:
  static constexpr std::size_t nobody = std::numeric_limits<std::size_t>::max();

  Registrations(const RegistrationRules& rules, std::span<Registration> all)
      : rules_(rules), all_(all) {}

  // May this firm submit one? Not with one under way, not too early after one that expired. The
  // caller then adds a row {firm, day, lot}; nothing else is needed.
  bool may_file(sim::Key firm, double day);
  // What time alone does up to `day`, in its order: SLAs pass, windows lapse, the queue moves up.
  void advance(double day);
  // The vendor has looked at it: in order or not. No effect on what is not submitted. Returns the
  // state it has now.
  RegistrationState answer(std::size_t row, bool in_order, double day);
  // One more period for the one that holds. False if this one does not, or had it already.
  bool extend(std::size_t row, double day);
  // The holder gives it up, the vendor pulls it back, or who waits withdraws.
  void end(std::size_t row, double day);
  // The opportunity is over. `winner`: the registration of who won it, or `nobody`; it converts if
  // it holds on that day.
  void close(std::size_t winner, double day);
  // Whose it is on that day, or `nobody`.
  std::size_t holder(double day);
  // How many wait their turn: queued, or in order behind one that nobody has looked at.
  std::size_t waiting() const;

 private:
  std::size_t approved() const;
  bool before(std::size_t a, std::size_t b) const;
  std::size_t next_in_line() const;
  std::size_t next_overdue() const;
  void fill(double day);

  RegistrationRules rules_;
  std::span<Registration> all_;
};

}  // namespace partnering
