// SPDX-License-Identifier: Apache-2.0
#pragma once
// One table of a plan file, checked against its keys (keys.h): what its members ask for is there
// and has its kind, or a problem was added and they return something harmless.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/compensation/exact.h"
#include "models/compensation/keys.h"
#include "sim/date.h"
#include "sim/diagnostic.h"
#include "sim/toml_tree.h"

namespace compensation {

using sim::TomlNode;

// A number as the file writes it ("0.10", "1_000"), a text as it is; nullopt for other nodes.
std::optional<std::string> literal(const TomlNode& node);

class Table {
 public:
  // `path`: as messages name it ("component.commission"); `skip`: keys somebody else reads.
  Table(const TomlNode& node, std::string path, Keys keys, int digits,
        std::vector<sim::Problem>& problems, std::vector<std::string> skip = {});

  bool has(std::string_view key) const { return node_.find(key) != nullptr; }
  const TomlNode* node(std::string_view key) const { return node_.find(key); }
  std::string text(std::string_view key) const;
  std::vector<std::string> names(std::string_view key) const;
  std::int64_t amount(std::string_view key, bool negative_allowed = false) const;
  std::optional<std::int64_t> maybe_amount(std::string_view key) const;
  std::int64_t quantity(std::string_view key, bool units) const;  // an amount, or whole units
  Share share(std::string_view key, Share most = Share::whole(1)) const;  // 0..most
  std::vector<Share> shares(std::string_view key, Share most = Share::whole(1)) const;
  std::vector<std::int64_t> amounts(std::string_view key) const;
  std::vector<std::pair<Share, Share>> points(std::string_view key) const;
  std::int64_t whole(std::string_view key, std::int64_t least, std::int64_t most) const;
  bool boolean(std::string_view key) const;
  sim::Date date(std::string_view key) const;
  std::vector<Table> rows(std::string_view key) const;  // of an array of tables
  Table table(std::string_view key) const;
  // Number of the choice among the key's allowed words (0 without one).
  template <class Enum>
  Enum choice(std::string_view key) const {
    return static_cast<Enum>(choice_number(key));
  }

  // Adds a problem at a key (or at the table, if it is not there).
  void fail(std::string_view key, std::string message, std::string help = "") const;
  const std::string& path() const { return path_; }
  int digits() const { return digits_; }

 private:
  const Key* known(std::string_view key) const;
  std::string rule(std::string_view key) const;  // "R6: " or ""
  void check_key(const TomlNode& child);
  void check_missing();
  std::size_t choice_number(std::string_view key) const;
  std::optional<Share> share_of_node(const TomlNode& node) const;
  std::optional<std::int64_t> amount_of_node(const TomlNode& node) const;
  void wrong(const TomlNode& node, std::string_view key, std::string_view expected) const;

  const TomlNode& node_;
  std::string path_;
  Keys keys_;
  int digits_;
  std::vector<sim::Problem>& problems_;
  std::vector<std::string> skip_;
};

std::vector<std::string> words_of(std::string_view allowed);  // "a|b" -> {"a", "b"}

}  // namespace compensation
