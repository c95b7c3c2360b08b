#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "check/example_text.h"
#include "core/ascii.h"
#include "core/control.h"
#include "core/date.h"
#include "core/finding.h"
#include "core/report.h"
#include "core/severity.h"
#include "parse/dockerfile.h"
#include "parse/ignore_file.h"
#include "parse/image_reference.h"
#include "project/project.h"
#include "workload/compose.h"
#include "workload/effective_user.h"
#include "workload/host.h"
#include "workload/image_facts.h"
#include "workload/kubernetes.h"
#include "workload/workload.h"

namespace plimsoll::image {
struct Inventory;
}

/// What a rule is. One rule = one file in rules/<kind>/<slug with _>.cc that defines
/// `const Rule& <slug with _>()`; CMake finds it. CONTRIBUTING.md shows how to add one.
namespace plimsoll::check {

/// The forms that a workload rule speaks about.
enum FormSet : std::uint8_t {
  kFormCompose = 1U << 0U,
  kFormKubernetes = 1U << 1U,
  kFormRun = 1U << 2U,  ///< docker run, podman run
  kFormQuadlet = 1U << 3U,
  kFormInspect = 1U << 4U,
  kFormExec = 1U << 5U,  ///< in no other set: what holds for a container does not hold for it
  kFormsEngine = kFormCompose | kFormRun | kFormQuadlet | kFormInspect,
  kFormsAll = kFormsEngine | kFormKubernetes,
};
[[nodiscard]] FormSet form_set(Form form);

struct Meta {
  std::string_view slug;  ///< kebab-case, equals the file's name, never reused
  std::string_view title;
  Severity severity = Severity::kLow;  ///< kInfo never touches the score
  Control control = Control::kVerifiedSources;
  /// Part of the default set. The default set is quiet: what is urgent, or one line per file.
  /// Other rules still decide the score's controls; their findings are shown with --rules all.
  bool enabled = false;
  /// Of a no-secrets rule: what it points at holds the secret itself and is masked in excerpts.
  bool points_at_secret = true;
  FixSafety fix_safety = FixSafety::kNone;
  std::string_view aliases;  ///< peers' ids, blank separated: "hadolint:DL3002 trivy:DS-0002"
  /// Peers' ids whose idea is another one, but whose pragmas are meant for this rule as well.
  std::string_view silenced_by = {};
  std::string_view why;       ///< so what, for a person; one to three sentences
  std::string_view fix_note;  ///< what to do, or why the fix is (un)safe
  std::string_view sources;   ///< addresses, blank separated
  FormSet forms = kFormsAll;  ///< workload rules only
};

/// Values that a fix writes but nobody but the user can know. A value that was given is his
/// decision, so that its fix is safe; the defaults are guesses and go in with --unsafe only.
struct FixValue {
  std::string text;
  bool given = false;
};
struct FixValues {
  FixValue memory{"512m"};  ///< limit of a container, as Docker writes it
  FixValue cpus{"1.0"};
  FixValue memory_request{"128m"};
  FixValue cpu_request{"100m"};
  FixValue pids{"512"};
  FixValue user{"10001:10001"};   ///< who runs what nothing better is known of
  FixValue publish{"127.0.0.1"};  ///< address of the host that a port is published on
  bool unsafe = false;            ///< of two ways, a rule takes the one that goes further
};

/// What an administrator may tune in plimsoll.yaml. Defaults suit everyone.
struct RuleOptions {
  std::vector<std::string> trusted_registries;  ///< empty: every registry is trusted; globs
  std::map<std::string, std::string, std::less<>>
      label_schema;  ///< label → text|url|rfc3339|semver|hash|spdx|email
  bool strict_labels = false;
  Date today;  ///< end-of-life dates are judged against this
  FixValues fix;
};

/// The label schema that the rules' examples are judged with.
[[nodiscard]] std::map<std::string, std::string, std::less<>> example_label_schema();

struct StageBase {
  std::optional<ImageReference> reference;  ///< nullopt: scratch, another stage, or not known
  const ImageFacts* facts = nullptr;
  bool scratch = false;
  bool known = true;  ///< false: depends on a variable without default
};

/// A Dockerfile with what surrounds it.
struct DockerfileView {
  const dockerfile::Dockerfile& file;
  const dockerfile::Stage* target = nullptr;      ///< what is built; null without FROM
  std::vector<const dockerfile::Stage*> lineage;  ///< target and the stages it is FROM
  EffectiveUser user;                             ///< of the target: who the image runs as
  std::vector<StageBase> bases;              ///< by stage index: the stage's outermost base image
  const IgnoreFile* dockerignore = nullptr;  ///< null: none (or not known, see below)
  bool context_known = false;  ///< the folder was looked at, so absence means something
  const Project* project = nullptr;
  /// Workloads of the same audit that run this Dockerfile's target.
  std::vector<const Workload*> workloads;

  [[nodiscard]] const StageBase* base(const dockerfile::Stage& stage) const {
    return stage.index < bases.size() ? &bases[stage.index] : nullptr;
  }
  /// `stage` ends up in the image that is built (it is the target or the target is FROM it).
  [[nodiscard]] bool ships(const dockerfile::Stage& stage) const;
  [[nodiscard]] bool ships(const dockerfile::Instruction& instruction) const;
  /// Null for instructions before the first FROM.
  [[nodiscard]] const dockerfile::Stage* stage_of(const dockerfile::Instruction& instruction) const;
  [[nodiscard]] std::string_view path() const { return file.source->path(); }
};

struct StageView {
  const dockerfile::Stage& stage;
  const DockerfileView& view;
  [[nodiscard]] std::span<const dockerfile::Instruction> instructions() const {
    return view.file.of(stage);
  }
};

/// One simple command of a RUN (also of ONBUILD RUN), never of CMD or ENTRYPOINT.
struct RunCommand {
  const shell::Command& command;
  std::uint32_t index;  ///< in instruction.script.commands
  const dockerfile::Instruction& instruction;
  const DockerfileView& view;

  [[nodiscard]] std::string_view name() const { return command.name(); }
  [[nodiscard]] Span span() const { return instruction.source(command.span); }
  [[nodiscard]] Span span(const shell::Word& word) const { return instruction.source(word.span); }
};

/// Collects the findings of one rule about one subject.
class Sink {
 public:
  Sink(const Meta& meta, const Subject& subject, const SourceFile* file, const RuleOptions& options,
       std::vector<Finding>& findings)
      : meta_(meta), subject_(subject), file_(file), options_(options), findings_(findings) {}

  /// The reference is valid until the next report. Reporting the same place twice is one finding.
  Finding& report(Span span, std::string message) {
    return report(Place{file_, span}, std::move(message));
  }
  Finding& report(Place place, std::string message);
  /// About a file inside an image.
  Finding& report_file(std::string path, std::string message);
  /// Something is absent from a workload. Findings of one rule about several workloads of one file
  /// are shown as one: `message` must therefore make sense for all of them
  /// ("no memory limit", never "web has no memory limit").
  Finding& missing(const Workload& workload, Place place, std::string message);
  Finding& missing(const Workload& workload, std::string message) {
    return missing(workload, workload.place, std::move(message));
  }
  /// The rule could not decide (a variable, an image not at hand): the control becomes unknown.
  void unknown(std::string reason);

  [[nodiscard]] const RuleOptions& options() const { return options_; }
  [[nodiscard]] const Subject& subject() const { return subject_; }
  [[nodiscard]] const std::vector<std::string>& unknowns() const { return unknowns_; }
  /// More than limits::kFindingsPerFile: the rest was dropped.
  [[nodiscard]] bool overflowed() const { return overflowed_; }

 private:
  const Meta& meta_;
  const Subject& subject_;
  const SourceFile* file_;
  const RuleOptions& options_;
  std::vector<Finding>& findings_;
  std::vector<std::string> unknowns_;
  std::unique_ptr<Finding> dropped_;  ///< what a rule may write to once there is no room
  bool overflowed_ = false;
};

// The kinds of rule, from least to most power. A rule takes the first that can answer.
using InstructionCheck = void (*)(const dockerfile::Instruction&, Sink&);  ///< also inside ONBUILD
using CommandCheck = void (*)(const RunCommand&, Sink&);
using StageCheck = void (*)(const StageView&, Sink&);
using DockerfileCheck = void (*)(const DockerfileView&, Sink&);
using WorkloadCheck = void (*)(const Workload&, Sink&);
using PodCheck = void (*)(const kubernetes::Pod&, Sink&);
using ObjectCheck = void (*)(const kubernetes::Object&, Sink&);        ///< any Kubernetes object
using ManifestsCheck = void (*)(const kubernetes::Manifests&, Sink&);  ///< all objects together
using ComposeCheck = void (*)(const compose::Project&, Sink&);
using WorkflowCheck = void (*)(const ci::Workflow&, Sink&);
using ProjectCheck = void (*)(const Project&, Sink&);
using TreeCheck = void (*)(const Tree&, Sink&);  ///< any YAML file we judge
using HostCheck = void (*)(const Host&, Sink&);  ///< the containers of an engine together
using ImageCheck = void (*)(const image::Inventory&, Sink&);  ///< what an image holds

using Check = std::variant<InstructionCheck, CommandCheck, StageCheck, DockerfileCheck,
                           WorkloadCheck, PodCheck, ObjectCheck, ManifestsCheck, ComposeCheck,
                           WorkflowCheck, ProjectCheck, TreeCheck, HostCheck, ImageCheck>;

/// « » marks the exact bytes the finding must point at. No marks: the rule must stay silent.
/// Several files: "-- path --" lines start each; then `file` is ignored.
struct Example {
  std::string_view name;
  std::string_view file = {};  ///< default: Dockerfile, or compose.yaml for workload rules
  ExampleText before;
  std::string_view after = {};  ///< after the fix; empty: reported, not fixed
};

struct Rule {
  Meta meta;
  Check check;
  std::span<const Example> examples;
};

/// Every rule, sorted by slug. Built by CMake from the files of rules/.
[[nodiscard]] const std::vector<const Rule*>& all_rules();
[[nodiscard]] const Rule* find_rule(std::string_view slug);
/// The rules that list this alias ("hadolint:DL3002"), ASCII case-insensitive; also when the tool
/// is left out ("DL3002"), or in one of trivy's older spellings ("AVD-DS-0002", "DS002").
[[nodiscard]] std::vector<const Rule*> rules_for_alias(std::string_view alias);
/// "dockerfile", "workload", "kubernetes", "compose", "project", "yaml", "host": the folder it
/// lives in.
[[nodiscard]] std::string_view kind_of(const Rule& rule);
/// The same facts for reports, which do not know rules. Static storage.
[[nodiscard]] const RuleInfo& info_of(const Rule& rule);

}  // namespace plimsoll::check
