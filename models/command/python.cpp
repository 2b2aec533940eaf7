// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "models/command/commands.h"

namespace command {

namespace {

struct PythonCommand {
  const char* name;
  const char* meaning;
};
constexpr std::array<PythonCommand, 10> python_commands{{
    {"compare", "Compare scenarios under the same luck: table, picture, sentence (Python)"},
    {"calibrate", "Make a scenario from a sales log (Python)"},
    {"pay", "Pay a deal log by a plan, to the cent (Python)"},
    {"plan", "Make, list, compare and check pay plans (Python)"},
    {"claims", "Run claims about the model, write the table of verdicts (Python)"},
    {"incremental", "What partners bring, beside what is attributed to them (Python)"},
    {"overlap", "Which accounts you share with which partner (Python)"},
    {"explain", "The story of one deal: who worked, won and was paid, and why (Python)"},
    {"export", "Write a CRM log or tables from a result (Python)"},
    {"demo", "Run the first what-if and write its report (Python)"},
}};

// The interpreter of the environment this program is installed in.
std::string interpreter() {
  std::error_code failed;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
  if (failed) return "python3";
  const auto beside = self.parent_path() / "python";
  const bool usable =
      std::filesystem::is_regular_file(beside, failed) && access(beside.c_str(), X_OK) == 0;
  return usable ? beside.string() : "python3";
}

}  // namespace

bool is_python_command(const std::string& word) {
  return std::any_of(python_commands.begin(), python_commands.end(),
                     [&](const PythonCommand& command) { return word == command.name; });
}

int run_python(int argc, char** argv) {
  const std::string python = interpreter();
  std::vector<char*> words{const_cast<char*>(python.c_str()), const_cast<char*>("-m"),
                           const_cast<char*>("pardner")};
  words.insert(words.end(), argv + 1, argv + argc);
  words.push_back(nullptr);
  execvp(python.c_str(), words.data());
  fmt::print(stderr, "'pardner {}' needs Python with the pardner package; '{}' can't be started\n",
             argv[1], python);
  return 1;
}

void add_python_commands(CLI::App& app) {
  for (const PythonCommand& command : python_commands)
    app.add_subcommand(command.name, command.meaning);
}

}  // namespace command
