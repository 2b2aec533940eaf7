// SPDX-License-Identifier: Apache-2.0
#pragma once
// One value of a scenario file, read as its parameter declares it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/calendar.h"
#include "sim/diagnostic.h"
#include "sim/parameters.h"
#include "sim/settings.h"
#include "sim/toml_tree.h"

namespace sim {

// Problems found so far; ten are enough.
class Problems {
 public:
  void add(Place place, std::string key, std::string message, std::string help = "");
  bool any() const { return !list_.empty(); }
  bool full() const { return list_.size() >= most; }  // looking for more is a waste
  void throw_if_any() const;
  void append_to(Problems& other) const;

 private:
  static constexpr std::size_t most = 10;
  std::vector<Problem> list_;
};

// What money and dates mean in this run.
struct Terms {
  std::string currency = "USD";
  int digits = 2;
  const Calendar* calendar = nullptr;  // without one only plain dates are read
};

// What a file says about a parameter: `0.3` or any part of
// { value = 0.3, low = 0.2, high = 0.5, distribution = "normal", source = "...", evidence = "..."
// }.
struct Given {
  std::optional<Value> value;
  std::optional<double> low, high;  // both or neither
  std::optional<Distribution> distribution;
  std::optional<std::string> source;
  std::optional<Evidence> evidence;
};

// nullopt after adding a problem.
std::optional<Given> read_given(const TomlNode& node, const Parameter& parameter,
                                const std::string& key, const Terms& terms, Problems& problems);

// As a file would say it.
std::string to_toml(const Given& given, int digits);

// The parameter's setting when no file says anything, and after one has. A value without a range
// - equal to the one in force: changes nothing;
// - equal to the default: brings the declared range back;
// - else: takes the declared range along (in proportion if lognormal, else shifted, within the
//   bounds), as a guess without a source.
Setting default_setting(std::string key, const Parameter& parameter, int digits);
void apply(const Given& given, std::string origin, int digits, Setting& setting);

// What is wrong with a setting after that: "", or "the value 3 is not between low 4 and high 5".
std::string belief_fault(const Setting& setting, int digits);

double file_number(const Value& value, int digits);  // of a numeric value, in the unit of the file
std::string number_words(double number);             // "0.25", "5000000", "infinity"

}  // namespace sim
