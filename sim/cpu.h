// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which of our own kernels this process runs.
//
// A source file named *_v3.cpp is compiled for x86-64-v3 (AVX2, FMA, BMI2;
// scripts/cmake/options.cmake) and must give the same bits as its baseline twin: it may differ in
// speed only. Such a file keeps everything but its entry points out of the linker's sight (no
// inline function or template with external linkage, hence no standard library beyond types): the
// linker keeps one copy of a shared inline function, and an older processor must never meet the v3
// one. tests/layers/test_v3_linkage.py checks it.

// For code that both twins include: it never becomes a function of its own.
#define PARDNER_INLINE [[gnu::always_inline]] static inline

namespace sim {

enum class Cpu { baseline, v3 };

// The best this processor has, or what the environment variable PARDNER_CPU (baseline, v3) asks
// for; decided once, at the first call. Throws Usage for another word, or for v3 on a processor
// without it.
Cpu cpu();

const char* name(Cpu cpu);

}  // namespace sim
