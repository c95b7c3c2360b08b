#include <algorithm>
#include <array>
#include <unordered_map>

#include "core/ascii.h"
#include "project/ci_step.h"

namespace plimsoll::ci {
namespace {

/// Top-level keys that are mappings or lists but no jobs.
/// Source: docs.gitlab.com "CI/CD YAML syntax reference", global keywords.
constexpr std::array<std::string_view, 9> kGlobalKeywords = {
    "include", "stages", "variables", "workflow", "spec", "cache", "types", "image", "services"};

/// What is read of a job. Any of them makes a mapping a job.
enum Keyword : std::uint8_t {
  kBeforeScript,
  kScript,
  kAfterScript,
  kRun,
  kImage,
  kServices,
  kExtends,
  kAllowFailure,
  kTags,
  kStage,
  kTrigger,
  kKeywordCount,
};
constexpr std::array<std::string_view, kKeywordCount> kKeywords = {
    "before_script", "script",        "after_script", "run",   "image",  "services",
    "extends",       "allow_failure", "tags",         "stage", "trigger"};

/// A mapping's own values by keyword; looked up once, however many jobs extend it.
using Values = std::array<const Node*, kKeywordCount>;

Values values_of(const Node& mapping) {
  Values values{};
  for (const Node::Entry& entry : mapping.entries) {
    for (std::size_t key = 0; key < values.size(); ++key) {
      if (entry.key->str() != kKeywords[key]) continue;
      if (!entry.merged || values[key] == nullptr) values[key] = entry.value;
    }
  }
  return values;
}

/// `script: [[a, b], c]`: GitLab itself follows ten levels of nesting.
constexpr int kScriptNesting = 10;
/// `extends` chains; GitLab follows eleven.
constexpr int kExtendsChain = 11;

bool may_be_job(std::string_view name, const Node& value) {
  return value.is_mapping() && name != "default" &&
         std::find(kGlobalKeywords.begin(), kGlobalKeywords.end(), name) == kGlobalKeywords.end();
}

class GitLabReader {
 public:
  explicit GitLabReader(Workflow& workflow) : workflow_(workflow), budget_(workflow) {}

  void read(const Node& root) {
    for (const Node::Entry& entry : root.entries) {
      if (entry.key->is_scalar() && entry.value->is_mapping()) {
        mappings_[entry.key->text] = values_of(*entry.value);
      }
    }
    if (const Node* const own = root.find("default"); own != nullptr && own->is_mapping()) {
      read_defaults(*own);
    }
    read_defaults(root);
    for (const Node::Entry& entry : root.entries) {
      if (may_be_job(entry.key->str(), *entry.value)) read_job(entry);
    }
  }

 private:
  /// `default:` and the older top-level keys that mean the same.
  void read_defaults(const Node& source) {
    const Values values = values_of(source);
    Job job;
    job.name = "default";
    job.node = &source;
    job.place = first_line(source, file());
    for (const Keyword key : {kBeforeScript, kAfterScript}) read_script(values[key], job);
    read_image(values[kImage], job);
    read_services(values[kServices], job);
    for (const Keyword key : {kImage, kServices}) {
      if (defaults_[key] == nullptr) defaults_[key] = values[key];
    }
    const bool empty = job.steps.empty() && job.image.empty() && job.services.empty();
    if (!empty) workflow_.jobs.push_back(std::move(job));
  }

  void read_job(const Node::Entry& entry) {
    const Values values = effective(values_of(*entry.value));
    if (std::all_of(values.begin(), values.end(), [](const Node* v) { return v == nullptr; })) {
      return;
    }
    Job job;
    job.name = entry.key->str();
    job.node = entry.value;
    job.place = first_line(*entry.key, file());
    // {exit_codes: …} allows some failures only, so it is not held against the job.
    job.allow_failure =
        values[kAllowFailure] != nullptr && values[kAllowFailure]->as_bool().value_or(false);
    windows_ = has_windows_tag(values[kTags]);
    for (const Keyword key : {kBeforeScript, kScript, kAfterScript}) read_script(values[key], job);
    read_run(values[kRun], job);
    windows_ = false;
    read_image(values[kImage] != nullptr ? values[kImage] : defaults_[kImage], job);
    read_services(values[kServices] != nullptr ? values[kServices] : defaults_[kServices], job);
    workflow_.jobs.push_back(std::move(job));
  }

  /// A job's own values, then those of what it extends.
  [[nodiscard]] Values effective(Values values) const {
    const Node* extends = values[kExtends];
    for (int chain = 0; chain < kExtendsChain && extends != nullptr; ++chain) {
      // With several, the last one wins; asking only that one keeps the chain from fanning out.
      if (extends->is_sequence() && !extends->items.empty()) extends = extends->items.back();
      const auto parent = mappings_.find(extends->str());
      if (parent == mappings_.end()) break;
      for (std::size_t key = 0; key < values.size(); ++key) {
        if (values[key] == nullptr) values[key] = parent->second[key];
      }
      extends = parent->second[kExtends];
    }
    return values;
  }

  /// Tags, like everything else that jobs share, may be long and shared by many.
  [[nodiscard]] bool has_windows_tag(const Node* tags) {
    if (tags == nullptr || !budget_.take(tags->items.size(), 0)) return false;
    return std::any_of(tags->items.begin(), tags->items.end(),
                       [](const Node* tag) { return ascii::icontains(tag->str(), "windows"); });
  }

  void read_image(const Node* value, Job& job) {
    const Node* const image = image_node(value);
    if (image == nullptr) return;
    job.image = image->text;
    job.image_place = first_line(*image, file());
  }

  void read_services(const Node* services, Job& job) {
    if (services == nullptr) return;
    for (const Node* const service : services->items) {
      if (!budget_.take(1, 0)) return;
      const Node* const image = image_node(service);
      if (image == nullptr) continue;
      job.services.emplace_back(image->text, first_line(*image, file()));
    }
  }

  void read_script(const Node* script, Job& job) {
    if (script != nullptr) read_lines(*script, job, kScriptNesting);
  }

  // NOLINTNEXTLINE(misc-no-recursion): kScriptNesting
  void read_lines(const Node& lines, Job& job, int depth) {
    if (lines.tag == "!reference") return;  // names a job whose own lines are read where they stand
    if (lines.is_scalar()) return read_line(lines, job);
    if (depth == 0 || !budget_.take(lines.items.size(), 0)) return;
    for (const Node* const item : lines.items) {
      read_lines(*item, job, depth - 1);
    }
  }

  void read_line(const Node& line, Job& job) {
    if (!budget_.take(1, line.text.size())) return;
    Step step = begin_step(line, job);
    set_script(step, line, System::kGitLab,
               windows_ ? shell::Dialect::kUnknown : shell::Dialect::kBash, file());
    job.steps.push_back(std::move(step));
  }

  /// `run:`, a list of steps each with a script or a published step.
  void read_run(const Node* run, Job& job) {
    if (run == nullptr) return;
    for (const Node* const item : run->items) {
      if (!budget_.take(1, 0)) return;
      if (const Node* const script = item->find("script")) read_script(script, job);
      const Node* const used = item->find("step");
      if (used == nullptr || !used->is_scalar()) continue;
      Step step = begin_step(*used, job);
      step.uses = used->text;
      step.uses_place = step.place;
      job.steps.push_back(std::move(step));
    }
  }

  [[nodiscard]] Step begin_step(const Node& node, const Job& job) const {
    Step step;
    step.node = &node;
    step.continue_on_error = job.allow_failure;
    step.place = first_line(node, file());
    return step;
  }

  [[nodiscard]] const SourceFile& file() const { return *workflow_.file; }

  Workflow& workflow_;
  Budget budget_;
  std::unordered_map<std::string_view, Values> mappings_;  ///< top-level ones
  Values defaults_{};
  bool windows_ = false;
};

}  // namespace

void read_gitlab(const Node& root, Workflow& workflow) {
  GitLabReader(workflow).read(root);
}

}  // namespace plimsoll::ci
