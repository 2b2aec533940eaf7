// SPDX-License-Identifier: Apache-2.0
#pragma once
// A large firm that needs a startup's product to sell its own (F7). The same need brings hours
// (attention.h), and it bothers the firm for as long as it does not have the product in hand:
//
//   need       = worth / (worth + usual)   worth: what the product brings the firm a year
//   resentment = need (1 - control)        control: what the firm knows of the product (leak.h)
//
// While they are partners it begins to copy the product at `rate` x resentment. A try takes as long
// as building does (build_or_buy.h). With chance `replicability` it gives a product and the firm
// enters; else nothing comes of it, the need is still there, and some day it tries again. Nothing
// says that a partnership lasts: it does while no try has succeeded.

#include "sim/field.h"

namespace startups {

struct Copying {
  double rate = 0;
  double replicability = 0.5;
  sim::Money usual = sim::Money::whole(100'000);
  static constexpr auto fields = sim::Pack{
      sim::field(&Copying::rate,
                 {.name = "rate",
                  .unit = "1/year",
                  .meaning = "at which a firm that needs a product wholly and knows nothing of it "
                             "begins to copy it; 0: nobody does",
                  .low = 0,
                  .high = 1,
                  .min = 0,
                  .max = 100,
                  .source = "F7; none: sweep it"}),
      sim::field(&Copying::replicability,
                 {.name = "replicability",
                  .unit = "1",
                  .meaning = "chance that a try gives a product that works",
                  .low = .05,
                  .high = .9,
                  .min = 0,
                  .max = 1,
                  .source = "F7 (low, high); none: sweep it"}),
      sim::field(&Copying::usual, {.name = "usual",
                                   .unit = "currency/year",
                                   .meaning = "what a product brings a firm that half needs it",
                                   .min = .01,
                                   .max = 1e12,
                                   .source = "F7; none: sweep it"})};

  // `worth` in minor units a year.
  double need(double worth) const {
    return worth > 0 ? worth / (worth + static_cast<double>(usual.minor)) : 0;
  }
  double resentment(double worth, double control) const { return need(worth) * (1 - control); }
};

}  // namespace startups
