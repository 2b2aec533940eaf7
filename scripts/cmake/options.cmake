# Compiler options every target of the project shares.
add_library(pardner_options INTERFACE)
target_compile_options(pardner_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wno-sign-conversion -ffp-contract=off -fno-math-errno
  -fno-trapping-math)
target_compile_definitions(pardner_options INTERFACE
  PARDNER_VERSION="${PROJECT_VERSION}" $<$<BOOL:${PARDNER_CHECKS}>:PARDNER_CHECKS=1> H5_USE_110_API)
if(PARDNER_WORKERS STREQUAL "std")
  target_compile_definitions(pardner_options INTERFACE PARDNER_WORKERS_STD=1)
endif()
if(PARDNER_SANITIZE)
  target_compile_options(pardner_options INTERFACE -fsanitize=${PARDNER_SANITIZE}
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(pardner_options INTERFACE -fsanitize=${PARDNER_SANITIZE})
endif()
if(PARDNER_FUZZ)
  target_compile_options(pardner_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
string(REGEX REPLACE "-O2|-O3" "" CMAKE_CXX_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")
set(CMAKE_CXX_FLAGS_RELEASE "-O3 ${CMAKE_CXX_FLAGS_RELEASE}")
# *_v3.cpp: kernels for newer processors, chosen at run time (sim/cpu.h has the rules for such a file).
file(GLOB_RECURSE v3_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/sim/*_v3.cpp ${CMAKE_SOURCE_DIR}/models/*_v3.cpp)
set_source_files_properties(${v3_sources} PROPERTIES COMPILE_OPTIONS "-march=x86-64-v3;-ffp-contract=off")
