// SPDX-License-Identifier: Apache-2.0
#pragma once
// The small part of the HDF5 C API that result files need, with each return code checked and each
// handle owned. Only hdf5.cpp and hdf5_data.cpp see the library's own headers.
//
// What is created can be read as netCDF-4: 1.8 file format, creation order tracked, no time stamps,
// dimension scales, text as UTF-8 (docs/decisions/0003-result-files.md says why each).
// Errors: sim::Error with the path inside the file and the innermost reason HDF5 gave; which file
// it is, the caller knows. Any thread may call, HDF5 serialises.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sim::hdf5 {

// `unwritten`: a 4-byte real that is never written, as netCDF marks dimensions without values.
enum class Kind : std::uint8_t { int8, int32, int64, uint64, real64, text, unwritten, other };

template <class T>
constexpr Kind kind_of() {
  if constexpr (std::is_same_v<T, std::int8_t>) return Kind::int8;
  if constexpr (std::is_same_v<T, std::int32_t>) return Kind::int32;
  if constexpr (std::is_same_v<T, std::int64_t>) return Kind::int64;
  if constexpr (std::is_same_v<T, std::uint64_t>) return Kind::uint64;
  if constexpr (std::is_same_v<T, double>) return Kind::real64;
}

// Calls the action while no other thread is inside the library. A fork must happen like this: the
// child of one made while another thread was inside would wait for that thread for ever.
void with_library_to_itself(const std::function<void()>& action);

using Extent = std::vector<std::uint64_t>;

// Owns one HDF5 identifier of any sort.
class Handle {
 public:
  Handle() = default;
  explicit Handle(std::int64_t id) : id_(id) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)) {}
  Handle& operator=(Handle&& other) noexcept;
  ~Handle();
  std::int64_t id() const { return id_; }
  bool close() noexcept;  // false: HDF5 could not

 private:
  std::int64_t id_ = -1;
};

// A group or a dataset: something that has a path and attributes.
class Object {
 public:
  const std::string& path() const { return path_; }
  void set_text(const std::string& name, std::string_view text) const;
  template <class T>
  void set(const std::string& name, T value) const {
    set_raw(name, kind_of<T>(), &value, nullptr);
  }
  template <class T>
  void set_list(const std::string& name, const std::vector<T>& values) const {
    const std::uint64_t length = values.size();
    set_raw(name, kind_of<T>(), values.data(), &length);
  }

  bool has(const std::string& name) const;
  std::string text(const std::string& name) const;
  std::vector<std::int64_t> integers(const std::string& name) const;  // scalar: one element
  std::uint64_t unsigned_integer(const std::string& name) const;
  std::vector<std::pair<std::string, std::string>> texts() const;  // all that are texts
  void close();

 protected:
  Object() = default;
  Object(Handle handle, std::string path) : handle_(std::move(handle)), path_(std::move(path)) {}
  void set_raw(const std::string& name, Kind, const void* values,
               const std::uint64_t* length) const;
  std::vector<std::uint64_t> read_integers(const std::string& name) const;

  Handle handle_;
  std::string path_;
};

class Dataset : public Object {
 public:
  Dataset() = default;

  // The part from `offset` of the extent `count`; values in row-major order.
  template <class T>
  void write(const T* values, const Extent& offset, const Extent& count) const {
    transfer(kind_of<T>(), const_cast<T*>(values), offset, count, true);
  }
  template <class T>
  void read(T* values, const Extent& offset, const Extent& count) const {
    transfer(kind_of<T>(), values, offset, count, false);
  }
  template <class T>
  void write_all(const std::vector<T>& values) const {
    write(values.data(), Extent(shape().size(), 0), shape());
  }
  void write_texts(const std::vector<std::string>& values) const;
  std::vector<std::string> read_texts() const;  // a list of texts

  Extent shape() const;
  Extent chunk() const;  // empty if the dataset has none
  Kind kind() const;
  std::uint64_t element_bytes() const;

  void make_scale(const std::string& name) const;
  void attach(unsigned dimension, const Dataset& scale) const;

 private:
  friend class Group;
  Dataset(Handle handle, std::string path) : Object(std::move(handle), std::move(path)) {}
  void transfer(Kind, void* values, const Extent& offset, const Extent& count, bool out) const;
};

// Chunks are packed and get a checksum. Without chunks the values lie in one piece, never in the
// header (H5D_COMPACT): R's ncdf4 cannot open a file with such a variable.
struct Layout {
  Kind kind = Kind::real64;
  Extent shape;
  Extent chunk;
  const void* fill = nullptr;  // one value of the kind
};

class Group : public Object {
 public:
  Group() = default;
  Group create_group(const std::string& name) const;
  Group group(const std::string& name) const;
  Dataset create_dataset(const std::string& name, const Layout& layout) const;
  Dataset dataset(const std::string& name) const;
  bool contains(const std::string& name) const;
  bool is_group(const std::string& name) const;
  std::vector<std::string> names() const;  // in order of creation

 private:
  friend class File;
  Group(Handle handle, std::string path) : Object(std::move(handle), std::move(path)) {}
};

class File {
 public:
  static File create(const std::string& path);
  static File open(const std::string& path);  // read-only
  Group root() const;
  void flush() const;
  void close();  // all objects must have been closed before

 private:
  explicit File(Handle handle) : handle_(std::move(handle)) {}
  Handle handle_;
};

std::string library_version();  // "HDF5 1.10.8"

}  // namespace sim::hdf5
