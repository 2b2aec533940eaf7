// SPDX-License-Identifier: Apache-2.0
#pragma once
// What sim/hdf5.cpp and sim/hdf5_data.cpp share, and nobody else may include: the types of HDF5
// itself.

#include <hdf5.h>

#include <string>

#include "sim/check.h"
#include "sim/hdf5.h"

namespace sim::hdf5 {

// HDF5 keeps an error stack per thread and prints it unless told otherwise. Its own clean-up at
// exit crashes after a full disk; we close everything ourselves. Both must come before anything
// else that a thread asks of HDF5.
void prepare();

[[noreturn]] void fail(const std::string& what);  // sim::Error with HDF5's innermost reason

template <class Result>
Result checked(Result result, const std::string& what) {
  if (result < 0) fail(what);
  return result;
}

inline Handle owned(hid_t id, const std::string& what) { return Handle(checked(id, what)); }

hid_t native(Kind kind);  // in memory
hid_t stored(Kind kind);  // in the file: little-endian
Kind kind_of_type(hid_t type);
Handle text_type(std::size_t size);  // UTF-8; H5T_VARIABLE for texts of any length
Handle space_of(const Extent& shape);

}  // namespace sim::hdf5
