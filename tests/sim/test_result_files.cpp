// SPDX-License-Identifier: Apache-2.0
// Result files as files: what is there when something goes wrong, and what is refused.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "sim/check.h"
#include "sim/hdf5.h"
#include "sim/partial_file.h"
#include "sim/provenance.h"
#include "sim/result_file.h"
#include "sim/result_reader.h"
#include "tests/sim/invented_results.h"

namespace fs = std::filesystem;
using namespace invented;

namespace {

std::string message(const std::function<void()>& work) {
  try {
    work();
  } catch (const sim::Error& error) {
    return error.what();
  }
  return "no error";
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST(ResultFile, WithoutFinishThePreviousFileStays) {
  const Folder folder;
  const auto info = describe();
  write(folder / "x.h5", info);
  const std::string before = content(folder / "x.h5");
  {
    sim::ResultFile file(folder / "x.h5", info);
    file.write(block(info, 0));
    EXPECT_TRUE(fs::exists(folder / "x.h5.partial"));
  }
  EXPECT_EQ(content(folder / "x.h5"), before);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder / ""), {}), 1) << "nothing is left behind";
}

TEST(ResultFile, OneWriterAtATime) {
  const Folder folder;
  const auto info = describe();
  sim::ResultFile first(folder / "x.h5", info);
  EXPECT_TRUE(contains(message([&] { sim::ResultFile(folder / "x.h5", info); }),
                       "x.h5: another process is writing it"));
  first.write(block(info, 0));
  first.finish();
  EXPECT_NO_THROW(sim::ResultFile(folder / "x.h5", info));
}

TEST(ResultFile, ALeftoverOfAKilledRunIsReplaced) {
  const Folder folder;
  std::ofstream(folder / "x.h5.partial") << "half a file";
  std::ofstream(folder / ".x.h5.writing-123-0") << "less than that";
  std::ofstream(folder / ".x.h5.swp") << "somebody else's";
  write(folder / "x.h5", describe());
  EXPECT_FALSE(fs::exists(folder / "x.h5.partial"));
  EXPECT_FALSE(fs::exists(folder / ".x.h5.writing-123-0"));
  EXPECT_TRUE(fs::exists(folder / ".x.h5.swp"));
}

TEST(ResultFile, PlacesThatCannotBeWrittenAreNamed) {
  const Folder folder;
  const auto info = describe();
  fs::create_directory(folder / "directory");
  EXPECT_TRUE(contains(message([&] { sim::ResultFile(folder / "directory", info); }),
                       "not an ordinary file"));
  EXPECT_TRUE(contains(message([&] { sim::ResultFile("/dev/null", info); }),
                       "cannot write /dev/null: it exists and is not an ordinary file"));
  EXPECT_TRUE(
      contains(message([&] { sim::ResultFile(folder / "no/x.h5", info); }), "there is no folder"));
}

TEST(ResultFile, ALinkIsFollowed) {
  const Folder folder;
  std::ofstream(folder / "target.h5") << "old";
  fs::create_symlink("target.h5", folder / "x.h5");
  const std::string digest = write(folder / "x.h5", describe());
  EXPECT_TRUE(fs::is_symlink(folder / "x.h5"));
  EXPECT_EQ(sim::digest_file(folder / "target.h5"), digest);
}

TEST(ResultFile, TooLittleRoomIsSaidBeforeTheRun) {
  const Folder folder;
  auto info = describe();
  info.replicates = 1'000'000'000;  // 2 arms x 1e9 x 1000 times x 2 x 8 bytes: 32 TB
  info.parameters.clear();
  info.time.resize(1000);
  for (std::size_t i = 0; i < 1000; ++i) info.time[i] = static_cast<double>(i);
  const std::string said = message([&] { sim::ResultFile(folder / "x.h5", info); });
  EXPECT_TRUE(contains(said, "the results may need") && contains(said, "MB left")) << said;
  EXPECT_TRUE(fs::is_empty(folder / ""));
}

TEST(PartialFile, AFileThatWasReplacedIsNotRenamed) {
  const Folder folder;
  sim::PartialFile file(folder / "x", 0);
  file.show();
  fs::remove(file.path());
  std::ofstream(file.path()) << "somebody else's";
  EXPECT_TRUE(contains(message([&] { file.commit(); }), "was replaced by another process"));
  EXPECT_FALSE(fs::exists(folder / "x"));
}

TEST(ResultReader, OtherFilesAreRefusedWithAReason) {
  const Folder folder;
  const auto info = [&](const std::string& name) {
    return message([&] { sim::read_info(folder / name); });
  };
  EXPECT_EQ(info("none.h5"), (folder / "none.h5") + ": there is no such file");
  EXPECT_TRUE(contains(info(""), "not an ordinary file"));
  std::ofstream(folder / "empty.h5");
  EXPECT_TRUE(contains(info("empty.h5"), "not HDF5"));
  std::ofstream(folder / "text.h5") << "hello, world";
  EXPECT_TRUE(contains(info("text.h5"), "not HDF5"));
  {
    auto file = sim::hdf5::File::create(folder / "other.h5");
    file.close();
  }
  EXPECT_TRUE(contains(info("other.h5"), "not a result file of pardner"));
  write(folder / "x.h5", describe());
  fs::resize_file(folder / "x.h5", fs::file_size(folder / "x.h5") - 1);
  EXPECT_TRUE(contains(info("x.h5"), "truncated file"));
  try {
    sim::read_info(folder / "text.h5");
  } catch (const sim::Error& error) {
    EXPECT_EQ(error.exit_code(), 3);
  }
}

TEST(ResultReader, OtherMajorVersionsAreRefused) {
  const Folder folder;
  {
    auto file = sim::hdf5::File::create(folder / "x.h5");
    auto root = file.root();
    root.set_text("format", "pardner-result");
    root.set_list("format_version", std::vector<std::int32_t>{2, 3});
    root.close();
    file.close();
  }
  EXPECT_TRUE(contains(message([&] { sim::read_info(folder / "x.h5"); }),
                       "its format is 2.3, this pardner reads 1.x"));
}

namespace {

// A file that claims to be a result, with one thing wrong.
void write_hostile(const std::string& path, const std::function<void(sim::hdf5::Group&)>& add) {
  using sim::hdf5::Kind;
  auto file = sim::hdf5::File::create(path);
  auto root = file.root();
  root.set_text("format", "pardner-result");
  root.set_list("format_version", std::vector<std::int32_t>{1, 0});
  for (const char* name : {"title", "model", "scenario_toml", "provenance", "source"})
    root.set_text(name, "x");
  root.set("seed", std::uint64_t{1});
  for (const char* name : {"arm", "arm_title"})
    root.create_dataset(name, {Kind::text, {1}, {}, nullptr}).write_texts({"base"});
  auto time = root.create_dataset("time", {Kind::real64, {1}, {}, nullptr});
  time.write_all(std::vector<double>{7});
  time.set_text("units", "days since 2026-01-01");
  time.close();
  add(root);
  root.close();
  file.close();
}

void add_axes(sim::hdf5::Group& root, std::uint64_t replicates) {
  using sim::hdf5::Kind;
  root.create_dataset("replicate", {Kind::int64, {replicates}, {}, nullptr});
  root.create_dataset("status", {Kind::int8, {1, replicates}, {}, nullptr});
}

}  // namespace

TEST(ResultReader, WrongTypesAndImpossibleSizesAreRefused) {
  using sim::hdf5::Group;
  using sim::hdf5::Kind;
  const Folder folder;
  const auto said = [&](const std::function<void(Group&)>& add) {
    write_hostile(folder / "x.h5", add);
    return message([&] { sim::digest_file(folder / "x.h5"); });
  };
  EXPECT_EQ(said([](Group& root) { add_axes(root, 1); }), "no error");
  EXPECT_TRUE(contains(said([](Group&) {}), "/replicate is missing"));
  EXPECT_TRUE(contains(said([](Group& root) { add_axes(root, 3'000'000'000'000); }),
                       "/replicate claims 24000000000000 bytes, the file has"));
  EXPECT_TRUE(contains(said([](Group& root) {
                         add_axes(root, 1);
                         root.create_dataset("money", {Kind::int32, {1, 1, 1}, {}, nullptr});
                       }),
                       "/money is neither int64 nor a double"));
  EXPECT_TRUE(contains(said([](Group& root) {
                         add_axes(root, 1);
                         root.create_dataset("money", {Kind::int64, {1, 1, 2}, {}, nullptr});
                       }),
                       "/money does not have the extent of its axes"));
  EXPECT_TRUE(
      contains(said([](Group& root) {
                 add_axes(root, 1);
                 const std::uint64_t many = 1u << 28;
                 root.create_dataset("money", {Kind::int64, {1, 1, many}, {1, 1, many}, nullptr});
               }),
               "/money claims chunks of 2147483648 bytes"));
  EXPECT_TRUE(contains(
      said([](Group& root) {
        add_axes(root, 1);
        const auto table = root.create_group("agents").create_group("reps");
        table.create_dataset("row", {Kind::unwritten, {1u << 31}, {}, nullptr});
        table.create_dataset("skill", {Kind::real64, {1, 1, 1, 1u << 31}, {1, 1, 1, 9}, nullptr});
      }),
      "/agents/reps/skill claims 17179869184 bytes"));
}

TEST(ResultReader, ChangedValuesAreNoticed) {
  const Folder folder;
  auto info = describe();
  info.parameters.clear();
  write(folder / "x.h5", info);
  std::string bytes = content(folder / "x.h5");
  const auto at = bytes.find(
      "gr\xc3\xb6\xc3\x9f"
      "er",
      bytes.find("GCOL"));  // a label, without checksum
  ASSERT_NE(at, std::string::npos);
  bytes[at] = 'G';
  std::ofstream(folder / "x.h5", std::ios::binary) << bytes;
  EXPECT_TRUE(contains(message([&] { sim::digest_file(folder / "x.h5"); }),
                       "damaged: its values give the digest"));
}

// A reader is a forked child; a fork made while another thread is inside HDF5 would leave it a lock
// that nobody opens.
TEST(ResultReader, ReadsWhileAnotherThreadWrites) {
  const invented::Folder folder;
  invented::write(folder / "read.h5", describe());
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    while (!stop) invented::write(folder / "written.h5", describe());
  });
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(sim::read_summary(folder / "read.h5").info.title, "Invented");
  stop = true;
  writer.join();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::minutes(5));  // not for ever
}

TEST(Provenance, RoundTripAndRefusals) {
  sim::Provenance p;
  p.model = "contest";
  p.scenario_toml = "format = 1\ntitle = \"größer\"\n";
  p.arms = {"base"};
  p.seed = 18446744073709551615ull;
  p.replicates = 3;
  p.vary = "chance";
  p.arithmetic = "sleef";
  p.command = {"pardner", "run", "caf\xe9.toml"};  // Latin-1: replaced, not refused
  p = sim::this_platform(p);
  const std::string text = sim::to_json(p);
  EXPECT_EQ(text.find('\n'), std::string::npos);
  const auto found = sim::provenance_from_json(text);
  EXPECT_EQ(found.scenario_toml, p.scenario_toml);
  EXPECT_EQ(found.seed, p.seed);
  EXPECT_EQ(found.command[1], "run");
  EXPECT_EQ(found.compiler, p.compiler);
  EXPECT_EQ(found.created, "");
  EXPECT_EQ(sim::utc_now().size(), 20u);
  EXPECT_TRUE(contains(message([] { sim::provenance_from_json("{}"); }), "provenance: not as"));
  EXPECT_TRUE(contains(message([] { sim::provenance_from_json("{\"schema_version\":\"2.0\"}"); }),
                       "its schema is 2.0"));
}
