#include <algorithm>
#include <optional>

#include "check/two_stage/stack.h"
#include "core/path.h"

namespace plimsoll::check::two_stage::stacks {
namespace {

using dockerfile::Instruction;

bool builds(const SingleStage&, const shell::Command& command) {
  const std::string_view name = command.name();
  return name == "go" || name == "gofmt" || name == "strip" || name == "upx";
}

bool applies(const SingleStage& stage) {
  return stage.image == "golang";
}

/// `go build` or `go install` that makes what is started.
struct Binary {
  const Instruction* run = nullptr;
  const shell::Command* command = nullptr;
};

/// Where the RUN's commands work when `command` starts: after `cd`.
std::string folder_of(const SingleStage& stage, const Instruction& run,
                      const shell::Command& command) {
  std::string folder = workdir_at(stage, run);
  for (const shell::Command& each : run.script.commands) {
    if (&each == &command) break;
    if (each.name() == "cd" && each.begin() != each.end()) {
      folder = absolute(folder, each.begin()->value);
    }
  }
  return folder;
}

/// The value of -o; nothing when there is none.
std::optional<std::string_view> output_of(const shell::Command& command) {
  for (const shell::Word* word = command.begin(); word != command.end(); ++word) {
    if ((word->value == "-o" || word->value == "--o") && word + 1 != command.end()) {
      return (word + 1)->value;
    }
    if (word->value.starts_with("-o=")) return word->value.substr(3);
  }
  return std::nullopt;
}

std::string_view last_package(const shell::Command& command) {
  std::string_view package;
  for (const shell::Word& word : command) {
    if (!word.value.starts_with('-')) package = word.value;
  }
  return package == "build" || package == "install" ? std::string_view() : package;
}

/// The command leaves its result at `program`.
bool makes(const SingleStage& stage, const Instruction& run, const shell::Command& command,
           const std::string& program) {
  const std::string_view verb = command.subcommand();
  const std::string_view package = last_package(command);
  std::string_view name = path::name(package.substr(0, package.find('@')));
  if (verb == "install") {
    return path::folder(program) == "/go/bin" && !name.empty() && name == path::name(program);
  }
  if (verb != "build") return false;
  const std::string folder = folder_of(stage, run, command);
  const auto output = output_of(command);
  if (!output) {
    if (folder.empty() || path::folder(program) != folder) return false;
    // The module's name is not known; a package's is.
    return name.empty() || name == "." || name.ends_with(".go") || name == path::name(program);
  }
  const std::string target = absolute(folder, *output);
  if (target.empty()) return false;
  if (target == program) return true;
  return (output->ends_with('/') || *output == ".") && path::folder(program) == target;
}

Binary find_binary(const SingleStage& stage, const std::string& program) {
  Binary binary;
  for_each_command(stage, [&](const Instruction& run, const shell::Command& command) {
    if (command.name() == "go" && makes(stage, run, command, program)) binary = {&run, &command};
  });
  return binary;
}

/// It certainly is linked with C.
bool uses_c(const SingleStage& stage) {
  if (setting(stage, "CGO_ENABLED") == "1") return true;
  bool uses = false;
  for_each_command(stage, [&](const Instruction&, const shell::Command& command) {
    for (const shell::Word& word : command) {
      if (word.value == "-race" || ascii::contains(word.value, "sqlite3") ||
          ascii::contains(word.value, "-linkmode") || word.value == "-msan") {
        uses = true;
      }
      const bool install = command.name() == "apk" || command.name().starts_with("apt");
      if (install && (word.value == "gcc" || word.value == "g++" || word.value == "build-base" ||
                      word.value == "build-essential" || word.value.ends_with("-dev"))) {
        uses = true;
      }
    }
  });
  return uses;
}

/// Where the started program lies.
std::string program_of(const SingleStage& stage) {
  const std::string_view program = stage.starts.front().front();
  if (program.find('/') != std::string_view::npos) {
    if (program.starts_with("$GOPATH/bin/")) return "/go" + std::string(program.substr(7));
    return absolute(stage.workdir.empty() ? "/" : stage.workdir, program);
  }
  // By name: found where PATH leads.
  return "/go/bin/" + std::string(program);
}

PlanOrReason plan(const SingleStage& stage) {
  if (stage.starts.empty()) return Reason("it does not say what it starts");
  const std::optional<Edit> list = start_as_list(stage);
  if (stage.starts_by_shell && !list) {
    return Reason("what it starts needs a shell, which the small image lacks: write it as a list");
  }
  const std::string program = program_of(stage);
  if (program.empty()) return Reason("where the program lies is not certain");
  Binary binary = find_binary(stage, program);
  std::string at = program;
  if (binary.command == nullptr &&
      stage.starts.front().front().find('/') == std::string_view::npos) {
    at = "/usr/local/bin/" + std::string(stage.starts.front().front());
    binary = find_binary(stage, at);
  }
  if (binary.command == nullptr)
    return Reason("no 'go build' says that it makes '" + program + "'");

  Plan plan;
  plan.bare = true;
  if (list) plan.edits.push_back(*list);
  plan.is_nonroot = true;
  plan.only_program = true;
  // The small image does not look for programs in Go's folder.
  const bool by_name = stage.starts.front().front().find('/') == std::string_view::npos;
  plan.results = {{at, by_name ? "/usr/local/bin/" + std::string(path::name(at)) : at}};
  const bool alpine = ascii::contains(stage.tag(), "alpine");
  if (uses_c(stage)) {
    if (alpine)
      return Reason("it is linked with the C library of Alpine, which no distroless image has");
    // What was linked on an older Debian runs on a newer one.
    plan.image = "gcr.io/distroless/base-debian13:nonroot";
  } else {
    plan.image = "gcr.io/distroless/static-debian13:nonroot";
    if (setting(stage, "CGO_ENABLED").empty()) {
      if (binary.run->exec_form || binary.command->nested) {
        return Reason("where to switch cgo off is not certain");
      }
      const std::uint32_t begin = binary.run->source(binary.command->span).begin;
      plan.edits.push_back({{begin, begin}, "CGO_ENABLED=0 "});
    }
  }
  plan.advice = "copy what the program reads besides: templates, static files, configuration";
  return plan;
}

}  // namespace

const Stack& go() {
  static constexpr Stack kStack{applies, builds, plan,
                                "ca-certificates tzdata bash mercurial subversion bzr upx"};
  return kStack;
}

}  // namespace plimsoll::check::two_stage::stacks
