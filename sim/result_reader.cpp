// SPDX-License-Identifier: Apache-2.0
#include "sim/result_reader.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>

#include "sim/check.h"
#include "sim/hdf5.h"
#include "sim/result_scan.h"

namespace sim {

// What the child found travels as CBOR: doubles keep their bits, texts need not be valid UTF-8.
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(OutcomeInfo, name, unit, long_name, cell_methods, type)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(AgentTableInfo, name, rows, columns)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ParameterInfo, key, unit, meaning, values, texts, notes)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ResultsInfo, title, model, scenario_toml, provenance_json, epoch,
                                   seed, arms, arm_titles, first_replicate, replicates, time,
                                   outcomes, snapshot_time, agent_tables, parameters)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ResultSummary, info, status, digest, unfinished, source,
                                   format_minor)

namespace {

using nlohmann::json;
using Read = std::function<json(const std::string&)>;

// HDF5 runs in circles on some damaged files (a heap object of size 0 is enough). Descriptions are
// read in milliseconds and values at hundreds of MB a second, so more processor time than this
// means a circle. Waiting for a slow disk costs no processor time; against whatever else there is
// the limit on the clock.
constexpr std::uint64_t seconds_for_description = 2;
constexpr std::uint64_t slowest_bytes_per_second = 20'000'000;
constexpr std::chrono::minutes longest_silence(10);

void allow_processor_seconds(std::uint64_t seconds) {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  rlimit limit{};
  ::getrlimit(RLIMIT_CPU, &limit);
  limit.rlim_cur = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + seconds;
  ::setrlimit(RLIMIT_CPU, &limit);
}

std::uint64_t file_bytes(const std::string& path) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(path, error);
  return error ? 0 : bytes;
}

bool send(int pipe, const std::vector<std::uint8_t>& bytes) {
  for (std::size_t sent = 0; sent < bytes.size();) {
    const auto n = ::write(pipe, bytes.data() + sent, bytes.size() - sent);
    if (n < 0 && errno != EINTR) return false;
    if (n > 0) sent += static_cast<std::size_t>(n);
  }
  return true;
}

// The child: reads, sends {"ok": ...} or {"error": ...}, and leaves without any clean-up. Crashes
// are expected here, so they are silent: no report of a sanitizer, no core file.
[[noreturn]] void be_the_child(const std::string& path, const Read& read, int pipe) {
  for (const int number : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGINT, SIGTERM, SIGXCPU})
    ::signal(number, SIG_DFL);
  allow_processor_seconds(seconds_for_description + file_bytes(path) / slowest_bytes_per_second);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  if (const int null = ::open("/dev/null", O_WRONLY); null >= 0) ::dup2(null, STDERR_FILENO);
  json answer;
  try {
    answer["ok"] = read(path);
  } catch (const std::exception& error) {
    answer = {{"error", error.what()}};
  }
  ::_exit(send(pipe, json::to_cbor(answer)) ? 0 : 1);
}

// All that comes through the pipe until the child closes it or the time is up.
std::vector<std::uint8_t> receive(int pipe, bool& late) {
  const auto end = std::chrono::steady_clock::now() + longest_silence;
  std::vector<std::uint8_t> bytes;
  std::vector<std::uint8_t> part(1 << 16);
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    late = left.count() <= 0;
    if (late) return bytes;
    pollfd ready{pipe, POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(left.count())) <= 0) continue;
    const auto n = ::read(pipe, part.data(), part.size());
    if (n == 0 || (n < 0 && errno != EINTR)) return bytes;
    if (n > 0) bytes.insert(bytes.end(), part.begin(), part.begin() + n);
  }
}

// Forks; the child keeps no file open but the pipe, since it would hold the locks of files that are
// being written. The parent goes on when that is done, with the writing end closed.
pid_t fork_with(const int (&pipe)[2]) {
  const pid_t child = ::fork();
  char ready = 1;
  if (child == 0) {
    const auto end = static_cast<unsigned>(pipe[1]);
    if (end > 3) ::close_range(3, end - 1, 0);
    ::close_range(end + 1, ~0u, 0);
    while (::write(pipe[1], &ready, 1) < 0 && errno == EINTR) continue;
    return 0;
  }
  ::close(pipe[1]);
  if (child > 0)
    while (::read(pipe[0], &ready, 1) < 0 && errno == EINTR) continue;
  return child;
}

json in_a_child(const std::string& path, const Read& read) {
  int pipe[2];
  if (::pipe2(pipe, O_CLOEXEC) != 0) throw Error("cannot open a pipe");
  std::fflush(stdout);  // so that no exit of the child can print it a second time
  pid_t child = -1;
  hdf5::with_library_to_itself([&] { child = fork_with(pipe); });
  if (child == 0) be_the_child(path, read, pipe[1]);
  if (child < 0) {
    ::close(pipe[0]);
    throw Error("cannot start a process to read " + path);
  }
  bool late = false;
  const auto bytes = receive(pipe[0], late);
  ::close(pipe[0]);
  if (late) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  if (late || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU))
    throw BadInput(path + ": damaged: the HDF5 library does not come to an end with it");
  if (WIFSIGNALED(status))
    throw BadInput(path + ": damaged: the HDF5 library crashed on it (signal " +
                   std::to_string(WTERMSIG(status)) + ")");
  json answer = json::from_cbor(bytes, true, false);
  if (answer.is_discarded() || !answer.is_object())
    throw BadInput(path + ": damaged: it could not be read");
  if (answer.contains("error")) throw BadInput(path + ": " + answer["error"].get<std::string>());
  return answer["ok"];
}

}  // namespace

ResultSummary read_summary(const std::string& path) {
  return in_a_child(path, [](const std::string& file) { return json(scan_summary(file)); });
}

ResultsInfo read_info(const std::string& path) { return read_summary(path).info; }

std::string digest_file(const std::string& path) {
  const json found = in_a_child(path, [](const std::string& file) {
    const ResultSummary summary = scan_summary(file);
    allow_processor_seconds(5 + estimate_bytes(summary.info) / slowest_bytes_per_second);
    return json{scan_digest(file), summary.digest};
  });
  const std::string digest = found[0], stored = found[1];
  if (!stored.empty() && stored != digest)
    throw BadInput(path + ": damaged: its values give the digest " + digest +
                   ", but it was written with " + stored);
  return digest;
}

}  // namespace sim
