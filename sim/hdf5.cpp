// SPDX-License-Identifier: Apache-2.0
#include "sim/hdf5.h"

#include "sim/hdf5_handles.h"

namespace sim::hdf5 {
namespace {

constexpr unsigned creation_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

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

}  // namespace

// HDF5 holds its lock, which is recursive, while it calls back; walking an error stack of our own
// is the plainest way to be called back.
void with_library_to_itself(const std::function<void()>& action) {
  prepare();
  const hid_t stack = H5Ecreate_stack();
  if (stack < 0) fail("an error stack");
  H5Epush2(stack, __FILE__, __func__, __LINE__, H5E_ERR_CLS, H5E_NONE_MAJOR, H5E_NONE_MINOR, " ");
  H5Ewalk2(
      stack, H5E_WALK_UPWARD,
      [](unsigned, const H5E_error2_t*, void* what) -> herr_t {
        (*static_cast<const std::function<void()>*>(what))();
        return 0;
      },
      const_cast<void*>(static_cast<const void*>(&action)));
  H5Eclose_stack(stack);
}

void prepare() {
  static const bool once = (H5dont_atexit(), H5open(), true);
  static_cast<void>(once);
  thread_local const bool quiet = (H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr), true);
  static_cast<void>(quiet);
}

void fail(const std::string& what) { throw Error(what + ": " + reason()); }

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

Handle text_type(std::size_t size) {
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
