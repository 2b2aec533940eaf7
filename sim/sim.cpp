// SPDX-License-Identifier: Apache-2.0
#include "sim/check.h"
#include "sim/id.h"
#include "sim/key.h"
