# Compiler options every target of the project shares.
add_library(pardner_options INTERFACE)
target_compile_options(pardner_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wno-sign-conversion -ffp-contract=off)
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
