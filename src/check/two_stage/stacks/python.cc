#include <algorithm>

#include "check/two_stage/stack.h"
#include "core/path.h"

namespace plimsoll::check::two_stage::stacks {
namespace {

using dockerfile::Instruction;

constexpr std::string_view kEnvironment = "/opt/venv";

bool is_pip(const shell::Command& command) {
  const std::string_view name = command.name();
  if (name == "pip" || name == "pip3") return true;
  if (name != "python" && name != "python3") return false;
  const shell::Word* first = command.begin();
  return command.end() - first >= 2 && first[0].value == "-m" && first[1].value == "pip";
}

bool builds(const SingleStage&, const shell::Command& command) {
  return is_pip(command);
}

bool applies(const SingleStage& stage) {
  return stage.image == "python";
}

/// Something that a virtual environment changes or that pip puts elsewhere; "" when there is none.
std::string find_obstacle(const SingleStage& stage) {
  std::string reason;
  for_each_command(stage, [&](const Instruction&, const shell::Command& command) {
    if (!is_pip(command)) return;
    for (const shell::Word& word : command) {
      const std::string_view text = word.value;
      if (text == "--user" || text.starts_with("--target") || text == "-t" ||
          text.starts_with("--prefix") || text.starts_with("--root") || text == "-e" ||
          text == "--editable") {
        reason = "pip installs to a place of its own ('" + std::string(text) + "')";
      }
    }
    if (command.words[command.program].value.find('/') != std::string_view::npos) {
      reason = "pip is called by its path";
    }
  });
  for (const Instruction& instruction : stage.instructions()) {
    const std::string_view text = instruction.args.text;
    if (ascii::contains(text, "site-packages") || ascii::contains(text, "/usr/local/bin/") ||
        ascii::contains(text, "VIRTUAL_ENV") || ascii::contains(text, "venv")) {
      reason = "it names places of the Python that pip installs into";
    }
    if (instruction.assignment("PATH") != nullptr) reason = "it sets PATH";
  }
  return reason;
}

/// What pip reads, and nothing that runs.
bool is_manifest(std::string_view name) {
  return name.starts_with("requirements") || name.starts_with("constraints") ||
         name.starts_with("Pipfile") || name == "pyproject.toml" || name == "poetry.lock" ||
         name == "setup.py" || name == "setup.cfg" || name == "uv.lock";
}

/// All of the application is copied below the last pip, so that it is not built at all.
bool comes_later(const SingleStage& stage) {
  const Instruction* last = nullptr;
  for_each_command(stage, [&](const Instruction& run, const shell::Command& command) {
    if (is_pip(command)) last = &run;
  });
  return last != nullptr && copied_later(stage, *last, is_manifest) != CopiedLater::kNot;
}

PlanOrReason plan(const SingleStage& stage) {
  if (stage.root.empty()) return Reason("which folder holds the application is not certain");
  if (stage.tag().starts_with('2')) return Reason("Python 2 has no virtual environments");
  std::string reason = find_obstacle(stage);
  if (!reason.empty()) return Reason(reason);
  bool calls_pip = false;
  for_each_command(stage, [&](const Instruction&, const shell::Command& command) {
    calls_pip = calls_pip || is_pip(command);
  });
  if (!calls_pip) return Reason("no RUN builds the application");
  for (const Words& start : stage.starts) {
    const std::string_view program = path::name(start.front());
    if (program.ends_with(".sh") || program == "sh" || program == "bash") {
      return Reason("what '" + std::string(program) + "' calls is not known");
    }
  }
  Plan plan;
  plan.image = slim_base(stage, reason);
  if (plan.image.empty()) return Reason(reason);
  const std::string environment(kEnvironment);
  plan.reads_environment = false;
  plan.preparation = "python -m venv " + environment;
  plan.environment = "PATH=\"" + environment + "/bin:$PATH\"";
  plan.results = {{environment, environment}};
  if (!comes_later(stage)) plan.results.push_back({stage.root, stage.root});
  if (plan.image != stage.stage.image) {
    plan.advice = "install the libraries into the small image that packages without a wheel need";
  }
  return plan;
}

}  // namespace

const Stack& python() {
  static constexpr Stack kStack{applies, builds, plan, "python3-setuptools python3-wheel",
                                "python python3"};
  return kStack;
}

}  // namespace plimsoll::check::two_stage::stacks
