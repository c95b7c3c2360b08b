#include <algorithm>
#include <optional>

#include "check/two_stage/stack.h"
#include "core/path.h"
#include "workload/distribution.h"

namespace plimsoll::check::two_stage::stacks {
namespace {

using dockerfile::Instruction;

bool builds(const SingleStage&, const shell::Command& command) {
  return command.name() == "dotnet";
}

bool applies(const SingleStage& stage) {
  return stage.image == "mcr.microsoft.com/dotnet/sdk";
}

/// Where `dotnet publish` writes to; "" when that is not said once.
std::string published(const SingleStage& stage) {
  std::string folder;
  for_each_command(stage, [&](const Instruction& run, const shell::Command& command) {
    if (command.name() != "dotnet" || command.subcommand() != "publish") return;
    std::string output;
    for (const shell::Word* word = command.begin(); word != command.end(); ++word) {
      const bool alone = word->value == "-o" || word->value == "--output";
      if (alone && word + 1 != command.end()) {
        output = absolute(workdir_at(stage, run), (word + 1)->value);
      } else if (word->value.starts_with("--output=")) {
        output = absolute(workdir_at(stage, run), word->value.substr(9));
      }
    }
    folder = output;
  });
  return folder;
}

/// "8.0-alpine" of the SDK's 8.0.404-alpine3.20, whose last number is its own.
std::string tag_of_run_time(std::string_view tag) {
  std::string_view rest = tag;
  const std::string_view version = next_word(rest);
  const std::size_t major = version.find('.');
  if (major == std::string_view::npos || version_of(version) != version) return {};
  std::string result(version.substr(0, version.find('.', major + 1)));
  if (rest.empty()) return result;
  if (rest.starts_with("alpine")) return result + "-alpine";
  constexpr WordList kVariants = "noble jammy bookworm-slim";
  return has_word(kVariants, rest) ? result + '-' + std::string(rest) : std::string();
}

PlanOrReason plan(const SingleStage& stage) {
  if (stage.starts.size() != 1) return Reason("it does not say what it starts");
  const Words& start = stage.starts.front();
  const std::string folder = published(stage);
  if (folder.empty()) return Reason("no 'dotnet publish -o' says where the application is put");
  const bool by_host = path::name(start.front()) == "dotnet";
  if (by_host && (start.size() < 2 || !start[1].ends_with(".dll"))) {
    return Reason("it is started by the SDK: publish it and start its .dll");
  }
  const std::string program = absolute(stage.workdir, by_host ? start[1] : start.front());
  if (program.empty() || !path::is_within(program, folder)) {
    return Reason("what it starts does not lie where 'dotnet publish' writes to");
  }
  const std::string tag = tag_of_run_time(stage.tag());
  if (tag.empty()) return Reason("which run time goes with this SDK is not certain");
  Plan plan;
  plan.image = "mcr.microsoft.com/dotnet/aspnet:" + tag;
  plan.results = {{folder, folder}};
  return plan;
}

}  // namespace

const Stack& dotnet() {
  static constexpr Stack kStack{applies, builds, plan, {}};
  return kStack;
}

}  // namespace plimsoll::check::two_stage::stacks
