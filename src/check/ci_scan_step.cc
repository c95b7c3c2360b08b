#include "check/ci_scan_step.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check/ci_line.h"
#include "core/ascii.h"
#include "project/ci_tools.h"

namespace plimsoll::check {
namespace {

/// By digest: tags of this action have been moved to malicious code (March 2026).
constexpr std::string_view kScanner =
    "uses: aquasecurity/trivy-action@57a97c7e7821a5776cebc9bb87c984fa69cba8f1 # v0.35.0";
constexpr std::string_view kScannedImage = "scan:${{ github.sha }}";

constexpr std::string_view kTitle = "scan the image before it is pushed";
constexpr std::string_view kAdvice =
    "the job now fails for vulnerabilities that have a fix; let the update bot move the scanner";

const Node* own_value(const Node& mapping, std::string_view key) {
  const Node::Entry* entry = mapping.find_entry(key);
  if (entry == nullptr || entry->merged || !mapping.span.contains(entry->value->span)) {
    return nullptr;
  }
  return entry->value;
}

/// A step of a workflow as lines that can be written again.
class StepText {
 public:
  StepText(const SourceFile& file, const Node& step) : file_(file), step_(step) {
    const Span line = file.line_span(file.line_index(step.span.begin));
    before_ = std::string(file.slice({line.begin, step.span.begin}));
    at_ = line.begin;
    for (std::string_view above = line_above(); above.starts_with('#'); above = line_above()) {
      at_ = file.line_span(file.line_index(at_) - 1).begin;
    }
  }

  [[nodiscard]] bool is_plain() const {
    return step_.style != Node::Style::kFlow && !step_.shared && step_.anchor.empty() &&
           ascii::trim(before_) == "-" && before_.find('\t') == before_.npos &&
           std::none_of(step_.entries.begin(), step_.entries.end(),
                        [](const Node::Entry& entry) { return entry.merged; });
  }
  [[nodiscard]] std::uint32_t at() const { return at_; }
  [[nodiscard]] std::string first(std::string_view text) const { return before_ + line(text); }
  [[nodiscard]] std::string next(std::string_view text) const { return indent() + line(text); }
  /// What ends a step: an empty line where the file has them.
  [[nodiscard]] std::string end() const {
    return line_above().empty() ? std::string(line_end_of(file_)) : std::string();
  }

  /// An entry of the step or of one of its mappings, with the comment behind it.
  [[nodiscard]] std::string copy(const Node::Entry& entry) const {
    std::uint32_t end = std::max(entry.key->span.end, entry.value->span.end);
    const bool block =
        entry.value->style == Node::Style::kLiteral || entry.value->style == Node::Style::kFolded;
    if (!block) end = file_.line_span(file_.line_index(end)).end;
    std::string_view text = file_.slice({entry.key->span.begin, end});
    while (!text.empty() && ascii::is_space(text.back())) text.remove_suffix(1);
    const Span first = file_.line_span(file_.line_index(entry.key->span.begin));
    const std::size_t column = entry.key->span.begin - first.begin;
    return std::string(column, ' ') + line(text);
  }

 private:
  [[nodiscard]] std::string line(std::string_view text) const {
    return std::string(text) + std::string(line_end_of(file_));
  }
  [[nodiscard]] std::string indent() const { return std::string(before_.size(), ' '); }
  [[nodiscard]] std::string_view line_above() const {
    const std::uint32_t index = file_.line_index(at_);
    return index == 0 ? "-" : ascii::trim(file_.slice(file_.line_span(index - 1)));
  }

  const SourceFile& file_;
  const Node& step_;
  std::string before_;
  std::uint32_t at_ = 0;
};

/// A step that fails the job for what can be mended by an update.
std::string scan_step(const StepText& text, const Node& step, std::string_view image) {
  std::string scan = text.first("name: Scan the image");
  if (const Node::Entry* condition = step.find_entry("if")) scan += text.copy(*condition);
  scan += text.next(kScanner) + text.next("with:");
  scan += text.next("  image-ref: " + std::string(image));
  scan += text.next("  severity: HIGH,CRITICAL") + text.next("  ignore-unfixed: true");
  return scan + text.next("  exit-code: 1") + text.end();
}

/// Inputs that say where the image goes, or what only a push can hold.
bool is_about_push(std::string_view input) {
  constexpr std::string_view kInputs[] = {"push",        "tags",    "outputs",    "platforms",
                                          "sbom",        "attests", "provenance", "labels",
                                          "annotations", "load",    "cache-to"};
  return std::find(std::begin(kInputs), std::end(kInputs), input) != std::end(kInputs);
}

/// The same build once more, into the engine: the push then takes it from the cache.
void scan_action(Finding& finding, const SourceFile& file, const ci::Step& step) {
  const Node& node = *step.node;
  const StepText text(file, node);
  const Node* with = own_value(node, "with");
  if (!text.is_plain() || with == nullptr || !with->is_mapping() ||
      with->style == Node::Style::kFlow || with->shared || with->entries.empty()) {
    finding.unfixed = "the step is not written as a block of its own";
    return;
  }
  const Span first_input = with->entries.front().key->span;
  const std::uint32_t column =
      first_input.begin - file.line_span(file.line_index(first_input.begin)).begin;
  const std::string_view eol = line_end_of(file);
  std::string build = text.first("name: Build the image for the scan");
  for (const char* key : {"if", "env", "uses"}) {
    const Node::Entry* entry = node.find_entry(key);
    if (entry != nullptr) build += text.copy(*entry);
  }
  build += text.next("with:");
  for (const Node::Entry& input : with->entries) {
    if (input.merged || !with->span.contains(input.value->span)) {
      finding.unfixed = "an alias brings one of its inputs";
      return;
    }
    if (!is_about_push(input.key->text)) build += text.copy(input);
  }
  const std::string pad(column, ' ');
  build += pad + "load: true" + std::string(eol);
  build += pad + "tags: " + std::string(kScannedImage) + std::string(eol) + text.end();
  finding.fix =
      Fix{.title = std::string(kTitle),
          .edits = {{{text.at(), text.at()}, build + scan_step(text, node, kScannedImage)}},
          .safety = FixSafety::kUnsafe,
          .advice = std::string(kAdvice),
          // The same action is used again, with the same inputs.
          .reveals = "ci-action-unpinned ci-cache-poisoning"};
}

/// Nothing that only a shell knows.
bool is_known_to_actions(const shell::Word& image) {
  std::string_view rest = image.value;
  for (std::size_t at = rest.find('$'); at != rest.npos; at = rest.find('$')) {
    const std::size_t end = rest.find("}}", at);
    if (!rest.substr(at).starts_with("${{") || end == rest.npos) return false;
    rest.remove_prefix(end + 2);
  }
  return !image.globs && rest.find('`') == rest.npos;
}

void scan_pushed(Finding& finding, const SourceFile& file, const ci::Step& step) {
  const shell::Command& push = step.script.commands.front();
  if (step.script.commands.size() != 1 || push.subcommand() != "push" || push.words.size() != 3) {
    finding.unfixed = "the scan has to stand between the build and the push, in steps of their own";
    return;
  }
  if (push.name() != "docker" || !is_known_to_actions(push.words[2])) {
    finding.unfixed = "which image is pushed is not certain";
    return;
  }
  const StepText text(file, *step.node);
  if (!text.is_plain()) {
    finding.unfixed = "the step is not written as a block of its own";
    return;
  }
  finding.fix =
      Fix{.title = std::string(kTitle),
          .edits = {{{text.at(), text.at()}, scan_step(text, *step.node, push.words[2].value)}},
          .safety = FixSafety::kUnsafe,
          .advice = std::string(kAdvice)};
}

}  // namespace

void scan_before_push(Finding& finding, const ci::Workflow& workflow, const ci::Step& step) {
  if (workflow.system != ci::System::kGitHub || step.node == nullptr || !step.node->is_mapping()) {
    finding.unfixed = "the scan has to stand between the build and the push";
  } else if (ci::action_name(step) == "docker/build-push-action") {
    scan_action(finding, *workflow.file, step);
  } else if (step.uses.empty() && step.script.understood && !step.script.commands.empty()) {
    scan_pushed(finding, *workflow.file, step);
  } else {
    finding.unfixed = "the image is built and pushed elsewhere";
  }
}

}  // namespace plimsoll::check
