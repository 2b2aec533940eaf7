// SPDX-License-Identifier: Apache-2.0
#pragma once
// Partners who find the same accounts (SB2, SB3): n of them, each touches an account with chance f,
// independently of the others.

namespace partnering {

struct Overlap {
  int partners = 1;  // n
  double touch = 0;  // f, [0, 1]

  double mean() const { return partners * touch; }  // partners on an account
  double any() const { return 1 - none(partners); }
  // Two or more, of the accounts that anybody touched; touch > 0.
  double contested() const { return 1 - partners * touch * none(partners - 1) / any(); }
  // Pairs of partners that meet on an account: grows with n(n - 1), more with each one signed.
  double clashes() const { return partners * (partners - 1) / 2.0 * touch * touch; }

  // Paid out, as a share of revenue, if each who touched is paid the rate: on average, over the
  // accounts that anybody touched, and at worst.
  double payout(double rate) const { return rate * mean(); }
  double payout_if_any(double rate) const { return payout(rate) / any(); }
  double largest_payout(double rate) const { return rate * partners; }
  // If one rate is paid or divided, whatever the policy.
  double payout_of_one(double rate) const { return rate * any(); }

 private:
  double none(int of) const {
    double chance = 1;
    for (int i = 0; i < of; ++i) chance *= 1 - touch;
    return chance;
  }
};

}  // namespace partnering
