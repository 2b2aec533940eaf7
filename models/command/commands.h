// SPDX-License-Identifier: Apache-2.0
#pragma once
// The subcommands of `pardner`, one function each: it adds itself to the command line and sets
// `chosen.action`, which main runs and whose result is the exit code (0 done; 1 internal; 2 usage;
// 3 bad input; 4 not enough memory; 75 interrupted, try again).

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

namespace command {

struct Chosen {
  std::function<int()> action;
  std::vector<std::string> words;  // the command line as typed
};

void add_run(CLI::App& app, Chosen& chosen);
void add_new(CLI::App& app, Chosen& chosen);
void add_list(CLI::App& app, Chosen& chosen);
void add_validate(CLI::App& app, Chosen& chosen);
void add_schema(CLI::App& app, Chosen& chosen);
void add_phases(CLI::App& app, Chosen& chosen);
void add_info(CLI::App& app, Chosen& chosen);
void add_digest(CLI::App& app, Chosen& chosen);

// Subcommands written in Python: `pardner compare ...` becomes `python -m pardner compare ...`,
// with the interpreter beside this program, else python3. Does not return if it succeeds.
bool is_python_command(const std::string& word);
int run_python(int argc, char** argv);
void add_python_commands(CLI::App& app);  // for --help

}  // namespace command
