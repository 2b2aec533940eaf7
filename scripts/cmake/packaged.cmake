# pardner_packaged(NAME FUNCTION FILES...): the files become strings in the program, so a bare
# binary on a cluster node knows them too. Sets NAME to the generated source.
function(pardner_packaged name function)
  set(out ${CMAKE_BINARY_DIR}/generated/${name}.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DFUNCTION=${function} "-DFILES=${ARGN}"
            -P ${CMAKE_SOURCE_DIR}/scripts/cmake/embed.cmake
    DEPENDS ${ARGN} ${CMAKE_SOURCE_DIR}/scripts/cmake/embed.cmake VERBATIM)
  set(${name} ${out} PARENT_SCOPE)
endfunction()

file(GLOB scenario_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/scenarios/*.toml)
pardner_packaged(packaged_scenarios packaged_scenarios ${scenario_files})
file(GLOB plan_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/models/compensation/plans/*.toml)
pardner_packaged(packaged_plans packaged_plans ${plan_files})
