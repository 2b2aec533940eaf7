// SPDX-License-Identifier: Apache-2.0
#include "sim/hdf5.h"

#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "sim/check.h"

namespace sim::hdf5 {
namespace {

constexpr unsigned creation_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

// HDF5 keeps an error stack per thread and prints it unless told otherwise. Its own clean-up at
// exit crashes after a full disk; we close everything ourselves. Both must come first.
void prepare() {
  static const bool once = (H5dont_atexit(), H5open(), true);
  static_cast<void>(once);
  thread_local const bool quiet = (H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr), true);
  static_cast<void>(quiet);
}

// The first entry of the stack says what went wrong. For system calls it reads "..., errno = 28,
// error message = 'No space left on device', ...": the quoted part is the reason.
std::string reason() {
  std::string text;
  H5Ewalk2(
      H5E_DEFAULT, H5E_WALK_UPWARD,
      [](unsigned n, const H5E_error2_t* entry, void* out) -> herr_t {
        if (n == 0 && entry->desc != nullptr) *static_cast<std::string*>(out) = entry->desc;
        return 0;
      },
      &text);
  const std::string mark = "error message = '";
  if (const auto from = text.find(mark); from != std::string::npos) {
    const auto begin = from + mark.size();
    return text.substr(begin, text.find('\'', begin) - begin);
  }
  return text.empty() ? "HDF5 gave no reason" : text;
}

[[noreturn]] void fail(const std::string& what) { throw Error(what + ": " + reason()); }

template <class Result>
Result checked(Result result, const std::string& what) {
  if (result < 0) fail(what);
  return result;
}

Handle owned(hid_t id, const std::string& what) { return Handle(checked(id, what)); }

hid_t native(Kind kind) {
  switch (kind) {
    case Kind::int8:
      return H5T_NATIVE_INT8;
    case Kind::int32:
      return H5T_NATIVE_INT32;
    case Kind::int64:
      return H5T_NATIVE_INT64;
    case Kind::uint64:
      return H5T_NATIVE_UINT64;
    case Kind::real64:
      return H5T_NATIVE_DOUBLE;
    default:
      throw Error("no numeric type");
  }
}

hid_t stored(Kind kind) {
  switch (kind) {
    case Kind::int8:
      return H5T_STD_I8LE;
    case Kind::int32:
      return H5T_STD_I32LE;
    case Kind::int64:
      return H5T_STD_I64LE;
    case Kind::uint64:
      return H5T_STD_U64LE;
    case Kind::real64:
      return H5T_IEEE_F64LE;
    case Kind::unwritten:
      return H5T_IEEE_F32BE;
    default:
      throw Error("no numeric type");
  }
}

Handle text_type(std::size_t size) {  // H5T_VARIABLE for texts of any length
  Handle type = owned(H5Tcopy(H5T_C_S1), "text type");
  checked(H5Tset_size(type.id(), size), "text type");
  checked(H5Tset_cset(type.id(), H5T_CSET_UTF8), "text type");
  checked(H5Tset_strpad(type.id(), H5T_STR_NULLTERM), "text type");
  return type;
}

Handle space_of(const Extent& shape) {
  const std::vector<hsize_t> dims(shape.begin(), shape.end());
  return owned(H5Screate_simple(static_cast<int>(dims.size()), dims.data(), nullptr), "shape");
}

std::uint64_t product(const Extent& shape) {
  std::uint64_t n = 1;
  for (const auto extent : shape)
    if (__builtin_mul_overflow(n, extent, &n)) throw Error("a shape is too large");
  return n;
}

Handle access_list() {
  Handle list = owned(H5Pcreate(H5P_FILE_ACCESS), "file access");
  checked(H5Pset_libver_bounds(list.id(), H5F_LIBVER_V18, H5F_LIBVER_V18), "file format");
  checked(H5Pset_file_locking(list.id(), true, true), "file locking");  // best effort: NFS, Lustre
  checked(H5Pset_fclose_degree(list.id(), H5F_CLOSE_SEMI), "file access");
  return list;
}

Handle creation_list(hid_t sort) {
  Handle list = owned(H5Pcreate(sort), "creation list");
  checked(H5Pset_obj_track_times(list.id(), false), "creation list");
  checked(H5Pset_attr_creation_order(list.id(), creation_order), "creation list");
  if (sort != H5P_DATASET_CREATE)
    checked(H5Pset_link_creation_order(list.id(), creation_order), "creation list");
  return list;
}

void add_filters(hid_t list, const Layout& layout) {
  const std::vector<hsize_t> chunk(layout.chunk.begin(), layout.chunk.end());
  checked(H5Pset_chunk(list, static_cast<int>(chunk.size()), chunk.data()), "chunks");
  // Shuffled doubles of simulated series compress worse and slower (platform.md 3.7).
  if (layout.kind != Kind::real64) checked(H5Pset_shuffle(list), "shuffle");
  checked(H5Pset_deflate(list, 1), "deflate");
  checked(H5Pset_fletcher32(list), "checksum");
}

Kind kind_of_type(hid_t type) {
  const auto size = H5Tget_size(type);
  switch (H5Tget_class(type)) {
    case H5T_STRING:
      return Kind::text;
    case H5T_FLOAT:
      return size == 8 ? Kind::real64 : Kind::other;
    case H5T_INTEGER:
      if (size == 1) return Kind::int8;
      if (size == 4) return Kind::int32;
      if (size == 8) return H5Tget_sign(type) == H5T_SGN_NONE ? Kind::uint64 : Kind::int64;
      return Kind::other;
    default:
      return Kind::other;
  }
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

Handle& Handle::operator=(Handle&& other) noexcept {
  if (this != &other) {
    close();
    id_ = std::exchange(other.id_, -1);
  }
  return *this;
}

Handle::~Handle() { close(); }

bool Handle::close() noexcept {
  prepare();
  const hid_t id = std::exchange(id_, -1);
  if (id < 0) return true;
  switch (H5Iget_type(id)) {
    case H5I_FILE:
      return H5Fclose(id) >= 0;
    case H5I_GROUP:
      return H5Gclose(id) >= 0;
    case H5I_DATASET:
      return H5Dclose(id) >= 0;
    case H5I_ATTR:
      return H5Aclose(id) >= 0;
    case H5I_DATATYPE:
      return H5Tclose(id) >= 0;
    case H5I_DATASPACE:
      return H5Sclose(id) >= 0;
    case H5I_GENPROP_LST:
      return H5Pclose(id) >= 0;
    default:
      return false;
  }
}

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

Group Group::create_group(const std::string& name) const {
  const Handle list = creation_list(H5P_GROUP_CREATE);
  return Group(owned(H5Gcreate2(handle_.id(), name.c_str(), H5P_DEFAULT, list.id(), H5P_DEFAULT),
                     "cannot create " + path_ + name),
               path_ + name + "/");
}

Group Group::group(const std::string& name) const {
  return Group(owned(H5Gopen2(handle_.id(), name.c_str(), H5P_DEFAULT), "cannot open " + name),
               path_ + name + "/");
}

Dataset Group::create_dataset(const std::string& name, const Layout& layout) const {
  const Handle list = creation_list(H5P_DATASET_CREATE);
  const Handle access = owned(H5Pcreate(H5P_DATASET_ACCESS), name);
  const bool text = layout.kind == Kind::text;
  if (!layout.chunk.empty()) {
    add_filters(list.id(), layout);
    // Chunks are written whole and once: nothing to cache.
    checked(H5Pset_chunk_cache(access.id(), 0, 0, 1.0), "chunk cache");
  }
  if (layout.fill != nullptr)
    checked(H5Pset_fill_value(list.id(), native(layout.kind), layout.fill), "fill value");
  const Handle type = text ? text_type(H5T_VARIABLE) : owned(H5Tcopy(stored(layout.kind)), name);
  return Dataset(owned(H5Dcreate2(handle_.id(), name.c_str(), type.id(),
                                  space_of(layout.shape).id(), H5P_DEFAULT, list.id(), access.id()),
                       "cannot create " + path_ + name),
                 path_ + name);
}

Dataset Group::dataset(const std::string& name) const {
  return Dataset(owned(H5Dopen2(handle_.id(), name.c_str(), H5P_DEFAULT), "cannot open " + name),
                 path_ + name);
}

bool Group::contains(const std::string& name) const {
  return checked(H5Lexists(handle_.id(), name.c_str(), H5P_DEFAULT), path_ + name) > 0;
}

bool Group::is_group(const std::string& name) const {
  H5O_info_t info;
  checked(H5Oget_info_by_name(handle_.id(), name.c_str(), &info, H5P_DEFAULT), path_ + name);
  return info.type == H5O_TYPE_GROUP;
}

std::vector<std::string> Group::names() const {
  std::vector<std::string> names;
  hsize_t next = 0;
  // A soft or external link could lead out of the file: only hard links belong to the format.
  checked(H5Literate(
              handle_.id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, &next,
              [](hid_t, const char* name, const H5L_info_t* link, void* out) -> herr_t {
                if (link->type == H5L_TYPE_HARD)
                  static_cast<std::vector<std::string>*>(out)->emplace_back(name);
                return 0;
              },
              &names),
          "names in " + path_);
  return names;
}

File File::create(const std::string& path) {
  prepare();
  const Handle list = creation_list(H5P_FILE_CREATE), access = access_list();
  return File(owned(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, list.id(), access.id()),
                    "cannot create the file"));
}

File File::open(const std::string& path) {
  prepare();
  return File(owned(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access_list().id()), "cannot be opened"));
}

Group File::root() const {
  return Group(owned(H5Gopen2(handle_.id(), "/", H5P_DEFAULT), "cannot open the file"), "/");
}

void File::flush() const {
  prepare();
  checked(H5Fflush(handle_.id(), H5F_SCOPE_GLOBAL), "flushing");
}

void File::close() {
  if (!handle_.close()) fail("closing");
}

std::string library_version() {
  unsigned major = 0, minor = 0, release = 0;
  H5get_libversion(&major, &minor, &release);
  return "HDF5 " + std::to_string(major) + "." + std::to_string(minor) + "." +
         std::to_string(release);
}

}  // namespace sim::hdf5
