// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <new>

#include "models/command/commands.h"
#include "sim/check.h"
#include "sim/diagnostic.h"
#include "sim/result_file.h"

namespace {

int perform(const std::function<int()>& action) {
  try {
    return action();
  } catch (const sim::Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return error.exit_code();
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "not enough memory; fewer agents, replicates or threads need less\n");
    return 4;
  } catch (const std::exception& error) {
    fmt::print(stderr, "internal error: {}\n", error.what());
    return 1;
  }
}

// Says that there is no such command, if so. CLI11's own message does not name it.
bool is_unknown(const CLI::App& app, const std::string& word) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  if (std::find(names.begin(), names.end(), word) != names.end()) return false;
  const std::string near = sim::nearest(word, names);
  fmt::print(stderr, "there is no command '{}'; {}\n", word,
             near.empty() ? fmt::format("there are: {}", fmt::join(names, ", "))
                          : fmt::format("did you mean '{}'?", near));
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && command::is_python_command(argv[1])) return command::run_python(argc, argv);
  CLI::App app{
      "Pardner shows what a partner ecosystem will really do before anyone signs anything.",
      "pardner"};
  app.set_version_flag("--version", "pardner " PARDNER_VERSION);
  app.require_subcommand(1);
  app.footer("`pardner COMMAND --help` explains a command. Start with `pardner run saas_60`.");
  command::Chosen chosen;
  chosen.words.assign(argv, argv + argc);
  command::add_run(app, chosen);
  command::add_new(app, chosen);
  command::add_list(app, chosen);
  command::add_validate(app, chosen);
  command::add_schema(app, chosen);
  command::add_phases(app, chosen);
  command::add_info(app, chosen);
  command::add_digest(app, chosen);
  command::add_python_commands(app);
  if (argc > 1 && argv[1][0] != '-' && is_unknown(app, argv[1])) return 2;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const int code = perform(chosen.action);
  if (code == 1) sim::exit_after_io_failure(code);  // HDF5 crashes at exit after a full disk
  return code;
}
