// SPDX-License-Identifier: Apache-2.0
#include "sim/layers.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "sim/text.h"

namespace sim {
namespace {

namespace fs = std::filesystem;
using Type = TomlNode::Type;

[[noreturn]] void fail(const Place& place, std::string message, std::string help = "") {
  throw ScenarioError({{place, "", std::move(message), std::move(help)}});
}

std::string read_file(const fs::path& path, const Place& from) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) fail(from, fmt::format("there is no file '{}'", path.string()));
  if (!fs::is_regular_file(status)) fail(from, fmt::format("'{}' is no file", path.string()));
  std::ifstream stream(path, std::ios::binary);
  std::string text(TomlLimits::bytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad() || (stream.fail() && !stream.eof()))
    fail(from, fmt::format("cannot read '{}'", path.string()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

bool looks_like_path(std::string_view name) {
  return name.find('/') != name.npos || name.ends_with(".toml");
}

class Loader {
 public:
  explicit Loader(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  // `folder`: of the file that says so; none inside a packaged scenario.
  void file_or_name(std::string_view name, const std::optional<fs::path>& folder,
                    const Place& from) {
    if (folder && looks_like_path(name)) return file(*folder / fs::path(name), from);
    std::string bare(name);
    if (!folder && bare.ends_with(".toml")) bare.resize(bare.size() - 5);
    if (const auto text = packaged(bare)) {
      enter("packaged " + bare, from);
      return text_layer(*text, fmt::format("packaged/{}.toml", bare), std::nullopt);
    }
    const std::string near = nearest(bare, vocabulary_.packaged_names);
    fail(from, fmt::format("there is no packaged scenario '{}'", bare),
         near.empty()
             ? "a file is written with its ending, like \"./mine.toml\""
             : fmt::format("did you mean '{}'? (a file is written \"{}.toml\")", near, bare));
  }

  void text_layer(std::string_view text, const std::string& display,
                  const std::optional<fs::path>& folder) {
    auto source = std::make_shared<Source>(Source{display, std::string(text)});
    TomlNode root = parse_toml(source);
    check_format(root, source);
    const TomlNode* extends = root.find("extends");
    if (!extends && !root.find("run"))
      fail({source, 0, 0, 1}, "the file has neither `extends` nor [run]",
           "write `extends = \"saas_60\"` or a [run] table");
    if (extends) {
      if (extends->type != Type::text || extends->text.empty())
        fail(extends->place, fmt::format("extends: expected a text, found {}", extends->found()),
             "the path of a file or the name of a packaged scenario");
      file_or_name(extends->text, folder, extends->place);
    }
    layers_.push_back({display, std::move(root)});
  }

  std::vector<Layer> take() { return std::move(layers_); }

 private:
  std::optional<std::string> packaged(const std::string& name) const {
    return vocabulary_.packaged ? vocabulary_.packaged(name) : std::nullopt;
  }

  void file(const fs::path& path, const Place& from) {
    const std::string text = read_file(path, from);
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    enter((error ? path : real).string(), from);
    text_layer(text, path.lexically_normal().string(), path.parent_path());
  }

  void enter(std::string identity, const Place& from) {
    if (std::ranges::find(entered_, identity) != entered_.end())
      fail(from, "extends: the files extend each other in a circle");
    if (entered_.size() >= 16) fail(from, "extends: more than 16 files extend each other");
    entered_.push_back(std::move(identity));
  }

  static void check_format(const TomlNode& root, const std::shared_ptr<const Source>& source) {
    const TomlNode* format = root.find("format");
    if (!format)
      fail({source, 0, 0, 1}, "the file does not say its format",
           "the first line of a scenario is `format = 1`");
    if (format->type != Type::integer || format->integer < 1)
      fail(format->place, fmt::format("format: expected 1, found {}", format->found()));
    if (format->integer > 1)
      fail(format->place,
           fmt::format("this file has format {}; this program reads format 1", format->integer),
           "a newer version of the program reads it");
  }

  const Vocabulary& vocabulary_;
  std::vector<std::string> entered_;
  std::vector<Layer> layers_;
};

bool is_bare_word(std::string_view value) {
  return !value.empty() && std::string_view("\"'[{").find(value.front()) == value.npos;
}

// As TOML if it is TOML, else with quotes put around the value.
TomlNode parse_override(const std::shared_ptr<const Source>& source, std::string_view value) {
  const std::string_view key = std::string_view(source->text).substr(0, source->text.find('='));
  try {
    TomlNode root = parse_toml(source);
    if (!is_bare_word(value)) return root;
    TomlNode* leaf = &root;
    while (leaf->type == Type::table && leaf->children.size() == 1) leaf = &leaf->children.front();
    if (leaf->text.empty()) leaf->text = value;  // title=2026 is a text where one is asked for
    return root;
  } catch (const ScenarioError&) {
    if (!is_bare_word(value)) throw;
    return parse_toml(source, fmt::format("{}={}", key, toml_quoted(value)));
  }
}

}  // namespace

std::vector<Layer> load_layers(std::string_view file_or_name, const Vocabulary& vocabulary) {
  Loader loader(vocabulary);
  std::error_code none;
  if (!looks_like_path(file_or_name) && fs::is_regular_file(fs::path(file_or_name), none) &&
      !(vocabulary.packaged && vocabulary.packaged(file_or_name)))
    loader.file_or_name("./" + std::string(file_or_name), fs::path(), {});
  else
    loader.file_or_name(file_or_name, fs::path(), {});
  return loader.take();
}

std::vector<Layer> layers_of_text(std::string_view text, std::string_view display_name,
                                  const Vocabulary& vocabulary) {
  Loader loader(vocabulary);
  loader.text_layer(text, std::string(display_name), fs::path());
  return loader.take();
}

Layer override_layer(std::string_view text) {
  const auto source = std::make_shared<Source>(Source{"override", std::string(text)});
  const Place whole{source, 1, 1,
                    static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), 100))};
  const std::size_t equals = text.find('=');
  if (text.find_first_of("\n\r") != text.npos) fail(whole, "an override is one line");
  if (equals == text.npos || trimmed(text.substr(0, equals)).empty())
    fail(whole, fmt::format("'{}' is no override", text), "an override is key=value: run.weeks=52");
  if (trimmed(text.substr(equals + 1)).empty())
    fail(whole, fmt::format("'{}' has no value", text), "an empty text is key=\"\"");
  TomlNode root = parse_override(source, trimmed(text.substr(equals + 1)));
  if (root.children.size() != 1) fail(whole, fmt::format("'{}' is no override", text));
  const std::string& key = root.children.front().key;
  if (key == "format" || key == "extends")
    fail(whole, fmt::format("'{}' cannot be overridden", key));
  return {"override", std::move(root)};
}

}  // namespace sim
