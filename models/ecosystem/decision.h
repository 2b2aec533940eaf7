// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/ecosystem/state.h"

namespace ecosystem {

// Whom an account chose for a need: choice writes it, booking acts on it.
struct Decision {
  Needs::Id need;
  Firms::Id firm;                 // none: it bought nothing
  Opportunities::Id opportunity;  // ours only
  double time = 0;                // in the week
};

}  // namespace ecosystem
