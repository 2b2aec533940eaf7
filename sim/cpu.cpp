// SPDX-License-Identifier: Apache-2.0
#include "sim/cpu.h"

#include <cpuid.h>

#include <cstdlib>
#include <string_view>

#include "sim/check.h"

namespace sim {
namespace {

// The built-in covers the extensions that need the operating system's consent; the three it doesn't
// name in every compiler are asked for directly, because LZCNT on a processor without it is
// silently another instruction.
bool has_v3() {
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") ||
      !__builtin_cpu_supports("bmi") || !__builtin_cpu_supports("bmi2"))
    return false;
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return false;
  const bool movbe_f16c = (c & bit_MOVBE) && (c & bit_F16C);
  if (!__get_cpuid(0x80000001u, &a, &b, &c, &d)) return false;
  constexpr unsigned lzcnt = 1u << 5;
  return movbe_f16c && (c & lzcnt);
}

Cpu choose() {
  const char* wish = std::getenv("PARDNER_CPU");
  const std::string_view text = wish ? wish : "";
  if (text == "baseline") return Cpu::baseline;
  if (text.empty()) return has_v3() ? Cpu::v3 : Cpu::baseline;
  if (text != "v3") throw Usage("PARDNER_CPU must be baseline or v3");
  if (!has_v3())
    throw Usage("PARDNER_CPU=v3, but this processor has no x86-64-v3 (AVX2, FMA, BMI2)");
  return Cpu::v3;
}

}  // namespace

Cpu cpu() {
  static const Cpu chosen = choose();
  return chosen;
}

const char* name(Cpu cpu) { return cpu == Cpu::v3 ? "v3" : "baseline"; }

}  // namespace sim
