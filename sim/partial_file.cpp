// SPDX-License-Identifier: Apache-2.0
#include "sim/partial_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "sim/check.h"

namespace sim {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what, int error) {
  throw Error(what + ": " + std::generic_category().message(error));
}

fs::path folder_of(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  return folder.empty() ? fs::path(".") : folder;
}

// A link is followed, so that renaming replaces what it points at and not the link.
std::string target_of(const std::string& path) {
  std::error_code error;
  const auto kind = fs::status(path, error).type();
  if (kind == fs::file_type::not_found) {
    if (!fs::is_directory(folder_of(path), error))
      throw Error("there is no folder " + folder_of(path).string());
    return path;
  }
  if (kind != fs::file_type::regular) throw Error("it exists and is not an ordinary file");
  return fs::is_symlink(path) ? fs::canonical(path).string() : path;
}

void check_room(const std::string& path, std::uint64_t needed) {
  struct statvfs disk;
  if (::statvfs(folder_of(path).c_str(), &disk) != 0) fail("its disk", errno);
  const std::uint64_t room = std::uint64_t{disk.f_bavail} * disk.f_frsize;
  if (room >= needed) return;
  char text[120];
  std::snprintf(text, sizeof text, "the results may need %.3g MB, the disk has %.3g MB left",
                static_cast<double>(needed) / 1e6, static_cast<double>(room) / 1e6);
  throw Error(text);
}

// Locks of the open file description: they end with the descriptor, and unlike flock they do not
// collide with the locks that HDF5 itself takes through another descriptor.
enum class Lock { ours, of_another, unknown };  // unknown: a file system without locks

Lock lock(int descriptor) {
  struct flock whole = {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  if (::fcntl(descriptor, F_OFD_SETLK, &whole) == 0) return Lock::ours;
  return errno == EAGAIN || errno == EACCES ? Lock::of_another : Lock::unknown;
}

void refuse_if_written_by_another(const std::string& partial) {
  const int other = ::open(partial.c_str(), O_RDWR | O_CLOEXEC);
  if (other < 0) return;
  const Lock found = lock(other);
  ::close(other);
  if (found == Lock::of_another) throw Error("another process is writing it");
}

// Hidden files of processes that were killed before show(): nobody holds their lock.
void remove_leftovers(const fs::path& folder, const std::string& prefix) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (!entry.path().filename().string().starts_with(prefix) || !entry.is_regular_file(error))
      continue;
    const int other = ::open(entry.path().c_str(), O_RDWR | O_CLOEXEC);
    if (other < 0) continue;
    if (lock(other) == Lock::ours) ::unlink(entry.path().c_str());
    ::close(other);
  }
}

}  // namespace

PartialFile::PartialFile(const std::string& final_path, std::uint64_t bytes_needed)
    : final_path_(target_of(final_path)) {
  check_room(final_path_, bytes_needed);
  refuse_if_written_by_another(final_path_ + ".partial");
  const std::string name = fs::path(final_path_).filename().string();
  static std::atomic<int> serial{0};
  const std::string own = std::to_string(::getpid()) + "-" + std::to_string(serial++);
  const std::string hidden = "." + name + ".writing-";
  remove_leftovers(folder_of(final_path_), hidden);
  path_ = (folder_of(final_path_) / (hidden + own)).string();
  descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor_ < 0) fail("its folder", errno);
  lock(descriptor_);
}

PartialFile::~PartialFile() {
  if (!done_ && still_ours() && ::truncate(path_.c_str(), 0) == 0) ::unlink(path_.c_str());
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool PartialFile::still_ours() const {
  struct stat mine, named;
  return ::fstat(descriptor_, &mine) == 0 && ::stat(path_.c_str(), &named) == 0 &&
         mine.st_dev == named.st_dev && mine.st_ino == named.st_ino;
}

void PartialFile::sync() const {
  if (::fsync(descriptor_) != 0) fail("fsync", errno);
}

void PartialFile::show() {
  const std::string partial = final_path_ + ".partial";
  refuse_if_written_by_another(partial);
  if (::rename(path_.c_str(), partial.c_str()) != 0) fail("rename to " + partial, errno);
  path_ = partial;
}

void PartialFile::commit() {
  sync();
  if (!still_ours()) throw Error(path_ + " was replaced by another process");
  if (::rename(path_.c_str(), final_path_.c_str()) != 0) fail("rename of " + path_, errno);
  done_ = true;
  const int folder = ::open(folder_of(final_path_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;  // a folder that may be written but not read: the rename stands
  const int error = ::fsync(folder) == 0 ? 0 : errno;
  ::close(folder);
  if (error != 0 && error != EINVAL)  // EINVAL: a file system that cannot sync folders
    fail("it is complete, but its folder was not synced", error);
}

void PartialFile::keep() {
  sync();
  if (path_ != final_path_ + ".partial") show();
  done_ = true;
}

}  // namespace sim
