// SPDX-License-Identifier: Apache-2.0
#include "sim/provenance.h"

#include <gnu/libc-version.h>
#include <sys/utsname.h>

#include <ctime>
#include <nlohmann/json.hpp>

#include "sim/check.h"
#include "sim/hdf5.h"

namespace sim {
namespace {

using json = nlohmann::ordered_json;  // the order below is the order in the file

constexpr const char* schema_version = "1.0";

std::string compiler_name() {
#ifdef __clang__
  return "clang " __clang_version__;
#else
  return "gcc " __VERSION__;
#endif
}

// What decides which bits glibc's and our own arithmetic may give (decision note 0001).
std::string processor_features() {
  utsname names;
  std::string text = ::uname(&names) == 0 ? names.machine : "unknown";
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx2")) text += " avx2";
  if (__builtin_cpu_supports("fma")) text += " fma";
#endif
  return text;
}

}  // namespace

Provenance this_platform(Provenance provenance) {
  provenance.version = PARDNER_VERSION;
  provenance.compiler = compiler_name();
  provenance.libc = std::string("glibc ") + ::gnu_get_libc_version();
  provenance.libraries = hdf5::library_version();
  provenance.processor = processor_features();
  return provenance;
}

std::string to_json(const Provenance& p) {
  json run{{"model", p.model}, {"scenario_toml", p.scenario_toml},     {"arms", p.arms},
           {"seed", p.seed},   {"first_replicate", p.first_replicate}, {"replicates", p.replicates},
           {"vary", p.vary}};
  json document{{"schema_version", schema_version},
                {"software", {{"name", "pardner"}, {"version", p.version}}},
                {"run", run},
                {"platform",
                 {{"arithmetic", p.arithmetic},
                  {"compiler", p.compiler},
                  {"libc", p.libc},
                  {"libraries", p.libraries},
                  {"processor", p.processor}}}};
  if (!p.command.empty()) document["command"] = p.command;
  if (!p.created.empty()) document["created"] = p.created;
  // Words as typed may be in any encoding: what is not UTF-8 is replaced, never an error.
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

Provenance provenance_from_json(const std::string& text) {
  Provenance p;
  try {
    const json document = json::parse(text);
    const std::string version = document.at("schema_version");
    validate(version.starts_with("1."), "provenance: its schema is " + version + ", not 1.x");
    const json& run = document.at("run");
    run.at("model").get_to(p.model);
    run.at("scenario_toml").get_to(p.scenario_toml);
    run.at("arms").get_to(p.arms);
    run.at("seed").get_to(p.seed);
    run.at("first_replicate").get_to(p.first_replicate);
    run.at("replicates").get_to(p.replicates);
    run.at("vary").get_to(p.vary);
    const json& platform = document.at("platform");
    platform.at("arithmetic").get_to(p.arithmetic);
    platform.at("compiler").get_to(p.compiler);
    platform.at("libc").get_to(p.libc);
    platform.at("libraries").get_to(p.libraries);
    platform.at("processor").get_to(p.processor);
    document.at("software").at("version").get_to(p.version);
    if (document.contains("command")) document["command"].get_to(p.command);
    if (document.contains("created")) document["created"].get_to(p.created);
  } catch (const json::exception& error) {
    throw BadInput(std::string("provenance: not as docs/schemas/provenance.json says: ") +
                   error.what());
  }
  return p;
}

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

}  // namespace sim
