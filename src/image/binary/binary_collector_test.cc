#include "image/binary/binary_collector.h"

#include <gtest/gtest.h>

#include "image/binary/sample_elf.h"
#include "image/package_dump.h"

namespace plimsoll::image {
namespace {

BinaryFacts collect(const std::string& path, const std::string& bytes,
                    const BinaryCollector::Limits& limits = {}, std::uint32_t mode = 0755) {
  Binaries binaries;
  BinaryCollector collector(binaries, limits);
  const Entry entry{.path = path, .mode = mode, .size = bytes.size()};
  if (collector.begin(entry, bytes)) {
    collector.piece(bytes);
    collector.end(entry, true);
  }
  return binaries[path];
}

std::string packages_of(const BinaryFacts& facts) {
  return dump({.packages = facts.packages, .problems = facts.problems});
}

/// zlib's frame around one block that is stored as it is.
std::string stored_zlib(const std::string& text) {
  const auto size = static_cast<unsigned>(text.size());
  const auto low = [](unsigned value) { return static_cast<char>(value & 0xffU); };
  return std::string("\x78\x01\x01", 3) + low(size) + low(size >> 8U) + low(~size) +
         low(~size >> 8U) + text + "sum!";
}

TEST(BinaryCollector, TellsHowAProgramIsLoaded) {
  const BinaryFacts facts = collect("bin/x", SampleElf{.interpreter = "/lib64/ld.so.2",
                                                       .needed = {"libc.so.6"},
                                                       .runpath = "$ORIGIN/lib:/opt/lib",
                                                       .imports = {"printf"},
                                                       .build_id = "\x01\xab"}
                                                 .bytes());
  EXPECT_TRUE(facts.is_elf && facts.is_64 && facts.is_dynamic && facts.is_understood);
  EXPECT_FALSE(facts.opens_libraries || facts.starts_programs || facts.run_paths_are_inherited);
  EXPECT_EQ(facts.interpreter, "/lib64/ld.so.2");
  EXPECT_EQ(facts.needed, (std::vector<std::string>{"libc.so.6"}));
  EXPECT_EQ(facts.run_paths, (std::vector<std::string>{"$ORIGIN/lib", "/opt/lib"}));
  EXPECT_EQ(facts.build_id, "01ab");
}

TEST(BinaryCollector, OpeningLibrariesAndStartingProgramsIsSeen) {
  const auto of = [](const char* import) {
    return collect("x", SampleElf{.needed = {"c"}, .imports = {import}}.bytes());
  };
  EXPECT_TRUE(of("dlopen").opens_libraries);
  EXPECT_TRUE(of("execve").starts_programs);
  EXPECT_FALSE(of("execute").starts_programs);
  EXPECT_TRUE(collect("x", SampleElf{.is_dynamic = false}.bytes()).starts_programs)
      << "nothing tells of a program that is linked whole";
}

TEST(BinaryCollector, AScriptHasAnInterpreter) {
  EXPECT_EQ(collect("x", "#! /bin/sh -e\necho").interpreter, "/bin/sh -e");
  EXPECT_EQ(collect("x", "#!/bin/sh\necho", {}, 0644).interpreter, "") << "it cannot be run";
}

struct GoCase {
  std::string_view modules;
  std::string_view want;
};
class GoTest : public testing::TestWithParam<GoCase> {};
TEST_P(GoTest, ModulesAreListed) {
  const std::string info =
      sample_go_build_info("go1.22.1 X:nocoverage", std::string(GetParam().modules));
  const std::string elf =
      SampleElf{.sections = {{".go.buildinfo", info}}, .is_dynamic = false}.bytes();
  const std::string unnamed = SampleElf{.sections = {{".data", info}}, .is_dynamic = false}.bytes();
  EXPECT_EQ(packages_of(collect("x", elf)), GetParam().want);
  EXPECT_EQ(packages_of(collect("x", unnamed)), GetParam().want);
  EXPECT_EQ(packages_of(collect("x", elf, {.most_kept = 0, .window = 600})), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    Infos, GoTest,
    testing::Values(GoCase{"", "stdlib 1.22.1"},
                    GoCase{"path\ta/cmd\nmod\ta\tv1.2.3\th1:x=\ndep\tb/v2\tv2.0.1\th1:y=\n",
                           "a v1.2.3, b/v2 v2.0.1, stdlib 1.22.1"},
                    GoCase{"mod\ta\t(devel)\t\ndep\tb\tv1.0.0\n=>\tfork\tv1.0.1\th1:\ndep\tc\tv1.0."
                           "0\n=>\t./c\t(devel)\t\n",
                           "a, c, fork v1.0.1, stdlib 1.22.1"},
                    GoCase{"mod\ta\t(devel)\t\nbuild\t-ldflags=\"-s -w -X main.version=1.4.0 -X "
                           "main.commit=1.2.3\"\n",
                           "a v1.4.0, stdlib 1.22.1"},
                    GoCase{
                        "mod\ta\t(devel)\t\nbuild\t-ldflags=\"-X a/pkg/version.Version=v3.0.1\"\n",
                        "a v3.0.1, stdlib 1.22.1"},
                    GoCase{"mod\ta\t(devel)\t\nbuild\t-ldflags=\"-X main.version=v1.0.0 -X "
                           "a/version.Version=v2.0.0\"\n",
                           "a, stdlib 1.22.1"},
                    GoCase{"mod\ta\t(devel)\t\nbuild\t-ldflags=\"-X b/client.Version=v2.0.0 -X "
                           "main.version=main\"\n",
                           "a, stdlib 1.22.1"},
                    GoCase{"path\tx.com/cli/cmd/x\nbuild\t-ldflags=\" -X "
                           "\\\"x.com/cli/version.Version=28.2.2\\\"\"\n",
                           "stdlib 1.22.1, x.com/cli v28.2.2"},
                    GoCase{"path\tcmd/go\n", "stdlib 1.22.1"},
                    GoCase{"mod\ta\tv0.0.0-20240102150405-0123456789ab\t\n", "a, stdlib 1.22.1"},
                    GoCase{"mod\ta\tv1.2.4-0.20240102150405-0123456789ab+dirty\t\n",
                           "a v1.2.4-0.20240102150405-0123456789ab, stdlib 1.22.1"}));

TEST(BinaryCollector, SaysThatAProgramIsPacked) {
  std::string bytes(
      "\x7f"
      "ELF\2\1\1",
      7);
  bytes.resize(600, '\0');
  bytes[16] = 2;
  EXPECT_EQ(packages_of(collect("x", bytes)), "");
  bytes.replace(236, 4, "UPX!");
  EXPECT_EQ(packages_of(collect("x", bytes)), " !packed by UPX: what it was made of is not read");
  EXPECT_EQ(packages_of(collect("x", SampleElf{.sections = {{".rodata", "UPX!"}}}.bytes())), "");
}

TEST(BinaryCollector, AGoProgramForAnotherSystemTellsItsModulesToo) {
  const std::string info = sample_go_build_info("go1.22.1", "dep\ta\tv1.0.0\th1:x=\n");
  const std::string old = std::string("\xff Go buildinf:\x08\0", 16) + std::string(16, '\1');
  struct Case {
    const char *path, *head;
    std::string info;
    const char* want;
  };
  constexpr const char* kOld =
      " !a program for another system by Go before 1.18: its modules are not read";
  for (const Case& each : {
           Case{"x.EXE", "MZ", info, "a v1.0.0, stdlib 1.22.1"},
           Case{"x", "\xcf\xfa\xed\xfe", info, "a v1.0.0, stdlib 1.22.1"},
           Case{"x.exe", "MZ", old, kOld},
           Case{"x.exe", "MZ", old + info, "a v1.0.0, stdlib 1.22.1"},
           Case{"x.exe", "MZ", ' ' + info, ""},
           Case{"x.dll", "MZ", info, ""},
           Case{"x.txt", "text", info, ""},
       }) {
    std::string bytes = each.head;
    bytes.resize(4'096, '\0');
    bytes += each.info;
    EXPECT_EQ(packages_of(collect(each.path, bytes)), each.want) << each.path;
    EXPECT_FALSE(collect(each.path, bytes).is_elf);
    EXPECT_EQ(packages_of(collect(each.path, bytes, {.most_kept = 0, .window = 600})), each.want);
  }
}

TEST(BinaryCollector, WhatOnlyNamesGosInformationIsNoGoProgram) {
  const std::string elf =
      SampleElf{.sections = {{".rodata", "\xff Go buildinf:\x08\x02 text that goes on and on"}}}
          .bytes();
  EXPECT_EQ(packages_of(collect("x", elf)), "");
  EXPECT_EQ(packages_of(collect("x", elf, {.most_kept = 0})), "");
}

TEST(BinaryCollector, AGoProgramThatForksStartsPrograms) {
  const auto of = [](const std::string& text) {
    return collect("x",
                   SampleElf{.sections = {{".go.buildinfo", sample_go_build_info("go1.22.1", "")},
                                          {".gopclntab", text}},
                             .is_dynamic = false}
                       .bytes());
  };
  EXPECT_FALSE(of("main.main").starts_programs);
  EXPECT_TRUE(of("syscall.forkExec").starts_programs);
}

TEST(BinaryCollector, CratesAreListed) {
  const std::string json =
      R"({"packages":[{"name":"app","version":"0.1.0","source":"local","root":true},
    {"name":"serde","version":"1.0.1","source":"crates.io"},
    {"name":"cc","version":"1.0.9","source":"crates.io","kind":"build"}]})";
  const BinaryFacts facts =
      collect("x", SampleElf{.sections = {{".dep-v0", stored_zlib(json)}}}.bytes());
  EXPECT_EQ(packages_of(facts), "app 0.1.0, cc 1.0.9 (dev), serde 1.0.1");
  EXPECT_EQ(facts.packages[0].ecosystem, "crates.io");
}

TEST(BinaryCollector, ABrokenListOfCratesIsAProblem) {
  for (const std::string& section : {std::string("nonsense"), stored_zlib("{").substr(0, 8)}) {
    EXPECT_EQ(collect("x", SampleElf{.sections = {{".dep-v0", section}}}.bytes()).problems.size(),
              1U);
  }
}

TEST(BinaryCollector, ThePackageOfTheSystemIsNoted) {
  const BinaryFacts facts = collect(
      "x",
      SampleElf{
          .package_note =
              R"({"type":"deb","os":"debian","name":"coreutils","version":"9.1-1","architecture":"amd64"})"}
          .bytes());
  EXPECT_EQ(packages_of(facts), "coreutils 9.1-1");
  EXPECT_EQ(facts.packages[0].ecosystem, "Debian");
}

struct ProgramCase {
  std::string_view path;
  std::string_view text;
  std::string_view want;
};
class ProgramTest : public testing::TestWithParam<ProgramCase> {};
TEST_P(ProgramTest, IsRecognised) {
  using namespace std::string_view_literals;
  const std::string text(GetParam().text);
  const bool is_text = text.starts_with("text:");
  const std::string bytes =
      is_text ? text.substr(5) : SampleElf{.sections = {{".rodata", '\0' + text + '\0'}}}.bytes();
  const std::string path(GetParam().path);
  EXPECT_EQ(packages_of(collect(path, bytes)), GetParam().want);
  // A window that ends anywhere finds the same.
  for (const std::size_t window : {550U, 640U, 700U, 4096U}) {
    EXPECT_EQ(packages_of(collect(path, bytes, {.most_kept = 0, .window = window})),
              GetParam().want)
        << window;
  }
}
using namespace std::string_view_literals;
INSTANTIATE_TEST_SUITE_P(
    Programs, ProgramTest,
    testing::Values(
        ProgramCase{"usr/local/bin/node", "x node.js/v20.11.1\0y"sv, "node 20.11.1"},
        ProgramCase{"usr/local/bin/other", "node.js/v20.11.1", ""},
        ProgramCase{"usr/bin/node", "node.js/v20.11.1 node.js/v18.0.0", ""},
        ProgramCase{"usr/bin/node", "node.js/v20.11.1-nightly", ""},
        ProgramCase{"usr/sbin/nginx", "nginx version: nginx/1.25.3\n", "nginx 1.25.3"},
        ProgramCase{"usr/sbin/nginx", "nginx version: openresty/1.21.4.1\n", "openresty 1.21.4.1"},
        ProgramCase{"usr/local/bin/python3.11",
                    "x\0"
                    "3.11.7\0"
                    "3.11\0"
                    "3.10.1\0"sv,
                    "python 3.11.7"},
        ProgramCase{"usr/local/lib/libpython3.12.so.1.0", "3.12.0rc1", "python 3.12.0rc1"},
        ProgramCase{"usr/local/bin/python3.11", "3.12.1", ""},
        ProgramCase{"usr/bin/openssl", "OpenSSL 1.1.1w  11 Sep 2023", "openssl 1.1.1w"},
        ProgramCase{"usr/lib/libcrypto.so.3", "OpenSSL 3.0.11 19 Sep 2023", "openssl 3.0.11"},
        ProgramCase{"usr/sbin/sshd", "OpenSSH_9.2\0OpenSSH_9.2p1 Debian-2"sv, "openssh 9.2p1"},
        ProgramCase{"usr/sbin/mysqld",
                    "\0"
                    "10.11.6-MariaDB"sv,
                    "mariadb 10.11.6"},
        ProgramCase{"usr/bin/redis-server",
                    "\0"
                    "7.2.4\0c11-builtin"sv,
                    "redis 7.2.4"},
        ProgramCase{"usr/bin/redis-server", "x7.2.4\0c11-builtin"sv, ""},
        ProgramCase{"usr/local/bin/ruby", "ruby 3.2.2p53 (2023-03-30 revision e51014f9c0)",
                    "ruby 3.2.2"},
        ProgramCase{"opt/java/release",
                    "text:IMPLEMENTOR=\"Eclipse Adoptium\"\nJAVA_VERSION=\"17.0.9\"\n",
                    "openjdk 17.0.9"},
        ProgramCase{"opt/java/release", "text:JAVA_VERSION=\"1.8.0_392\"\n", "openjdk 1.8.0_392"},
        ProgramCase{"usr/local/go/VERSION", "text:go1.22.1\ntime 2024-02-29T18:18:48Z\n",
                    "go 1.22.1"},
        ProgramCase{"srv/VERSION", "text:1.22.1\n", ""},
        ProgramCase{"usr/lib/erlang/releases/26/OTP_VERSION", "text:26.2.1\n", "erlang 26.2.1"}));

TEST(BinaryCollector, ALargeFileWithoutItsLibrariesSaysSo) {
  SampleElf elf{.needed = {"libc.so.6"}};
  // Names and symbols stand behind what is kept of the beginning.
  elf.interpreter = std::string(17U << 20U, 'x');
  elf.sections = {{".rodata", std::string(1U << 20U, 'x')}};
  const BinaryFacts facts = collect("x", elf.bytes(), {.most_kept = 0});
  EXPECT_FALSE(facts.is_understood);
  EXPECT_TRUE(facts.opens_libraries);
}

TEST(BinaryCollector, TheLastOfOnePathHolds) {
  Binaries binaries;
  BinaryCollector collector(binaries);
  const Entry entry{.path = "x", .mode = 0755};
  EXPECT_FALSE(collector.begin(entry, "#!/bin/sh\n"));
  EXPECT_EQ(binaries.size(), 1U);
  EXPECT_FALSE(collector.begin(entry, "text"));
  EXPECT_TRUE(binaries.empty());
}

}  // namespace
}  // namespace plimsoll::image
