// SPDX-License-Identifier: Apache-2.0
// Any bytes as a deal log, against plans that use everything: the reader either says what is wrong
// or the log is paid to the cent, and in whatever order its rows stand.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "models/compensation/read_plan.h"
#include "sim/check.h"
#include "tests/fuzz/deal_plans.h"
#include "tests/fuzz/statement_checks.h"

namespace {

using Plans = std::vector<std::shared_ptr<const compensation::Plan>>;

const Plans& plans() {
  static const Plans all = [] {
    Plans read;
    for (const char* text : fuzz::deal_plans)
      read.push_back(
          std::make_shared<const compensation::Plan>(compensation::read_plan(text, "plan.toml")));
    return read;
  }();
  return all;
}

// The header, then the rows from last to first; "" where rows are not lines.
std::string backwards(std::string_view text) {
  if (text.find('"') != text.npos || text.empty()) return "";
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  const auto blank = [](std::string_view line) {
    return line.find_first_not_of(" \t\r,;") == line.npos;
  };
  const auto header = std::ranges::find_if_not(lines, blank);
  if (header == lines.end()) return "";
  std::reverse(header + 1, lines.end());
  std::string turned;
  for (const std::string_view line : lines) turned += std::string(line) + "\n";
  return turned;
}

compensation::DealLog read_turned(const std::string& text, const compensation::Plan& plan) {
  try {
    return compensation::read_deals(text, "turned.csv", plan);
  } catch (const sim::BadInput&) {
    fuzz::require(false, "the order of rows makes an error");
    throw;
  }
}

void check(std::string_view text, const compensation::DealLog& log,
           const std::shared_ptr<const compensation::Plan>& plan) {
  const auto statement = fuzz::pay_and_check(plan, log);
  const std::string turned = backwards(text);
  if (turned.empty()) return;
  const auto again =
      compensation::pay(plan, read_turned(turned, *plan), compensation::Payroll::Trace::no);
  fuzz::require_same_pay(*statement.payroll, *again.payroll, "the order of rows changes pay");
}

}  // namespace

// What the first plan cannot read no other can.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto& plan : plans()) {
    bool readable = false;
    try {
      const auto log = compensation::read_deals(text, "deals.csv", *plan);
      readable = true;
      check(text, log, plan);
    } catch (const sim::BadInput&) {
      if (!readable && plan == plans().front()) break;
    }
  }
  return 0;
}
