// SPDX-License-Identifier: Apache-2.0
// Commands about scenarios and models: new, list, validate, schema, phases.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "models/catalog.h"
#include "models/command/commands.h"
#include "models/packaged_files.h"
#include "sim/schema.h"
#include "sim/session.h"

namespace command {

namespace {

using nlohmann::json;

struct Options {
  std::string scenario, output, what = "scenario";
  std::vector<std::string> overrides;
  bool json = false;
};

// To `path`, complete or not at all, or to stdout.
void write(const std::string& path, const std::string& text) {
  if (path.empty()) {
    fmt::print("{}", text);
    return;
  }
  if (std::filesystem::exists(path)) throw sim::BadInput(path + " exists already; it is kept");
  const std::string partial = path + ".partial";
  std::ofstream out(partial, std::ios::binary);
  out << text;
  out.close();
  if (!out) throw sim::Error("can't write " + partial);
  std::filesystem::rename(partial, path);
}

sim::Scenario packaged(const std::string& name) {
  return sim::Scenario::load(name, models::vocabulary());
}

int list(const Options& options) {
  json all = json::array();
  for (const models::PackagedFile& scenario : models::packaged_scenarios()) {
    const sim::Scenario loaded = packaged(std::string(scenario.name));
    all.push_back({{"name", scenario.name},
                   {"model", loaded.model().name},
                   {"title", loaded.run().title},
                   {"arms", loaded.arms().size()}});
  }
  if (options.json) {
    json models = json::array();
    for (const sim::ModelInfo* model : models::all())
      models.push_back({{"name", model->sections.name}, {"meaning", model->sections.meaning}});
    fmt::print("{}\n", json{{"scenarios", all}, {"models", models}}.dump(2));
    return 0;
  }
  fmt::print("scenarios (pardner run NAME):\n");
  for (const json& row : all)
    fmt::print("  {:<18} {:<11} {}\n", row["name"].get<std::string>(),
               row["model"].get<std::string>(), row["title"].get<std::string>());
  fmt::print("\nmodels:\n");
  for (const sim::ModelInfo* model : models::all())
    fmt::print("  {:<18} {}\n", model->sections.name, model->sections.meaning);
  return 0;
}

json problem_as_json(const sim::Problem& problem) {
  return {{"file", problem.place.source ? problem.place.source->name : ""},
          {"line", problem.place.line},
          {"column", problem.place.column},
          {"key", problem.key},
          {"message", problem.message},
          {"help", problem.help}};
}

int validate(const Options& options) {
  try {
    const sim::Scenario scenario =
        sim::Scenario::load(options.scenario, models::vocabulary(), options.overrides);
    if (options.json)
      fmt::print("{}\n", json{{"valid", true}, {"problems", json::array()}}.dump(2));
    else
      fmt::print("{} is valid: model {}, {} arm(s), {} weeks\n", options.scenario,
                 scenario.model().name, scenario.arms().size(), scenario.run().weeks);
    return 0;
  } catch (const sim::ScenarioError& error) {
    if (!options.json) throw;
    json problems = json::array();
    for (const sim::Problem& problem : error.problems())
      problems.push_back(problem_as_json(problem));
    fmt::print("{}\n", json{{"valid", false}, {"problems", problems}}.dump(2));
    return error.exit_code();
  }
}

const sim::ModelInfo& model_named(const std::string& name) {
  if (const sim::ModelInfo* model = models::find(name)) return *model;
  return *models::find(packaged(name).model().name);
}

int schema(const Options& options) {
  const auto vocabulary = models::vocabulary();
  if (options.what == "scenario")
    write(options.output, sim::json_schema(vocabulary.models) + "\n");
  else if (options.what == "base")
    write(options.output, sim::base_toml(model_named(options.scenario).sections));
  else
    write(options.output, sim::reference_page(model_named(options.scenario).sections));
  return 0;
}

int make_new(const Options& options) {
  const sim::Scenario base = packaged(options.scenario);
  std::string text = fmt::format(
      "format = 1\n# A scenario that starts from {0} ({1}).\n"
      "# Everything it does not say is as there; `pardner schema --what base {2}` lists all there "
      "is.\n"
      "extends = \"{0}\"\n\n[run]\ntitle = \"My what-if\"\n# replicates = 200\n# seed = 1\n\n"
      "# Options to compare, under the same luck; the first is the reference.\n"
      "[arms.as_is]\ntitle = \"as is\"\n\n[arms.changed]\ntitle = \"what if\"\n",
      options.scenario, base.run().title, base.model().name);
  int shown = 0;
  const sim::Settings settings = base.settings();
  for (const sim::Setting& setting : settings.all()) {
    if (setting.parameter->role != sim::Role::lever || setting.key.starts_with("run.")) continue;
    text += fmt::format("# {} = {}   # {} [{}]\n", setting.key, sim::to_toml(setting.value),
                        setting.parameter->meaning, setting.parameter->unit);
    if (++shown == 12) break;
  }
  write(options.output, text);
  if (!options.output.empty())
    fmt::print("wrote {}; edit it, then: pardner run {} -o result.h5\n", options.output,
               options.output);
  return 0;
}

struct Nowhere : sim::Sink {
  void replicate(sim::ReplicateBlock&&) override {}
};

int phases(const Options& options) {
  if (const sim::ModelInfo* model = models::find(options.scenario)) {
    for (std::size_t i = 0; i < model->phases.size(); ++i)
      fmt::print("{:>2}  {:<12} {}\n", i + 1, model->phases[i].name, model->phases[i].meaning);
    return 0;
  }
  const sim::Scenario scenario =
      sim::Scenario::load(options.scenario, models::vocabulary(), options.overrides);
  sim::Plan plan = sim::plan_of(scenario, *models::find(scenario.model().name));
  plan.arms.erase(plan.arms.begin() + 1, plan.arms.end());
  plan.replicates = 1;
  plan.threads = 1;
  sim::Control control;
  Nowhere nowhere;
  const sim::RunReport report = sim::run(plan, control, nowhere);
  const double weeks = static_cast<double>(sim::weeks_in_total(plan));
  fmt::print("one replicate of {}, {} weeks, one thread\n", options.scenario, weeks);
  for (std::size_t i = 0; i < report.phase_seconds.size(); ++i)
    fmt::print("{:>2}  {:<12} {:>9.4f} s {:>10.2f} us/week  {}\n", i + 1,
               plan.model->phases[i].name, report.phase_seconds[i],
               report.phase_seconds[i] / weeks * 1e6, plan.model->phases[i].meaning);
  return 0;
}

using Body = int (*)(const Options&);

CLI::App* add(CLI::App& app, Chosen& chosen, std::shared_ptr<Options> options, const char* name,
              const char* meaning, Body body) {
  CLI::App* command = app.add_subcommand(name, meaning);
  command->callback(
      [options, body, &chosen] { chosen.action = [options, body] { return body(*options); }; });
  return command;
}

}  // namespace

void add_list(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<Options>();
  add(app, chosen, options, "list", "List packaged scenarios and models", list)
      ->add_flag("--json", options->json);
}

void add_validate(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      add(app, chosen, options, "validate", "Check a scenario without running it", validate);
  command->add_option("scenario", options->scenario)->required();
  command->add_option("overrides", options->overrides, "key=value, dotted as in the file");
  command->add_flag("--json", options->json);
}

void add_schema(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<Options>();
  options->scenario = "ecosystem";
  CLI::App* command = add(app, chosen, options, "schema",
                          "Print the JSON Schema of scenario files, or all parameters", schema);
  command->add_option("model", options->scenario, "model (or scenario) for base and page");
  command->add_option("--what", options->what, "scenario: JSON Schema; base: TOML; page: Markdown")
      ->check(CLI::IsMember({"scenario", "base", "page"}));
  command->add_option("-o,--output", options->output);
}

void add_new(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<Options>();
  options->scenario = "saas_60";
  CLI::App* command =
      add(app, chosen, options, "new", "Write a commented starter scenario", make_new);
  command->add_option("output", options->output, "file to write")->required();
  command->add_option("--like", options->scenario, "packaged scenario to start from");
}

void add_phases(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<Options>();
  options->scenario = "ecosystem";
  CLI::App* command = add(app, chosen, options, "phases",
                          "Print the week: of a model, or with seconds after a run", phases);
  command->add_option("scenario", options->scenario, "a model, or a scenario to run and time");
  command->add_option("overrides", options->overrides, "key=value, dotted as in the file");
}

}  // namespace command
