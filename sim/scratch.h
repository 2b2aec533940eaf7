// SPDX-License-Identifier: Apache-2.0
#pragma once
// A short list on the stack: what a mechanism keeps of the rows of one chunk between two passes.
// Nothing is cleared and nothing allocated.

#include <cstddef>
#include <span>
#include <type_traits>

#include "sim/check.h"

namespace sim {

template <class T, std::size_t most>
class Scratch {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  Scratch() : size_(0) {}
  explicit Scratch(std::size_t size) : size_(size) { PARDNER_EXPECT(size <= most); }
  // With fill(std::span<T>), which writes them all.
  template <class Fill>
  Scratch(std::size_t size, Fill fill) : Scratch(size) {
    fill(std::span<T>(items_, size));
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  void clear() { size_ = 0; }
  void push(T value) {
    PARDNER_EXPECT(size_ < most);
    items_[size_++] = value;
  }
  // Without a branch, for conditions that a processor cannot guess. Writes the place in any case,
  // so one place must be left.
  void push_if(bool condition, T value) {
    PARDNER_EXPECT(size_ < most);
    items_[size_] = value;
    size_ += condition;
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() { return items_; }
  T& operator[](std::size_t i) { return items_[i]; }
  const T& operator[](std::size_t i) const { return items_[i]; }
  T* begin() { return items_; }
  T* end() { return items_ + size_; }
  const T* begin() const { return items_; }
  const T* end() const { return items_ + size_; }

 private:
  std::size_t size_;
  union {
    T items_[most];  // a union does not initialise what nobody wrote
  };
};

}  // namespace sim
