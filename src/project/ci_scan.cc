#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "project/ci_tools.h"

namespace plimsoll::ci {
namespace {

using Gate = Scan::Gate;

/// What makes a scanner fail. Sources: the tools' own references (trivy, grype, docker scout
/// cves, snyk container test) and the actions' README files.
enum class Rule : std::uint8_t {
  kNeedsNonZero,  ///< exit code is 0 unless the option has another number
  kNeedsOption,   ///< exit code is 0 unless the option is there
  kNeedsTrue,     ///< as an input: exit code is 0 unless it is "true"
  kUnlessFalse,   ///< fails by itself unless the input is "false"
  kAlways,        ///< fails by itself
};

struct Tool {
  std::string_view name;        ///< of the program, or of the action
  std::string_view subcommand;  ///< blank separated alternatives; "" = whatever
  Rule rule;
  std::string_view option;
  std::string_view short_option;
  std::string_view variable;  ///< environment variable that does the same
  std::string_view reason;
};

constexpr std::array kPrograms = std::to_array<Tool>({
    {"trivy",
     "image i filesystem fs rootfs repository repo config conf vm sbom",
     Rule::kNeedsNonZero,
     "--exit-code",
     {},
     "TRIVY_EXIT_CODE",
     "without --exit-code 1 trivy exits with 0 whatever it finds"},
    {"grype", "", Rule::kNeedsOption, "--fail-on", "-f", "GRYPE_FAIL_ON_SEVERITY",
     "without --fail-on grype exits with 0 whatever it finds"},
    {"docker",
     "scout",
     Rule::kNeedsOption,
     "--exit-code",
     "-e",
     {},
     "without --exit-code docker scout exits with 0 whatever it finds"},
    {"snyk", "container", Rule::kAlways, {}, {}, {}, {}},
});

constexpr std::array kActions = std::to_array<Tool>({
    {"aquasecurity/trivy-action",
     "",
     Rule::kNeedsNonZero,
     "exit-code",
     {},
     "TRIVY_EXIT_CODE",
     "without exit-code: 1 trivy exits with 0 whatever it finds"},
    {"anchore/scan-action",
     "",
     Rule::kUnlessFalse,
     "fail-build",
     {},
     {},
     "fail-build: false lets the job go on whatever is found"},
    {"docker/scout-action",
     "",
     Rule::kNeedsTrue,
     "exit-code",
     {},
     {},
     "without exit-code: true the action succeeds whatever it finds"},
    {"crazy-max/ghaction-container-scan",
     "",
     Rule::kNeedsOption,
     "severity_threshold",
     {},
     {},
     "without severity_threshold the action succeeds whatever it finds"},
    {"azure/container-scan", "", Rule::kAlways, {}, {}, {}, {}},
    {"snyk/actions/docker", "", Rule::kAlways, {}, {}, {}, {}},
});

/// Each scan is judged with the rest of its job in view; a workflow with more scans than this is
/// hostile, and what lies beyond adds nothing.
constexpr std::size_t kMaxScans = 64;

constexpr std::string_view kMayFail = "the step may fail without failing the job";
constexpr std::string_view kOrTrue = "its failure is turned into success by what follows ||";
constexpr std::string_view kOnlyLow = "only low severities can fail the job";

bool is_variable(std::string_view value) {
  return ascii::contains(value, "$");
}

/// "LOW", "UNKNOWN,LOW": what matters never fails the job.
bool is_only_low(std::string_view severities) {
  if (severities.empty() || is_variable(severities)) return false;
  for (const std::string_view severity : ascii::split(severities, ',')) {
    const std::string_view one = ascii::trim(severity);
    if (!ascii::iequals(one, "low") && !ascii::iequals(one, "unknown")) return false;
  }
  return true;
}

Gate gate_of(const Tool& tool, bool present, std::string_view value) {
  if (is_variable(value)) return Gate::kUnknown;
  value = ascii::trim(value);
  switch (tool.rule) {
    case Rule::kNeedsNonZero: return present && value != "0" ? Gate::kGates : Gate::kNever;
    case Rule::kNeedsOption: return present ? Gate::kGates : Gate::kNever;
    case Rule::kNeedsTrue: return ascii::iequals(value, "true") ? Gate::kGates : Gate::kNever;
    case Rule::kUnlessFalse: return ascii::iequals(value, "false") ? Gate::kNever : Gate::kGates;
    case Rule::kAlways: return Gate::kGates;
  }
  return Gate::kUnknown;
}

bool sets_variable(const Node* scope, std::string_view name) {
  if (scope == nullptr || name.empty()) return false;
  for (const std::string_view key : {"env", "variables"}) {
    const Node* const variables = scope->find(key);
    if (variables != nullptr && variables->find(name) != nullptr) return true;
  }
  return false;
}

/// `|| true`, `|| :`, `|| echo …`, `|| exit 0`: the failure ends there.
bool swallows_failure(const shell::Command& next) {
  if (next.connector != shell::Connector::kOr) return false;
  const std::string_view program = next.name();
  return program == "true" || program == ":" || program == "echo" || program == "printf" ||
         (program == "exit" && next.subcommand() == "0");
}

/// `aquasec/trivy:0.60` → "trivy".
std::string_view repository_name(std::string_view image) {
  image = image.substr(
      0,
      image.find_first_of(":@", image.rfind('/') == std::string_view::npos ? 0 : image.rfind('/')));
  return image.substr(image.rfind('/') + 1);
}

bool has_word(std::string_view alternatives, std::string_view word) {
  if (alternatives.empty()) return true;
  const std::vector<std::string_view> words = ascii::split(alternatives, ' ');
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The scanner that a command runs, also through `docker run aquasec/trivy …`.
const Tool* tool_of(const shell::Command& command) {
  std::string_view program = command.name();
  const shell::Word* args = command.begin();
  if (is_engine(program) && command.subcommand() == "run") {
    for (const shell::Word* word = args; word != command.end(); ++word) {
      const std::string_view name = repository_name(word->value);
      if (word->value.starts_with('-') || !ascii::contains(word->value, "/")) continue;
      if (name != "trivy" && name != "grype") continue;
      program = name;
      args = word + 1;
      break;
    }
  }
  for (const Tool& tool : kPrograms) {
    if (tool.name != program) continue;
    const bool runs = std::any_of(args, command.end(), [&tool](const shell::Word& word) {
      return has_word(tool.subcommand, word.value);
    });
    if (!runs) continue;
    // Of docker scout and snyk container, only these look for vulnerabilities.
    if (tool.name == "docker" &&
        !has_word("cves compare", args + 1 < command.end() ? args[1].value : ""))
      continue;
    if (tool.name == "snyk" && !std::any_of(args, command.end(), [](const shell::Word& word) {
          return word.value == "test";
        }))
      continue;
    return &tool;
  }
  return nullptr;
}

/// A bill of materials, a help text or a database download is no verdict.
bool is_no_scan(const shell::Command& command) {
  const std::string_view format = option(command, "--format", "-f");
  if (format == "cyclonedx" || ascii::contains(format, "spdx") || format == "github") return true;
  for (const std::string_view flag : {"--help", "--version", "--download-db-only",
                                      "--download-java-db-only", "--reset", "--clear-cache"}) {
    if (command.has_flag(flag)) return true;
  }
  return false;
}

/// What is known of the job around a scan.
struct Context {
  const Workflow& workflow;
  const Job& job;
  std::size_t step = 0;
};

/// The findings are written to a file and something reads that file: that may be the gate.
bool result_is_judged_later(const Context& context, std::string_view report) {
  for (std::size_t i = context.step; i < context.job.steps.size(); ++i) {
    const Step& step = context.job.steps[i];
    if (ascii::contains(step.uses, "upload-sarif")) return true;
    if (report.empty() || !ascii::contains(step.run, report)) continue;
    if (i > context.step) return true;
    const std::size_t first = step.run.find(report);
    if (step.run.find(report, first + 1) != std::string_view::npos) return true;
  }
  const Node* const reports =
      context.job.node == nullptr ? nullptr : context.job.node->at({"artifacts", "reports"});
  return reports != nullptr && reports->find("container_scanning") != nullptr;
}

bool variable_is_set(const Context& context, std::string_view name) {
  const Step& step = context.job.steps[context.step];
  return sets_variable(step.node, name) || sets_variable(context.job.node, name) ||
         sets_variable(context.workflow.root, name);
}

void settle(const Context& context, std::string_view report, Scan& scan) {
  const Step& step = context.job.steps[context.step];
  if (scan.gate == Gate::kGates && (step.continue_on_error || context.job.allow_failure)) {
    scan.gate = Gate::kNever;
    scan.reason = kMayFail;
  }
  if (scan.gate == Gate::kNever && result_is_judged_later(context, report)) {
    scan.gate = Gate::kUnknown;
  }
}

std::optional<Scan> scan_of_action(const Context& context) {
  const Step& step = context.job.steps[context.step];
  const std::string name = ascii::lower(action_name(step));
  for (const Tool& tool : kActions) {
    if (name != tool.name) continue;
    const std::string_view format = input(step, "format");
    if (format == "cyclonedx" || ascii::contains(format, "spdx") || format == "github") {
      return std::nullopt;
    }
    if (name == "docker/scout-action" && !ascii::contains(input(step, "command"), "cves") &&
        !ascii::contains(input(step, "command"), "compare")) {
      return std::nullopt;
    }
    Scan scan{.tool = tool.name, .reason = tool.reason, .place = step.uses_place};
    const bool present = step.with != nullptr && step.with->find(tool.option) != nullptr;
    scan.gate = gate_of(tool, present, input(step, tool.option));
    if (variable_is_set(context, tool.variable) || !input(step, "trivy-config").empty()) {
      scan.gate = Gate::kUnknown;
    }
    if (scan.gate == Gate::kGates && is_only_low(input(step, "severity"))) {
      scan.gate = Gate::kNever;
      scan.reason = kOnlyLow;
    }
    settle(context, input(step, "output"), scan);
    return scan;
  }
  return std::nullopt;
}

std::optional<Scan> scan_of_command(const Context& context, std::size_t index) {
  const Step& step = context.job.steps[context.step];
  const std::vector<shell::Command>& commands = step.script.commands;
  const shell::Command& command = commands[index];
  const Tool* const tool = tool_of(command);
  if (tool == nullptr || is_no_scan(command)) return std::nullopt;
  Scan scan{.tool = tool->name, .reason = tool->reason, .place = step.source(command.span)};
  const bool present = tool->option.empty() || command.has_flag(tool->option) ||
                       (!tool->short_option.empty() && command.has_flag(tool->short_option));
  scan.gate = gate_of(*tool, present, option(command, tool->option, tool->short_option));
  const bool configured = variable_is_set(context, tool->variable) ||
                          command.has_flag("--config") || command.in_condition ||
                          command.in_substitution;
  if (configured) scan.gate = Gate::kUnknown;
  if (scan.gate == Gate::kGates && is_only_low(option(command, "--severity", "-s"))) {
    scan.gate = Gate::kNever;
    scan.reason = kOnlyLow;
  }
  if (scan.gate == Gate::kGates && index + 1 < commands.size() &&
      swallows_failure(commands[index + 1])) {
    scan.gate = Gate::kNever;
    scan.reason = kOrTrue;
  }
  settle(context, option(command, "--output", "-o"), scan);
  return scan;
}

}  // namespace

std::vector<Scan> scans_of(const Workflow& workflow) {
  std::vector<Scan> scans;
  for (const Job& job : workflow.jobs) {
    for (std::size_t i = 0; i < job.steps.size(); ++i) {
      if (scans.size() >= kMaxScans) return scans;
      const Context context{workflow, job, i};
      if (std::optional<Scan> scan = scan_of_action(context)) scans.push_back(*scan);
      if (!job.steps[i].script.understood) continue;
      for (std::size_t c = 0; c < job.steps[i].script.commands.size(); ++c) {
        if (scans.size() >= kMaxScans) return scans;
        if (std::optional<Scan> scan = scan_of_command(context, c)) scans.push_back(*scan);
      }
    }
  }
  return scans;
}

}  // namespace plimsoll::ci
