#include <algorithm>

#include "check/two_stage/stack.h"
#include "core/path.h"

namespace plimsoll::check::two_stage::stacks {
namespace {

using dockerfile::Instruction;

/// Where the official image lets Bundler and RubyGems install to.
constexpr std::string_view kGems = "/usr/local/bundle";

bool builds(const SingleStage&, const shell::Command& command) {
  constexpr WordList kPrograms = "bundle bundler gem rake rails";
  return has_word(kPrograms, command.name());
}

bool applies(const SingleStage& stage) {
  return stage.image == "ruby";
}

bool is_manifest(std::string_view name) {
  return name.starts_with("Gemfile") || name == ".ruby-version" || name.ends_with(".gemspec");
}

PlanOrReason plan(const SingleStage& stage) {
  if (stage.root.empty()) return Reason("which folder holds the application is not certain");
  bool calls_bundler = false;
  const Instruction* last = nullptr;
  for_each_command(stage, [&](const Instruction& run, const shell::Command& command) {
    if (builds(stage, command)) last = &run;
    const std::string_view name = command.name();
    calls_bundler = calls_bundler ||
                    ((name == "bundle" || name == "bundler") && command.subcommand() == "install");
  });
  if (!calls_bundler) return Reason("no RUN builds the application");
  for (const std::string_view name : {"BUNDLE_PATH", "GEM_HOME", "PATH", "BUNDLE_APP_CONFIG"}) {
    if (!setting(stage, name).empty()) return Reason("it sets " + std::string(name));
  }
  for (const Instruction& instruction : stage.instructions()) {
    if (ascii::contains(instruction.args.text, "vendor/bundle") ||
        ascii::contains(instruction.args.text, "--path")) {
      return Reason("Bundler installs to a place of its own");
    }
  }
  constexpr WordList kStarts = "ruby bundle rails rackup puma unicorn thin rake sidekiq";
  for (const Words& start : stage.starts) {
    const std::string_view program = path::name(start.front());
    if (!has_word(kStarts, program)) {
      return Reason("what '" + std::string(program) + "' calls is not known");
    }
  }
  Plan plan;
  std::string reason;
  plan.image = slim_base(stage, reason);
  if (plan.image.empty()) return Reason(reason);
  plan.results = {{std::string(kGems), std::string(kGems)}};
  if (last == nullptr || copied_later(stage, *last, is_manifest) != CopiedLater::kWholly) {
    plan.results.push_back({stage.root, stage.root});
  }
  if (plan.image != stage.stage.image) {
    plan.advice = "install the libraries into the small image that gems such as pg need";
  }
  return plan;
}

}  // namespace

const Stack& ruby() {
  static constexpr Stack kStack{applies, builds, plan, {}};
  return kStack;
}

}  // namespace plimsoll::check::two_stage::stacks
