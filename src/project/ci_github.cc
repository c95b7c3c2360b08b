#include <algorithm>

#include "core/ascii.h"
#include "project/ci_step.h"

namespace plimsoll::ci {
namespace {

/// Inputs that say which shell a `run` gets, from the outermost in.
struct ShellChoice {
  std::string_view named;  ///< "bash", "pwsh", "bash -e {0}"; "" when the runner decides
  bool windows = false;    ///< the runner's default is then PowerShell
};

/// `continue-on-error: true`, or an expression that is the literal true. One that depends on
/// something is not held against the step.
bool is_true(const Node* node) {
  if (node == nullptr) return false;
  if (node->as_bool().value_or(false)) return true;
  std::string_view text = ascii::trim(node->str());
  if (!text.starts_with("${{") || !text.ends_with("}}") || text.size() < 5) return false;
  text.remove_prefix(3);
  text.remove_suffix(2);
  return ascii::trim(text) == "true";
}

std::string_view first_word(std::string_view text) {
  text = ascii::trim(text);
  return text.substr(0, text.find_first_of(" \t"));
}

shell::Dialect dialect(const ShellChoice& choice) {
  const std::string_view program = first_word(choice.named);
  if (program.empty()) return choice.windows ? shell::Dialect::kUnknown : shell::Dialect::kBash;
  if (program == "msys2") return shell::Dialect::kBash;
  return shell::dialect_of(program);
}

std::string_view default_shell(const Node& scope) {
  const Node* const node = scope.at({"defaults", "run", "shell"});
  return node == nullptr ? std::string_view{} : node->str();
}

bool runs_on_windows(const Node& job) {
  const Node* const runs_on = job.find("runs-on");
  if (runs_on == nullptr) return false;
  if (ascii::icontains(runs_on->str(), "windows")) return true;
  for (const Node* const label : runs_on->items) {
    if (ascii::icontains(label->str(), "windows")) return true;
  }
  return false;
}

/// `if: runner.os == 'Windows'` and its like, in a job that runs on several systems.
bool only_on_windows(const Node& step) {
  const Node* const condition = step.find("if");
  if (condition == nullptr) return false;
  const std::string_view text = condition->str();
  return ascii::icontains(text, "windows") && !ascii::contains(text, "!");
}

class GitHubReader {
 public:
  explicit GitHubReader(Workflow& workflow) : workflow_(workflow), budget_(workflow) {}

  void read(const Node& root) {
    read_triggers(root.find("on"));
    read_inputs(root);
    const ShellChoice choice{.named = default_shell(root)};
    if (const Node* const jobs = root.find("jobs")) {
      for (const Node::Entry& entry : jobs->entries) read_job(entry, choice);
    }
    if (const Node::Entry* const runs = root.find_entry("runs")) {
      Job job = begin_job(*runs);
      read_steps(*runs->value, choice, job);
      workflow_.jobs.push_back(std::move(job));
    }
  }

 private:
  void read_triggers(const Node* on) {
    if (on == nullptr) return;
    if (on->is_scalar()) workflow_.triggers.push_back(on->text);
    for (const Node* const item : on->items) {
      if (item->is_scalar()) workflow_.triggers.push_back(item->text);
    }
    for (const Node::Entry& entry : on->entries) {
      if (entry.key->is_scalar()) workflow_.triggers.push_back(entry.key->text);
    }
  }

  void read_inputs(const Node& root) {
    const bool action = root.find("runs") != nullptr;
    const Node* const inputs =
        action ? root.find("inputs") : root.at({"on", "workflow_call", "inputs"});
    if (inputs == nullptr) return;
    for (const Node::Entry& input : inputs->entries) {
      // An action's inputs have no type: they are all text.
      const Node* const type = action ? nullptr : input.value->find("type");
      if (type != nullptr && type->str() != "string") continue;
      workflow_.caller_inputs.push_back(ascii::lower(input.key->str()));
    }
    std::sort(workflow_.caller_inputs.begin(), workflow_.caller_inputs.end());
  }

  [[nodiscard]] Job begin_job(const Node::Entry& entry) const {
    Job job;
    job.name = entry.key->str();
    job.node = entry.value;
    job.place = first_line(*entry.key, *workflow_.file);
    return job;
  }

  void read_job(const Node::Entry& entry, ShellChoice choice) {
    const Node& node = *entry.value;
    if (!node.is_mapping()) return;
    Job job = begin_job(entry);
    job.allow_failure = is_true(node.find("continue-on-error"));
    if (const Node* const image = image_node(node.find("container"))) {
      job.image = image->text;
      job.image_place = first_line(*image, *workflow_.file);
    }
    read_services(node.find("services"), job);
    if (node.find_entry("uses") != nullptr) read_step(node, choice, job);
    const std::string_view own = default_shell(node);
    if (!own.empty()) choice.named = own;
    choice.windows = runs_on_windows(node);
    read_steps(node, choice, job);
    workflow_.jobs.push_back(std::move(job));
  }

  void read_services(const Node* services, Job& job) {
    if (services == nullptr) return;
    for (const Node::Entry& service : services->entries) {
      const Node* const image = image_node(service.value);
      if (image == nullptr) continue;
      if (!budget_.take(1, 0)) return;
      job.services.emplace_back(image->text, first_line(*image, *workflow_.file));
    }
  }

  void read_steps(const Node& owner, const ShellChoice& choice, Job& job) {
    const Node* const steps = owner.find("steps");
    if (steps == nullptr) return;
    for (const Node* const step : steps->items) {
      if (step->is_mapping()) read_step(*step, choice, job);
    }
  }

  void read_step(const Node& node, ShellChoice choice, Job& job) {
    const Node::Entry* const run = node.find_entry("run");
    const bool has_script = run != nullptr && run->value->is_scalar();
    if (!budget_.take(1, has_script ? run->value->text.size() : 0)) return;
    const SourceFile& file = *workflow_.file;
    Step step;
    step.node = &node;
    step.with = node.find("with");
    step.continue_on_error = is_true(node.find("continue-on-error"));
    step.place = first_line(node, file);
    if (const Node* const name = node.find("name")) step.name = name->str();
    if (const Node::Entry* const uses = node.find_entry("uses")) {
      step.uses = uses->value->str();
      step.uses_place = first_line(*uses->value, file);
      step.place = key_place(*uses, file);
    }
    if (has_script) {
      if (const Node* const shell = node.find("shell")) choice.named = shell->str();
      choice.windows = choice.windows || only_on_windows(node);
      step.place = key_place(*run, file);
      set_script(step, *run->value, System::kGitHub, dialect(choice), file);
    }
    job.steps.push_back(std::move(step));
  }

  Workflow& workflow_;
  Budget budget_;
};

}  // namespace

void read_github(const Node& root, Workflow& workflow) {
  GitHubReader(workflow).read(root);
}

}  // namespace plimsoll::ci
