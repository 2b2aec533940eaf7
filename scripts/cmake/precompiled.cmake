# Headers that most files of a target include, parsed once. Files still include what they use;
# -DPARDNER_PRECOMPILE=OFF shows what one forgot.
option(PARDNER_PRECOMPILE "parse common headers once per target" ON)
function(pardner_precompile target)
  if(PARDNER_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE ${ARGN})
    # Kernels for newer processors are compiled with other flags, and sim/cpu.h says what they include.
    get_target_property(sources ${target} SOURCES)
    list(FILTER sources INCLUDE REGEX "_v3\\.cpp$")
    set_source_files_properties(${sources} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  endif()
endfunction()
