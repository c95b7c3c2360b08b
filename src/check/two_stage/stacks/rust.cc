#include <algorithm>
#include <optional>

#include "check/package_manager.h"
#include "check/two_stage/stack.h"
#include "core/path.h"

namespace plimsoll::check::two_stage::stacks {
namespace {

using dockerfile::Instruction;

bool builds(const SingleStage&, const shell::Command& command) {
  const std::string_view name = command.name();
  return name == "cargo" || name == "rustup" || name == "rustc" || name == "strip";
}

bool applies(const SingleStage& stage) {
  return stage.image == "rust";
}

/// `cargo build --release`, or --profile and --target, which put it elsewhere.
bool builds_release(const SingleStage& stage) {
  bool found = false;
  for_each_command(stage, [&](const Instruction&, const shell::Command& command) {
    if (command.name() != "cargo" || command.subcommand() != "build") return;
    if (command.has_flag("--release") || command.has_flag("-r")) found = true;
  });
  return found;
}

bool installs_to_bin(const SingleStage& stage) {
  bool found = false;
  for_each_command(stage, [&](const Instruction&, const shell::Command& command) {
    if (command.name() != "cargo" || command.subcommand() != "install") return;
    if (command.has_flag("--path") && !command.has_flag("--root")) found = true;
  });
  return found;
}

/// Header packages whose library is in no distroless image.
std::string missing_library(const SingleStage& stage) {
  std::string missing;
  for_each_command(stage, [&](const Instruction&, const shell::Command& command) {
    PackageCommand read = read_package_command(command);
    if (!read || !read.installs()) return;
    while (const shell::Word* word = read.operands.next()) {
      const std::string_view package = word->value;
      const bool harmless = package == "libssl-dev" || package == "libc6-dev" ||
                            package == "musl-dev" || package == "libc-dev";
      if (package.ends_with("-dev") && !harmless) missing = std::string(package);
    }
  });
  return missing;
}

PlanOrReason plan(const SingleStage& stage) {
  if (stage.starts.empty()) return Reason("it does not say what it starts");
  const std::optional<Edit> list = start_as_list(stage);
  if (stage.starts_by_shell && !list) {
    return Reason("what it starts needs a shell, which the small image lacks: write it as a list");
  }
  const std::string_view written = stage.starts.front().front();
  const bool by_name = written.find('/') == std::string_view::npos;
  std::string program =
      by_name ? "/usr/local/cargo/bin/" + std::string(written) : absolute(stage.workdir, written);
  const bool released = !by_name && !stage.root.empty() && path::is_within(program, stage.root) &&
                        path::folder(program).ends_with("/target/release") && builds_release(stage);
  const bool installed = path::folder(program) == "/usr/local/cargo/bin" && installs_to_bin(stage);
  if (!released && !installed)
    return Reason("no 'cargo build --release' says that it makes '" + program + "'");
  const std::string missing = missing_library(stage);
  if (!missing.empty()) {
    return Reason("the library of '" + missing + "' is in no distroless image");
  }
  Plan plan;
  plan.bare = true;
  if (list) plan.edits.push_back(*list);
  plan.is_nonroot = true;
  plan.only_program = true;
  // The small image does not look for programs in Cargo's folder.
  plan.results = {{program, by_name ? "/usr/local/bin/" + std::string(written) : program}};
  // What was linked on an older release runs on a newer one, not the other way round.
  plan.image = ascii::contains(stage.tag(), "alpine") ? "gcr.io/distroless/static-debian13:nonroot"
                                                      : "gcr.io/distroless/cc-debian13:nonroot";
  plan.advice = "copy what the program reads besides: templates, static files, configuration";
  return plan;
}

}  // namespace

const Stack& rust() {
  static constexpr Stack kStack{applies, builds, plan,
                                "ca-certificates tzdata libssl-dev openssl openssl-dev musl-dev "
                                "protobuf-compiler protoc lld mold"};
  return kStack;
}

}  // namespace plimsoll::check::two_stage::stacks
