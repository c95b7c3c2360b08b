#include <algorithm>

#include "check/remedy.h"
#include "check/rule.h"
#include "core/path.h"
#include "parse/dockerfile_edit.h"
#include "workload/image_facts.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "sudo-used",
    .title = "sudo is used",
    .severity = Severity::kLow,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kSafe,
    .aliases =
        "hadolint:DL3004 trivy:DS-0010 checkov:CKV2_DOCKER_1 kics:8ada6e80 "
        "semgrep:no-sudo-in-dockerfile dockle:DKL-DI-0001",
    .why =
        "In a build, sudo does nothing for root and leaves a setuid program behind. At run time "
        "it means that the user can become root.",
    .fix_note =
        "Leave sudo out where the build is root, put USER root before and the other USER after the "
        "instruction where it is not, and use gosu or setpriv to step down. Safe: it is taken away "
        "only where the build is root and sudo is asked for nothing else.",
    .sources = "https://docs.docker.com/build/building/best-practices/#user",
};

enum class Root : std::uint8_t { kUnknown, kYes, kNo };

/// Who the build is, from instruction to instruction.
class Builder {
 public:
  explicit Builder(const DockerfileView& view) : view_(view), at_end_(view.file.stages.size()) {}

  void read(const dockerfile::Instruction& instruction) {
    if (instruction.stage >= at_end_.size()) return;
    if (instruction.keyword == dockerfile::Keyword::kFrom) {
      root_ = of_base(view_.file.stages[instruction.stage]);
    } else if (instruction.keyword == dockerfile::Keyword::kUser && !instruction.words.empty()) {
      const std::string_view user = instruction.words.front().value;
      root_ = user.find('$') != std::string_view::npos ? Root::kUnknown
              : is_root_user(user)                     ? Root::kYes
                                                       : Root::kNo;
    }
    at_end_[instruction.stage] = root_;
  }
  [[nodiscard]] Root root() const { return root_; }

 private:
  [[nodiscard]] Root of_base(const dockerfile::Stage& stage) const {
    if (stage.parent) return at_end_[*stage.parent];
    const StageBase* base = view_.base(stage);
    if (base == nullptr || !base->reference) return Root::kUnknown;
    const std::string_view user = default_user(*base->reference);
    if (user.empty()) return Root::kUnknown;
    return is_root_user(user) ? Root::kYes : Root::kNo;
  }

  const DockerfileView& view_;
  std::vector<Root> at_end_;
  Root root_ = Root::kUnknown;
};

void repair(Finding& finding, const DockerfileView& view,
            const dockerfile::Instruction& instruction, const shell::Command& command,
            std::size_t at, Root root) {
  if (instruction.keyword != dockerfile::Keyword::kRun) {
    finding.unfixed = "what starts runs as whoever the container runs as";
    return;
  }
  if (root != Root::kYes) {
    finding.unfixed = root == Root::kNo ? "the build is not root there: put USER root before it"
                                        : "whether the build is root there is not known";
    return;
  }
  std::size_t last = at;
  // These keep what the build has anyhow.
  while (last + 1 < command.words.size() &&
         (command.words[last + 1].value == "-E" || command.words[last + 1].value == "-n")) {
    ++last;
  }
  const bool plain = last + 1 < command.words.size() &&
                     !command.words[last + 1].value.starts_with('-') &&
                     dockerfile::is_editable(view.file, instruction, command, command.words[at]);
  const Span span{instruction.source(command.words[at].span).begin,
                  instruction.source(command.words[last].span).end};
  if (!plain || view.file.source->slice(span).find('\n') != std::string_view::npos) {
    finding.unfixed = "sudo does more there than to become root";
    return;
  }
  remedy(finding, "leave sudo out", dockerfile::remove_word(view.file, span), FixSafety::kSafe);
}

void check_instruction(const DockerfileView& view, const dockerfile::Instruction& instruction,
                       Root root, Sink& sink) {
  if (instruction.keyword != dockerfile::Keyword::kRun &&
      instruction.keyword != dockerfile::Keyword::kCmd &&
      instruction.keyword != dockerfile::Keyword::kEntrypoint) {
    return;
  }
  for (const shell::Command& command : instruction.script.commands) {
    const std::size_t last =
        std::min<std::size_t>(command.program + std::size_t{1}, command.words.size());
    for (std::size_t i = 0; i < last; ++i) {
      const shell::Word& word = command.words[i];
      if (word.value.size() < 4 || path::name(word.value) != "sudo") continue;
      Finding& finding =
          sink.report(instruction.source(word.span),
                      std::string(dockerfile::to_string(instruction.keyword)) + " uses sudo");
      repair(finding, view, instruction, command, i, root);
      break;
    }
  }
}

void check(const DockerfileView& view, Sink& sink) {
  if (!ascii::contains(view.file.source->text(), "sudo")) return;
  Builder builder(view);
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    builder.read(instruction);
    const bool onbuild =
        instruction.keyword == dockerfile::Keyword::kOnbuild && instruction.inner != nullptr;
    check_instruction(view, onbuild ? *instruction.inner : instruction, builder.root(), sink);
  }
}

constexpr Example kExamples[] = {
    {.name = "before a command",
     .before = "FROM debian:12\nRUN «sudo» apt-get update\n",
     .after = "FROM debian:12\nRUN apt-get update\n"},
    {.name = "each command is one",
     .before = "FROM debian:12\nRUN «sudo» a && b && «/usr/bin/sudo» -E c\n",
     .after = "FROM debian:12\nRUN a && b && c\n"},
    {.name = "not root", .before = "FROM debian:12\nUSER app\nRUN «sudo» apt-get update\n"},
    {.name = "as somebody else", .before = "FROM debian:12\nRUN «sudo» -u app make\n"},
    {.name = "the main process", .before = "FROM debian:12\nCMD [«\"sudo\"», \"nginx\"]\n"},
    {.name = "is installed", .before = "FROM debian:12\nRUN apt-get install -y sudo\n"},
    {.name = "is spoken of", .before = "FROM debian:12\nRUN echo sudo > /etc/motd\n"},
};

}  // namespace

const Rule& sudo_used() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
