# Files of one folder are compiled together, some at a time, so that what they all instantiate is made once:
# about half the work. Two of them may then not give one name to different things, in an unnamed namespace either.
# -DPARDNER_UNITY=OFF compiles each by itself: quicker while one file changes, and shows an include that is missing.
option(PARDNER_UNITY "compile files of a folder together" ON)
function(pardner_unity target at_once)
  if(NOT PARDNER_UNITY)
    return()
  endif()
  foreach(source IN LISTS ARGN)
    # Kernels for newer processors are compiled with flags of their own.
    if(source MATCHES "_v3\\.cpp$")
      continue()
    endif()
    cmake_path(GET source PARENT_PATH folder)
    string(MAKE_C_IDENTIFIER "${folder}" folder)
    math(EXPR seen_${folder} "0${seen_${folder}} + 1")
    math(EXPR group "${seen_${folder}} / ${at_once}")
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${folder}_${group})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()
