#include <optional>
#include <string>

#include "check/package_manager.h"
#include "check/package_pin.h"
#include "check/rule.h"
#include "check/stage_variables.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "package-version-unpinned",
    .title = "A package is installed without a version",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kNone,
    .aliases =
        "hadolint:DL3008 hadolint:DL3013 hadolint:DL3016 hadolint:DL3018 hadolint:DL3028 "
        "hadolint:DL3033 hadolint:DL3037 hadolint:DL3041 hadolint:DL3062",
    .why =
        "The same Dockerfile gives another image tomorrow, so a failure or a vulnerability cannot "
        "be traced to a change.",
    .fix_note =
        "Name a version, or install from a lock file. Distributions drop old versions from "
        "their mirrors, so there a pinned base image digest often serves better.",
    .sources = "https://docs.docker.com/build/building/best-practices/#version-pinning",
};

/// The operand as far as it is known; nullopt when a variable may hold the version.
std::optional<std::string_view> known_text(const shell::Word& word,
                                           const dockerfile::Instruction& run,
                                           StageVariables& variables, std::string& storage) {
  if (!word.expands) return word.value;
  auto text = variables.without_unset(run, word.value);
  if (!text) return std::nullopt;
  storage = std::move(*text);
  return storage;
}

void judge(const PackageCommand& package, const dockerfile::Instruction& run,
           StageVariables& variables, Sink& sink) {
  Operands operands = package.operands;
  std::string storage;
  while (const shell::Word* word = operands.next()) {
    const auto text = known_text(*word, run, variables, storage);
    if (text && !text->empty() && !is_pinned(package, *text)) {
      sink.report(run.source(word->span),
                  "'" + std::string(word->value) + "' is installed without a version");
      return;
    }
    // What follows are the program's own arguments.
    if (package.tool() == PackageTool::kGo && package.verb == "run") return;
  }
}

void check(const DockerfileView& view, Sink& sink) {
  StageVariables variables(view.file);
  for_each_run(view.file.instructions, [&](const dockerfile::Instruction& run) {
    for (const shell::Command& command : run.script.commands) {
      const PackageCommand package = read_package_command(command);
      if (package && chooses_versions(package)) judge(package, run, variables, sink);
    }
  });
}

constexpr Example kExamples[] = {
    {.name = "apt-get", .before = "FROM debian:12\nRUN apt-get install -y «curl» jq\n"},
    {.name = "apt-get, pinned",
     .before = "FROM debian:12\nRUN apt-get install -y -t bookworm curl=7.88.* ./a.deb old-\n"},
    {.name = "one of several",
     .before = "FROM alpine:3.20\nRUN apk add --no-cache a=1.0-r0 «b» c=2\n"},
    {.name = "apk, pinned",
     .before = "FROM alpine:3.20\nRUN apk add -t build -X https://a.b/c 'a>=1' b~2 c=~3 d.apk\n"},
    {.name = "a variable may hold the version",
     .before = "FROM alpine:3.20\nARG CURL\nRUN apk add $CURL\n"},
    {.name = "pip", .before = "FROM python:3.12\nRUN pip3 install --root /x «flask»\n"},
    {.name = "pip, decided elsewhere",
     .before =
         "FROM python:3.12\nRUN pip install -r a.txt && pip install a -c b.txt && pip install . "
         "a.whl 'b[c]>=1' git+https://u@h/r@v1\n"},
    {.name = "pip from a branch",
     .before = "FROM python:3.12\nRUN pip install «git+ssh://git@github.com/a/b.git»\n"},
    {.name = "pipx", .before = "FROM python:3.12\nRUN pipx install --python 3.12 «black»\n"},
    {.name = "npm", .before = "FROM node:20\nRUN npm i --registry https://a.b «@a/b»\n"},
    {.name = "npm latest", .before = "FROM node:20\nRUN npm install -g «npm@latest»\n"},
    {.name = "npm, pinned",
     .before = "FROM node:20\nRUN npm ci && npm install && npm install --loglevel verbose @a/b@1 "
               "./c d.tgz git://h/r#v1\n"},
    {.name = "gem", .before = "FROM ruby:3\nRUN gem install a:1 «b»\n"},
    {.name = "gem, pinned",
     .before = "FROM ruby:3\nRUN gem install a -v 1 && gem i b:2 -- --with-c true\n"},
    {.name = "yum", .before = "FROM centos:7\nRUN yum install -y «java-11-openjdk»\n"},
    {.name = "yum, pinned",
     .before = "FROM centos:7\nRUN yum install -y openssl-1:1.1.1k gcc-c++-4.8 "
               "https://a.b/c.rpm && yum module install -y a:1 && yum groupinstall -y b\n"},
    {.name = "a variable of another stage",
     .before =
         "FROM fedora:40 AS a\nENV v=1\nFROM fedora:40\nRUN dnf install -y «git-core-${v}»\n"},
    {.name = "a variable of a stage it is FROM",
     .before = "FROM fedora:40 AS a\nENV v=1\nFROM a\nRUN dnf install -y git-core-${v}\n"},
    {.name = "zypper", .before = "FROM opensuse/leap:15\nRUN zypper in -y «curl»\n"},
    {.name = "zypper, pinned",
     .before = "FROM opensuse/leap:15\nRUN zypper in curl=8 'jq>1' && zypper in -t pattern a\n"},
    {.name = "go", .before = "FROM golang:1.23\nRUN go install «example.com/a@latest»\n"},
    {.name = "go, pinned or local",
     .before = "FROM golang:1.23\nRUN go run a.b/c@v1 d && go build ./... && go install ./cmd/a && "
               "go run main.go\n"},
};

}  // namespace

const Rule& package_version_unpinned() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
