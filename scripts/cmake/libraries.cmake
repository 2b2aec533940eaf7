# The libraries we borrow (docs/architecture.md says why each); all are Debian packages.
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(TBB REQUIRED)
find_package(CLI11 REQUIRED)
find_library(SLEEF_LIBRARY sleef REQUIRED)
find_path(XXHASH_INCLUDE xxhash.h REQUIRED)
find_path(TOMLPLUSPLUS_INCLUDE toml++/toml.h REQUIRED)

add_library(pardner_libraries INTERFACE)
target_include_directories(pardner_libraries SYSTEM INTERFACE ${XXHASH_INCLUDE} ${TOMLPLUSPLUS_INCLUDE})
target_link_libraries(pardner_libraries INTERFACE fmt::fmt nlohmann_json::nlohmann_json
  TBB::tbb CLI11::CLI11 ${SLEEF_LIBRARY} Threads::Threads)

# FindHDF5 drags libcurl, libcrypto and libsz in on Debian: link the two libraries only.
find_path(HDF5_INCLUDE hdf5.h PATH_SUFFIXES hdf5/serial REQUIRED)
find_library(HDF5_LIBRARY NAMES hdf5_serial hdf5 PATH_SUFFIXES hdf5/serial REQUIRED)
find_library(HDF5_HL_LIBRARY NAMES hdf5_serial_hl hdf5_hl PATH_SUFFIXES hdf5/serial REQUIRED)
add_library(pardner_hdf5 INTERFACE)
target_include_directories(pardner_hdf5 SYSTEM INTERFACE ${HDF5_INCLUDE})
target_link_libraries(pardner_hdf5 INTERFACE ${HDF5_HL_LIBRARY} ${HDF5_LIBRARY})
