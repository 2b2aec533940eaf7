// SPDX-License-Identifier: Apache-2.0
// Attributes and values.
#include <hdf5_hl.h>

#include "sim/hdf5.h"
#include "sim/hdf5_handles.h"

namespace sim::hdf5 {
namespace {

std::uint64_t product(const Extent& shape) {
  std::uint64_t n = 1;
  for (const auto extent : shape)
    if (__builtin_mul_overflow(n, extent, &n)) throw Error("a shape is too large");
  return n;
}

// Texts of variable length as HDF5 hands them out: its own memory, to be given back.
class VariableTexts {
 public:
  explicit VariableTexts(std::size_t n) : texts_(n, nullptr) {}
  VariableTexts(const VariableTexts&) = delete;
  VariableTexts& operator=(const VariableTexts&) = delete;
  ~VariableTexts() {
    for (char* text : texts_) H5free_memory(text);
  }
  char** data() { return texts_.data(); }
  std::vector<std::string> copy() const {
    std::vector<std::string> result;
    for (const char* text : texts_) result.emplace_back(text == nullptr ? "" : text);
    return result;
  }

 private:
  std::vector<char*> texts_;
};

}  // namespace

void Object::close() {
  if (!handle_.close()) fail(path_);
}

void Object::set_text(const std::string& name, std::string_view text) const {
  prepare();
  const std::string padded(text.empty() ? std::string(1, '\0') : std::string(text));
  const Handle type = text_type(padded.size());
  const Handle space = owned(H5Screate(H5S_SCALAR), name);
  Handle attribute =
      owned(H5Acreate2(handle_.id(), name.c_str(), type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
            "cannot create attribute " + name);
  checked(H5Awrite(attribute.id(), type.id(), padded.data()), "cannot write attribute " + name);
  if (!attribute.close()) fail("cannot close attribute " + name);
}

void Object::set_raw(const std::string& name, Kind kind, const void* values,
                     const std::uint64_t* length) const {
  prepare();
  const Handle space = length != nullptr ? space_of({*length}) : owned(H5Screate(H5S_SCALAR), name);
  Handle attribute = owned(
      H5Acreate2(handle_.id(), name.c_str(), stored(kind), space.id(), H5P_DEFAULT, H5P_DEFAULT),
      "cannot create attribute " + name);
  checked(H5Awrite(attribute.id(), native(kind), values), "cannot write attribute " + name);
  if (!attribute.close()) fail("cannot close attribute " + name);
}

bool Object::has(const std::string& name) const {
  return checked(H5Aexists(handle_.id(), name.c_str()), "attribute " + name) > 0;
}

std::string Object::text(const std::string& name) const {
  const std::string what = path_ + ": attribute " + name;
  const Handle attribute = owned(H5Aopen(handle_.id(), name.c_str(), H5P_DEFAULT), what);
  const Handle type = owned(H5Aget_type(attribute.id()), what);
  const Handle space = owned(H5Aget_space(attribute.id()), what);
  if (kind_of_type(type.id()) != Kind::text || H5Sget_simple_extent_npoints(space.id()) != 1)
    throw Error(what + " is not a text");
  if (checked(H5Tis_variable_str(type.id()), what) > 0) {
    VariableTexts texts(1);
    const Handle memory = text_type(H5T_VARIABLE);
    checked(H5Tset_cset(memory.id(), H5Tget_cset(type.id())), what);
    checked(H5Aread(attribute.id(), memory.id(), texts.data()), what);
    return texts.copy().front();
  }
  if (H5Tget_size(type.id()) > H5Aget_storage_size(attribute.id()))
    throw Error(what + " is longer than what is stored");
  std::string value(H5Tget_size(type.id()), '\0');
  checked(H5Aread(attribute.id(), type.id(), value.data()), what);
  return value.substr(0, value.find('\0'));
}

std::vector<std::uint64_t> Object::read_integers(const std::string& name) const {
  const std::string what = path_ + ": attribute " + name;
  const Handle attribute = owned(H5Aopen(handle_.id(), name.c_str(), H5P_DEFAULT), what);
  const Handle type = owned(H5Aget_type(attribute.id()), what);
  const Handle space = owned(H5Aget_space(attribute.id()), what);
  const auto n = H5Sget_simple_extent_npoints(space.id());
  if (H5Tget_class(type.id()) != H5T_INTEGER || n < 0 || n > 1000)
    throw Error(what + " is not a short list of integers");
  const bool wide = kind_of_type(type.id()) == Kind::uint64;
  std::vector<std::uint64_t> values(static_cast<std::size_t>(n));
  checked(H5Aread(attribute.id(), wide ? H5T_NATIVE_UINT64 : H5T_NATIVE_INT64, values.data()),
          what);
  return values;
}

std::vector<std::int64_t> Object::integers(const std::string& name) const {
  const auto values = read_integers(name);
  return {values.begin(), values.end()};
}

std::uint64_t Object::unsigned_integer(const std::string& name) const {
  const auto values = read_integers(name);
  if (values.size() != 1) throw Error(path_ + ": attribute " + name + " is not one integer");
  return values.front();
}

std::vector<std::pair<std::string, std::string>> Object::texts() const {
  std::vector<std::string> names;
  hsize_t next = 0;
  const auto add = [](hid_t, const char* name, const H5A_info_t*, void* out) -> herr_t {
    static_cast<std::vector<std::string>*>(out)->emplace_back(name);
    return 0;
  };
  checked(H5Aiterate2(handle_.id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, &next, add, &names),
          "attributes of " + path_);
  std::vector<std::pair<std::string, std::string>> all;
  for (const auto& name : names) {
    const Handle attribute = owned(H5Aopen(handle_.id(), name.c_str(), H5P_DEFAULT), name);
    if (kind_of_type(owned(H5Aget_type(attribute.id()), name).id()) == Kind::text)
      all.emplace_back(name, text(name));
  }
  return all;
}

void Dataset::transfer(Kind kind, void* values, const Extent& offset, const Extent& count,
                       bool out) const {
  prepare();
  const std::vector<hsize_t> start(offset.begin(), offset.end()), size(count.begin(), count.end());
  const Handle file_space = owned(H5Dget_space(handle_.id()), path_);
  checked(H5Sselect_hyperslab(file_space.id(), H5S_SELECT_SET, start.data(), nullptr, size.data(),
                              nullptr),
          path_);
  const Handle memory_space = space_of({product(count)});
  const auto call = [&](auto function, auto* data, const char* what) {
    checked(
        function(handle_.id(), native(kind), memory_space.id(), file_space.id(), H5P_DEFAULT, data),
        what + path_);
  };
  if (out)
    call(H5Dwrite, static_cast<const void*>(values), "");
  else
    call(H5Dread, values, "cannot read ");
}

void Dataset::write_texts(const std::vector<std::string>& values) const {
  prepare();
  std::vector<const char*> pointers;
  for (const auto& value : values) pointers.push_back(value.c_str());
  const Handle type = text_type(H5T_VARIABLE);
  checked(H5Dwrite(handle_.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), path_);
}

std::vector<std::string> Dataset::read_texts() const {
  const Handle stored_type = owned(H5Dget_type(handle_.id()), path_);
  const auto extent = shape();
  if (H5Tis_variable_str(stored_type.id()) <= 0 || extent.size() != 1)
    throw Error(path_ + " is not a list of texts");
  if (extent[0] * sizeof(hvl_t) > (std::uint64_t{1} << 30)) throw Error(path_ + " is too long");
  VariableTexts texts(extent[0]);
  checked(H5Dread(handle_.id(), stored_type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()),
          "cannot read " + path_);
  return texts.copy();
}

Extent Dataset::shape() const {
  const Handle space = owned(H5Dget_space(handle_.id()), path_);
  std::vector<hsize_t> dims(H5S_MAX_RANK);
  const int rank = checked(H5Sget_simple_extent_dims(space.id(), dims.data(), nullptr), path_);
  return Extent(dims.begin(), dims.begin() + rank);
}

Extent Dataset::chunk() const {
  const Handle list = owned(H5Dget_create_plist(handle_.id()), path_);
  if (H5Pget_layout(list.id()) != H5D_CHUNKED) return {};
  std::vector<hsize_t> dims(H5S_MAX_RANK);
  const int rank = checked(H5Pget_chunk(list.id(), H5S_MAX_RANK, dims.data()), path_);
  return Extent(dims.begin(), dims.begin() + rank);
}

Kind Dataset::kind() const { return kind_of_type(owned(H5Dget_type(handle_.id()), path_).id()); }

std::uint64_t Dataset::element_bytes() const {
  return H5Tget_size(owned(H5Dget_type(handle_.id()), path_).id());
}

void Dataset::make_scale(const std::string& name) const {
  checked(H5DSset_scale(handle_.id(), name.c_str()), path_ + " cannot be a dimension");
}

void Dataset::attach(unsigned dimension, const Dataset& scale) const {
  checked(H5DSattach_scale(handle_.id(), scale.handle_.id(), dimension),
          "cannot attach a dimension to " + path_);
}

}  // namespace sim::hdf5
