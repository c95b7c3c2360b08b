#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "check/rule.h"
#include "check/same_run_purge.h"
#include "check/two_stage.h"
#include "workload/image_facts.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "build-tools-in-final-image",
    .title = "The shipped image has build tools",
    .severity = Severity::kLow,
    .control = Control::kMinimalBaseImage,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "cis-docker:4.3 tally:prefer-multi-stage-build",
    .why =
        "Compilers and headers are hundreds of megabytes to pull and patch, and let an attacker "
        "build what he needs in place.",
    .fix_note =
        "Build in a stage of its own and copy the result, or remove the packages in the same RUN.",
    .sources = "https://docs.docker.com/build/building/multi-stage/",
};

constexpr std::string_view kManagers[] = {"apt-get", "apt",      "aptitude", "apk", "yum",
                                          "dnf",     "microdnf", "zypper",   "tdnf"};
constexpr std::string_view kInstalls[] = {"install", "add", "groupinstall", "in"};
constexpr std::string_view kRemoves[] = {"remove", "purge", "autoremove", "del", "erase"};
constexpr std::string_view kTools[] = {
    "autoconf",  "automake",      "binutils",    "build-base",    "build-essential",
    "clang",     "cmake",         "cargo",       "cpp",           "g++",
    "gcc",       "gcc-c++",       "golang",      "golang-go",     "libc-dev",
    "libc6-dev", "llvm",          "make",        "maven",         "meson",
    "musl-dev",  "ninja-build",   "python3-dev", "python-dev",    "rust",
    "rustc",     "python3-devel", "glibc-devel", "linux-headers", "gradle",
};

bool is_one_of(std::string_view word, const auto& words) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool is_manager(const shell::Command& command) {
  const std::string_view name = command.name();
  if (name.empty() || std::string_view("admytz").find(name[0]) == std::string_view::npos) {
    return false;
  }
  return is_one_of(name, kManagers);
}

bool has_action(const shell::Command& command, const auto& actions) {
  return std::any_of(command.begin(), command.end(),
                     [&](const shell::Word& word) { return is_one_of(word.value, actions); });
}

/// What the same RUN removes again never gets into a layer.
bool removes(const dockerfile::Instruction& run) {
  return std::any_of(run.script.commands.begin(), run.script.commands.end(),
                     [](const shell::Command& command) {
                       return is_manager(command) && has_action(command, kRemoves);
                     });
}

/// Built in a stage of its own, or taken away again where it is used.
void offer_cure(Finding& finding, const DockerfileView& view, const dockerfile::Instruction& run,
                const std::vector<const shell::Word*>& tools, TwoStages& stages) {
  const std::string_view package = name_of_package(*tools.front());
  if (stages.possible() || !uses_package(run, package, ToolKind::kCompiler)) {
    stages.offer(finding);
    return;
  }
  finding.unfixed = objection_to_purge(view, run, package, ToolKind::kCompiler);
  if (finding.unfixed.empty()) offer_purge(finding, view, run, tools, ToolKind::kCompiler);
}

void judge_run(const dockerfile::Instruction& run, const DockerfileView& view, TwoStages& stages,
               Sink& sink) {
  std::vector<const shell::Word*> tools;
  for (const shell::Command& command : run.script.commands) {
    if (!is_manager(command) || !has_action(command, kInstalls)) continue;
    for (const shell::Word& word : command) {
      if (is_one_of(word.value.substr(0, word.value.find('=')), kTools)) tools.push_back(&word);
    }
  }
  if (tools.empty() || removes(run)) return;
  const std::string_view package = tools.front()->value;
  offer_cure(sink.report(run.source(tools.front()->span),
                         "the shipped image keeps the build tool '" +
                             std::string(package.substr(0, package.find('='))) + "'"),
             view, run, tools, stages);
}

void check(const DockerfileView& view, Sink& sink) {
  if (view.target == nullptr) return;
  TwoStages stages(view, sink.options());
  const StageBase* base = view.base(*view.target);
  if (base != nullptr && base->facts != nullptr && base->facts->kind == ImageKind::kSdk) {
    stages.offer(sink.report(view.lineage.back()->image_span, "the shipped image is made of '" +
                                                                  base->reference->familiar_name() +
                                                                  "', which is for building"));
  }
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword == dockerfile::Keyword::kRun)
        judge_run(instruction, view, stages, sink);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "a compiler", .before = "FROM debian:12\nRUN apt-get install -y curl «gcc» make\n"},
    {.name = "Alpine's", .before = "FROM alpine:3.20\nRUN apk add --no-cache «build-base»\n"},
    {.name = "an image for building", .before = "FROM «golang:1.25»\nRUN go build .\n"},
    {.name = "removed in the same layer",
     .before = "FROM alpine:3.20\nRUN apk add --virtual .b gcc && make && apk del .b\n"},
    {.name = "in a build stage",
     .before = "FROM golang:1.25 AS b\nRUN apt-get install -y gcc\nFROM alpine:3.20\n"
               "COPY --from=b /a /a\n"},
    {.name = "no tools", .before = "FROM debian:12\nRUN apt-get install -y curl\n"},
};

}  // namespace

const Rule& build_tools_in_final_image() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
