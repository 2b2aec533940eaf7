// SPDX-License-Identifier: Apache-2.0
#pragma once
// A file that appears under its final name only when it is complete and on the disk.
//
//   PartialFile file("x.h5", bytes);   // refuses early: no folder, no room, another writer
//   ... write into file.path() ...     // ".x.h5.writing-<pid>", hidden: not yet worth reading
//   file.show();                       // from here on file.path() is "x.h5.partial"
//   ... write more, close ...
//   file.commit();                     // fsync, rename to "x.h5", fsync the folder
//
// Without commit or keep the destructor empties and removes it (emptying frees the room at once
// even if a library could not close its descriptor). One process at a time may write x.h5: a lock
// on the open file, gone with the process. What killed runs leave is replaced or removed by the
// next. Errors (sim::Error) give the reason; the caller puts "cannot write x.h5: " before it.

#include <cstdint>
#include <string>

namespace sim {

class PartialFile {
 public:
  PartialFile(const std::string& final_path, std::uint64_t bytes_needed);
  ~PartialFile();
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;

  const std::string& path() const { return path_; }
  const std::string& final_path() const { return final_path_; }
  void show();
  void commit();
  void keep();  // as x.h5.partial, synced

 private:
  void sync() const;
  bool still_ours() const;

  std::string final_path_, path_;
  int descriptor_ = -1;
  bool done_ = false;
};

}  // namespace sim
