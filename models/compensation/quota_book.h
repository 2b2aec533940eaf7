// SPDX-License-Identifier: Apache-2.0
#pragma once
// Quotas and targets of one payee, period by period (R19, R20): proration of the first month,
// ramp, season, ratchet. Parts of an amount come by cumulative rounding, so they add up.

#include <cstdint>
#include <map>
#include <optional>

#include "models/compensation/plan.h"

namespace compensation {

// numerator / denominator, denominator > 0, lowest terms.
struct Fraction {
  Int128 num = 0, den = 1;
  static Fraction of(Int128 num, Int128 den) {
    const Int128 common = gcd(num, den);
    return common > 1 ? Fraction{num / common, den / common} : Fraction{num, den};
  }
  friend Fraction operator*(Fraction a, Fraction b) {
    const Int128 x = gcd(a.num, b.den), y = gcd(b.num, a.den);
    const Int128 u = x > 1 ? x : Int128{1}, v = y > 1 ? y : Int128{1};
    return of(product(a.num / u, b.num / v), product(a.den / v, b.den / u));
  }
  friend Fraction operator+(Fraction a, Fraction b) {
    const Int128 common = gcd(a.den, b.den);
    const Int128 left = b.den / common, right = a.den / common;
    return of(sum(product(a.num, left), product(b.num, right)), product(a.den, left));
  }
};

struct PeriodQuota {
  std::int64_t quota = 0;   // to reach in the period; 0: there is none
  std::int64_t target = 0;  // target incentive of the period, prorated
  Fraction base;            // target / quota, not prorated (R10)
  bool super = false;       // below the ramped quota, `super_base` holds (R19)
  Fraction super_base;
};

class QuotaBook {
 public:
  explicit QuotaBook(std::string_view payee) : name_(payee) {}

  PeriodQuota at(const Plan& plan, std::size_t version, Span span, std::int32_t index);

  // Quota credit of the payee, in order of days: a ratchet looks at it.
  void sold(const Plan& plan, std::size_t version, sim::Date day, std::int64_t credit);

 private:
  const Payee* payee(const Version& version) const;
  std::int64_t unit_amount(const Version& version, Span unit, std::int32_t index);
  std::int64_t ratcheted(const Version& version, const Quota& quota, std::int32_t index);
  // Sum over the months [first, end) of how much each counts, with or without the ramp.
  Fraction months(const Version& version, std::int32_t first, std::int32_t end, bool ramp) const;
  Fraction month(const Version& version, std::int32_t month, bool ramp) const;
  std::int64_t part(std::int64_t amount, Span unit, std::int32_t first, std::int32_t end,
                    const Version& version, bool ramp) const;
  std::int64_t quota_of(const Version& version, Span span, std::int32_t index);
  std::int64_t target_of(const Version& version, Span span, std::int32_t index) const;

  const Plan* plan_ = nullptr;  // of the call that goes on
  std::string_view name_;
  std::map<std::int32_t, std::int64_t> sold_;  // by quota unit, for ratchets
  std::map<std::size_t, std::map<std::int32_t, std::int64_t>> ratchet_;  // by version, quota unit
};

}  // namespace compensation
