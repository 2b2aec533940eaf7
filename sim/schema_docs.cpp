// SPDX-License-Identifier: Apache-2.0
// The registry as texts for people: base.toml and the reference page.
#include <fmt/format.h>

#include <cmath>

#include "sim/read_value.h"
#include "sim/run_settings.h"
#include "sim/schema.h"

namespace sim {
namespace {

// The words of `text` in lines of at most 98 columns, each after `prefix`.
std::string wrapped(std::string_view text, std::string_view prefix) {
  constexpr std::size_t widest = 98;
  std::string out(prefix);
  std::size_t width = prefix.size();
  bool first = true;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (!first && width + 1 + word.size() > widest) {
      out += fmt::format("\n{}", prefix);
      width = prefix.size();
      first = true;
    }
    out += fmt::format("{}{}", first ? "" : " ", word);
    width += word.size() + (first ? 0 : 1);
    first = false;
  }
  return out + "\n";
}

std::string range_text(const Parameter& parameter) {
  if (!parameter.numeric() || !(parameter.low < parameter.high)) return "";
  return fmt::format("{} to {}", number_words(parameter.low), number_words(parameter.high));
}

std::string bounds_text(const Parameter& parameter) {
  const bool bounded = std::isfinite(parameter.min) || std::isfinite(parameter.max);
  const bool numbers = parameter.numeric() || parameter.kind == Kind::numbers;
  if (!numbers || !bounded) return "";
  if (!std::isfinite(parameter.max)) return fmt::format(">= {}", number_words(parameter.min));
  if (!std::isfinite(parameter.min)) return fmt::format("<= {}", number_words(parameter.max));
  return fmt::format("{} to {}", number_words(parameter.min), number_words(parameter.max));
}

std::string choices_text(const Parameter& parameter) {
  std::string list;
  for (const std::string& name : parameter.choices)
    list += fmt::format("{}\"{}\"", list.empty() ? "" : " | ", name);
  return list;
}

// "new needs per account [1/year]; 10% to 90%: 0.2 to 0.8; field_study: toy.md 1; uncertainty"
std::string comment(const Parameter& parameter) {
  std::string text = parameter.meaning;
  if (parameter.unit != "1") text += fmt::format(" [{}]", parameter.unit);
  if (const std::string list = choices_text(parameter); !list.empty()) text += ": " + list;
  if (const std::string range = range_text(parameter); !range.empty())
    text += fmt::format("; 10% to 90%: {} ({})", range, name_of(parameter.distribution));
  if (const std::string bounds = bounds_text(parameter); !bounds.empty())
    text += fmt::format("; allowed: {}", bounds);
  if (parameter.evidence == Evidence::definition) return text;
  text += fmt::format("; {}", name_of(parameter.evidence));
  if (!parameter.source.empty()) text += fmt::format(": {}", parameter.source);
  return text + fmt::format("; {}", name_of(parameter.role));
}

std::string value_text(const Parameter& parameter, const ModelSections& model) {
  if (parameter.name == "model" && &parameter == run_section().find("model"))
    return toml_quoted(model.name);
  return to_toml(parameter.fallback);
}

void write_base_section(const Section& section, const ModelSections& model, std::string& out) {
  const std::string mute = section.repeated ? "# " : "";
  out += fmt::format("\n{}", wrapped(section.meaning, "# "));
  if (section.repeated) out += "# One table for each, with a name of your choice:\n";
  out += fmt::format("{}[{}{}]\n", mute, section.name, section.repeated ? ".NAME" : "");
  for (const Parameter& parameter : section.parameters) {
    out += wrapped(comment(parameter), section.repeated ? "# # " : "# ");
    out += fmt::format("{}{} = {}\n", mute, parameter.name, value_text(parameter, model));
  }
}

std::string cell(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

// "Who sells." for "who sells".
std::string sentence(std::string text) {
  if (text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text + ".";
}

void write_page_section(const Section& section, std::string& out) {
  out += fmt::format("\n## `[{}{}]`\n\n{}\n\n", section.name, section.repeated ? ".NAME" : "",
                     sentence(section.meaning));
  out += "| parameter | default | unit | meaning | 10% to 90% | allowed | evidence | role |\n";
  out += "|---|---|---|---|---|---|---|---|\n";
  for (const Parameter& parameter : section.parameters) {
    const std::string range = range_text(parameter);
    const std::string allowed =
        parameter.choices.empty() ? bounds_text(parameter) : choices_text(parameter);
    out += fmt::format(
        "| `{}` | `{}` | {} | {} | {} | {} | {} | {} |\n", parameter.name,
        cell(to_toml(parameter.fallback)), cell(parameter.unit), cell(parameter.meaning),
        range.empty() ? "" : fmt::format("{} ({})", range, name_of(parameter.distribution)),
        cell(allowed),
        parameter.source.empty()
            ? std::string(name_of(parameter.evidence))
            : fmt::format("{}: {}", name_of(parameter.evidence), cell(parameter.source)),
        name_of(parameter.role));
  }
}

}  // namespace

std::string base_toml(const ModelSections& model) {
  std::string out = wrapped(
      fmt::format(
          "Every parameter of model \"{}\", {}. Generated from the model's own declarations.",
          model.name, model.meaning),
      "# ");
  out += "format = 1\n";
  write_base_section(run_section(), model, out);
  for (const Section& section : model.sections) write_base_section(section, model, out);
  return out;
}

std::string reference_page(const ModelSections& model) {
  std::string out =
      fmt::format("# Parameters of model `{}`\n\n{}\n", model.name, sentence(model.meaning));
  write_page_section(run_section(), out);
  for (const Section& section : model.sections) write_page_section(section, out);
  return out;
}

}  // namespace sim
