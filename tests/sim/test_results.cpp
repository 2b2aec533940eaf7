// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "sim/check.h"
#include "sim/result_file.h"
#include "sim/result_reader.h"
#include "sim/results.h"
#include "sim/writer_thread.h"
#include "tests/sim/invented_results.h"

namespace fs = std::filesystem;
using namespace invented;

TEST(Results, ReadBackAsWritten) {
  const Folder folder;
  const auto info = describe();
  const std::string digest = write(folder / "x.h5", info);
  const auto found = sim::read_summary(folder / "x.h5");
  EXPECT_EQ(found.digest, digest);
  EXPECT_EQ(sim::digest_file(folder / "x.h5"), digest);
  EXPECT_TRUE(found.unfinished.empty());
  EXPECT_EQ(found.source, "pardner " PARDNER_VERSION);
  EXPECT_EQ(found.status, std::vector<std::int8_t>(info.arms.size() * info.replicates, 1));
  EXPECT_EQ(found.info.title, info.title);
  EXPECT_EQ(found.info.model, info.model);
  EXPECT_EQ(found.info.scenario_toml, info.scenario_toml);
  EXPECT_EQ(found.info.provenance_json, info.provenance_json);
  EXPECT_EQ(found.info.epoch, info.epoch);
  EXPECT_EQ(found.info.seed, info.seed);
  EXPECT_EQ(found.info.arms, info.arms);
  EXPECT_EQ(found.info.arm_titles, info.arm_titles);
  EXPECT_EQ(found.info.first_replicate, info.first_replicate);
  EXPECT_EQ(found.info.replicates, info.replicates);
  EXPECT_EQ(found.info.time, info.time);
  EXPECT_EQ(found.info.snapshot_time, info.snapshot_time);
  ASSERT_EQ(found.info.outcomes.size(), 2u);
  EXPECT_EQ(found.info.outcomes[0].name, "contribution");
  EXPECT_EQ(found.info.outcomes[0].unit, "USD cent");
  EXPECT_EQ(found.info.outcomes[0].cell_methods, "time: sum");
  EXPECT_EQ(found.info.outcomes[0].type, sim::Type::integer);
  EXPECT_EQ(found.info.outcomes[1].unit, "");
  ASSERT_EQ(found.info.agent_tables.size(), 2u);
  EXPECT_EQ(found.info.agent_tables[0].rows, info.agent_tables[0].rows);
  EXPECT_EQ(found.info.agent_tables[0].columns[1].name, "spent");
  ASSERT_EQ(found.info.parameters.size(), 3u);
  EXPECT_EQ(found.info.parameters[0].values, info.parameters[0].values);
  EXPECT_EQ(found.info.parameters[0].notes, info.parameters[0].notes);
  EXPECT_EQ(found.info.parameters[1].texts, info.parameters[1].texts);
  EXPECT_EQ(found.info.parameters[2].values, info.parameters[2].values);
}

TEST(Results, SeedsAndTextsOfAnySize) {
  const Folder folder;
  auto info = describe();
  info.seed = std::numeric_limits<std::uint64_t>::max();
  info.scenario_toml = std::string(300'000, '#') + "\n";  // more than a header message can hold
  info.title = "";
  write(folder / "x.h5", info);
  const auto found = sim::read_info(folder / "x.h5");
  EXPECT_EQ(found.seed, info.seed);
  EXPECT_EQ(found.scenario_toml, info.scenario_toml);
  EXPECT_EQ(found.title, "");
}

TEST(Results, SameDigestInAnyOrderAndFromManyThreads) {
  const Folder folder;
  const auto info = describe();
  const std::string digest = write(folder / "x.h5", info);
  const std::size_t runs = info.arms.size() * info.replicates;
  {
    sim::ResultFile file(folder / "backward.h5", info);
    for (std::size_t run = runs; run-- > 0;) {
      push_agents(file, info, run);
      file.write(block(info, run));
    }
    EXPECT_EQ(file.finish(), digest);
  }
  sim::ResultFile file(folder / "threads.h5", info);
  sim::WriterThread writer(file, {2, 1000});  // so small that everybody waits
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 3; ++t)
    threads.emplace_back([&, t] {
      for (std::size_t run = t; run < runs; run += 3) {
        push_agents(writer, info, run);
        writer.push(block(info, run));
      }
    });
  for (auto& thread : threads) thread.join();
  writer.close();
  EXPECT_GT(writer.busy_seconds(), 0);
  EXPECT_EQ(file.finish(), digest);
  EXPECT_EQ(sim::digest_file(folder / "threads.h5"), digest);
}

TEST(Results, SameOrderSameBytes) {
  const Folder folder;
  const auto info = describe();
  write(folder / "x.h5", info);
  write(folder / "y.h5", info);
  EXPECT_EQ(content(folder / "x.h5"), content(folder / "y.h5"));
}

TEST(Results, DigestSeesResultsAndNothingElse) {
  const Folder folder;
  const std::string digest = write(folder / "x.h5", describe());
  const auto other = [&](const std::function<void(sim::ResultsInfo&)>& change) {
    auto info = describe();
    change(info);
    return write(folder / "y.h5", info);
  };
  EXPECT_NE(other([](auto& i) { i.arms[1] = "renamed"; }), digest);
  EXPECT_NE(other([](auto& i) { i.time[3] += 0.5; }), digest);
  EXPECT_NE(other([](auto& i) { i.epoch = "2027-01-01"; }), digest);
  EXPECT_NE(other([](auto& i) { i.first_replicate = 4; }), digest);
  EXPECT_NE(other([](auto& i) { i.outcomes[0].unit = "EUR cent"; }), digest);
  EXPECT_NE(other([](auto& i) { i.outcomes[0].name = "margin"; }), digest);
  EXPECT_NE(other([](auto& i) { i.agent_tables[1].name = "people"; }), digest);
  EXPECT_EQ(other([](auto& i) { i.outcomes[0].long_name = "said better"; }), digest);
  EXPECT_EQ(other([](auto& i) { i.provenance_json = "{}"; }), digest);
  EXPECT_EQ(other([](auto& i) { i.title = "another"; }), digest);
  EXPECT_EQ(other([](auto& i) { i.parameters.clear(); }), digest);
}

TEST(Results, DigestSeesEveryValue) {
  const Folder folder;
  const auto info = describe();
  const std::string digest = write(folder / "x.h5", info);
  const std::size_t runs = info.arms.size() * info.replicates;
  for (const std::size_t changed : {std::size_t{0}, runs / 2, runs - 1}) {
    sim::ResultFile file(folder / "y.h5", info);
    for (std::size_t run = 0; run < runs; ++run) {
      push_agents(file, info, run);
      auto one = block(info, run);
      if (run == changed) one.series[1].reals.back() += 1e-12;
      file.write(one);
    }
    EXPECT_NE(file.finish(), digest);
  }
  sim::ResultFile file(folder / "y.h5", info);
  for (std::size_t run = 0; run < runs; ++run) {
    push_agents(file, info, run, run == 3 ? 1 : 0);
    auto one = block(info, run);
    one.wall_seconds = 123;  // telemetry
    file.write(one);
  }
  EXPECT_NE(file.finish(), digest);
}

TEST(Results, MissingReplicatesAreMarked) {
  const Folder folder;
  const auto info = describe();
  sim::ResultFile file(folder / "x.h5", info);
  file.write(block(info, 1));
  push_agents(file, info, 2);  // never completed: not a result
  EXPECT_GT(file.buffered_bytes(), 0u);
  EXPECT_EQ(file.written_replicates(), 1u);
  const std::string partial = file.abandon("interrupted by SIGINT");
  EXPECT_EQ(partial, folder / "x.h5.partial");
  EXPECT_FALSE(fs::exists(folder / "x.h5"));
  const auto found = sim::read_summary(partial);
  EXPECT_EQ(found.unfinished, "interrupted by SIGINT");
  EXPECT_EQ(std::count(found.status.begin(), found.status.end(), 1), 1);
  EXPECT_EQ(found.status[info.replicates], 1) << "arm 1, replicate 0";
  EXPECT_EQ(sim::digest_file(partial), found.digest);
}

TEST(Results, UnknownPathsTypesAndRepeatsAreRefused) {
  const Folder folder;
  const auto info = describe();
  sim::ResultFile file(folder / "x.h5", info);
  file.write(block(info, 0));
  EXPECT_THROW(file.write(block(info, 0)), sim::Error);
  auto wrong = block(info, 1);
  wrong.series[0].integers.pop_back();
  EXPECT_THROW(file.write(wrong), sim::Error);
  wrong = block(info, 1);
  std::swap(wrong.series[0], wrong.series[1]);
  EXPECT_THROW(file.write(wrong), sim::Error);
  wrong = block(info, 1);
  wrong.arm = 9;
  EXPECT_THROW(file.write(wrong), sim::Error);
  const std::vector<double> reals(info.agent_tables[0].rows + 1, 0.0);
  EXPECT_THROW(file.write_agents(0, 1, 0, 0, 0, std::span(reals)), sim::Error);
  EXPECT_THROW(file.write_agents(0, 1, 0, 0, 1, std::span(reals).first(3)), sim::Error);
  EXPECT_THROW(file.write_agents(0, 0, 0, 0, 0, std::span(reals).first(3)), sim::Error);
  file.write_agents(0, 1, 0, 0, 0, std::span(reals).first(3));
  EXPECT_THROW(file.write_agents(0, 1, 0, 0, 0, std::span(reals).first(3)), sim::Error);
  EXPECT_THROW(file.write_agents(0, 1, 7, 0, 0, std::span(reals).first(3)), sim::Error);
  file.write(block(info, 1));  // still usable
}

TEST(Results, ErrorsOfTheWriterReachItsProducers) {
  const Folder folder;
  const auto info = describe();
  sim::ResultFile file(folder / "x.h5", info);
  sim::WriterThread writer(file, {1, 1 << 20});
  writer.push(block(info, 0));
  writer.push(block(info, 0));  // written before: the writer fails
  EXPECT_THROW(
      {
        for (int i = 0; i < 1000; ++i) writer.push(block(info, 1));
      },
      sim::Error);
  EXPECT_THROW(writer.close(), sim::Error);
}

TEST(Results, DescriptionsThatNoFileCanHoldAreRefused) {
  const std::vector<std::pair<std::string, std::function<void(sim::ResultsInfo&)>>> cases{
      {"at least one arm", [](auto& i) { i.arms.clear(); }},
      {"two arms", [](auto& i) { i.arms[1] = i.arms[0]; }},
      {"one title per arm", [](auto& i) { i.arm_titles.pop_back(); }},
      {"not a date", [](auto& i) { i.epoch = "02.02.2026"; }},
      {"at least one replicate", [](auto& i) { i.replicates = 0; }},
      {"time is not increasing at position 2", [](auto& i) { i.time[2] = i.time[1]; }},
      {"at least one point of time", [](auto& i) { i.time.clear(); }},
      {"\"time\" is declared twice or reserved", [](auto& i) { i.outcomes[0].name = "time"; }},
      {"\"a b\" is not a name", [](auto& i) { i.outcomes[0].name = "a b"; }},
      {"turn into a time span", [](auto& i) { i.outcomes[0].unit = "days"; }},
      {"needs rows and snapshot times", [](auto& i) { i.snapshot_time.clear(); }},
      {"declared twice", [](auto& i) { i.agent_tables[1].name = i.agent_tables[0].name; }},
      {"needs one value per arm", [](auto& i) { i.parameters[0].values.pop_back(); }},
      {"more numbers than a file can hold", [](auto& i) { i.replicates = std::size_t{1} << 60; }},
  };
  for (const auto& [message, change] : cases) {
    auto info = describe();
    change(info);
    try {
      sim::check(info);
      ADD_FAILURE() << message;
    } catch (const sim::BadInput& error) {
      EXPECT_NE(std::string(error.what()).find(message), std::string::npos) << error.what();
    }
  }
  EXPECT_NO_THROW(sim::check(describe()));
}

TEST(Results, TheEstimateIsAnUpperBound) {
  const Folder folder;
  auto info = describe();
  info.agent_tables[0].rows = 40'000;
  info.replicates = 2;
  info.parameters.pop_back();
  write(folder / "x.h5", info);
  EXPECT_LT(fs::file_size(folder / "x.h5"), sim::estimate_bytes(info));
  EXPECT_LT(sim::estimate_bytes(info), 3 * fs::file_size(folder / "x.h5"));
}
