# Every scenarios/*.toml becomes a string in the program, so a bare binary on a cluster node knows
# the packaged scenarios too.
file(GLOB scenario_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/scenarios/*.toml)
set(packaged_scenarios ${CMAKE_BINARY_DIR}/generated/packaged_scenarios.cpp)
add_custom_command(OUTPUT ${packaged_scenarios}
  COMMAND ${CMAKE_COMMAND} -DOUT=${packaged_scenarios} "-DFILES=${scenario_files}"
          -P ${CMAKE_SOURCE_DIR}/scripts/cmake/embed.cmake
  DEPENDS ${scenario_files} ${CMAKE_SOURCE_DIR}/scripts/cmake/embed.cmake VERBATIM)
