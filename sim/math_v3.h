// SPDX-License-Identifier: Apache-2.0
#pragma once
// The batch forms of sim/math.h for x86-64-v3 processors; only sim/math.cpp calls them.

#include <cstddef>

namespace sim::v3 {

void exp(const double* in, double* out, std::size_t n);
void log(const double* in, double* out, std::size_t n);
void pow(const double* in, double exponent, double* out, std::size_t n);
void normal_cdf(const double* in, double* out, std::size_t n);
void normal_quantile(const double* in, double* out, std::size_t n);

}  // namespace sim::v3
