#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "check/package_cache.h"
#include "check/package_manager.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "parse/dockerfile_edit.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "package-cache-kept",
    .title = "A package manager's cache stays in the image",
    .severity = Severity::kLow,
    .control = Control::kMinimalBaseImage,
    .fix_safety = FixSafety::kSafe,
    .aliases =
        "hadolint:DL3009 hadolint:DL3019 hadolint:DL3032 hadolint:DL3036 hadolint:DL3040 "
        "hadolint:DL3042 hadolint:DL3060 trivy:DS-0015 trivy:DS-0019 trivy:DS-0020 trivy:DS-0025 "
        "trivy:DS-0027 dockle:DKL-DI-0004 dockle:DKL-DI-0005 semgrep:missing-yum-clean-all "
        "semgrep:missing-dnf-clean-all semgrep:missing-zypper-clean",
    .why =
        "Downloaded packages and indexes are never used again, but every pull carries them; what a "
        "later RUN deletes is still in the layer below.",
    .fix_note =
        "Empty the cache in the same RUN, tell the tool not to keep one, or mount a cache over it. "
        "Safe: nothing that runs in the container reads it, and the next RUN joins where it "
        "installs from these lists. Unsafe where a later RUN calls a script, which might do so, or "
        "gets an update of its own.",
    .sources =
        "https://docs.docker.com/build/building/best-practices/#run "
        "https://docs.docker.com/build/cache/optimize/#use-cache-mounts",
};

constexpr std::string_view kRemoveLists = "rm -rf /var/lib/apt/lists/*";
constexpr std::string_view kArchives = "/var/cache/apt/archives";

/// What an earlier instruction of the stage, or of the stages it is FROM, has set.
struct Settings {
  bool pip_keeps_none = false;      ///< PIP_NO_CACHE_DIR
  bool moved = false;               ///< the cache is in a folder of the author's choice
  bool apt_keeps_archives = false;  ///< docker-clean, which official images ship, is gone
};

void read(const dockerfile::Instruction& instruction, Settings& settings) {
  for (const dockerfile::Assignment& variable : instruction.assignments) {
    if (variable.name == "PIP_NO_CACHE_DIR") {
      settings.pip_keeps_none =
          variable.has_value && !means(variable.value, false) && !variable.value.empty();
    } else if (variable.name == "PIP_CACHE_DIR" || variable.name == "YARN_CACHE_FOLDER") {
      settings.moved = true;
    }
  }
}

bool removes_docker_clean(const dockerfile::Instruction& run) {
  for (const shell::Command& command : run.script.commands) {
    if (command.name() != "rm") continue;
    for (const shell::Word& word : command) {
      if (word.value.ends_with("/docker-clean")) return true;
    }
  }
  return false;
}

bool turns_pip_cache_off(const shell::Word& value) {
  return !value.value.empty() && !means(value.value, false);
}

/// `PIP_NO_CACHE_DIR=1 pip …`, or an export of it somewhere in the script.
bool script_turns_pip_cache_off(const dockerfile::Instruction& run) {
  constexpr std::string_view kExport = "PIP_NO_CACHE_DIR=";
  for (const shell::Command& command : run.script.commands) {
    for (const shell::Assignment& variable : command.environment) {
      if (variable.name == "PIP_NO_CACHE_DIR" && turns_pip_cache_off(variable.value)) return true;
    }
    if (command.name() != "export" && command.name() != "env") continue;
    for (const shell::Word& word : command) {
      if (word.value.starts_with(kExport) && !means(word.value.substr(kExport.size()), false)) {
        return true;
      }
    }
  }
  return false;
}

enum class Later : std::uint8_t { kNo, kMaybe, kYes };

bool runs_script(const shell::Command& command) {
  const std::string_view name = command.name();
  return name == "sh" || name == "bash" || name == "." || name == "source" || name == "eval" ||
         name == "make" || name.ends_with(".sh") ||
         (command.program < command.words.size() && command.words[command.program].expands);
}

/// Reads APT's lists that are there.
bool needs_lists(const PackageCommand& package) {
  constexpr WordList kDoWithout =
      "clean autoclean auto-clean autoremove auto-remove autopurge check markauto unmarkauto";
  return package && package.tool() == PackageTool::kApt && !package.verb.empty() &&
         !package.cleans() && !package.removes() && !package.refreshes() &&
         !has_word(kDoWithout, package.verb);
}

/// What a RUN does with the lists of APT that are there.
Later uses_lists(const dockerfile::Instruction& run) {
  if (!run.script.understood) return Later::kMaybe;
  Later uses = Later::kNo;
  for (const shell::Command& command : run.script.commands) {
    const PackageCommand package = read_package_command(command);
    if (package && package.tool() == PackageTool::kApt) {
      if (package.refreshes()) return uses;
      if (needs_lists(package)) return Later::kYes;
    } else if (runs_script(command)) {
      uses = Later::kMaybe;
    }
  }
  return uses;
}

/// Fetches lists of its own, whatever happens before: what comes after uses those.
bool renews_lists(const dockerfile::Instruction& run) {
  using shell::Connector;
  return std::any_of(
      run.script.commands.begin(), run.script.commands.end(), [](const shell::Command& command) {
        const PackageCommand package = read_package_command(command);
        return package && package.tool() == PackageTool::kApt && package.refreshes() &&
               command.depth == 0 && command.connector != Connector::kOr;
      });
}

/// What comes after a RUN and needs the lists that it leaves, also in a stage that is FROM its
/// stage.
struct LaterUse {
  Later certainty = Later::kNo;
  std::vector<const dockerfile::Instruction*> installs;  ///< RUNs, in their order
};

LaterUse later_use(const DockerfileView& view, const dockerfile::Instruction& run) {
  constexpr std::size_t kMostLater = 200;  // a hostile file must not cost findings times RUNs
  LaterUse use;
  std::size_t seen = 0;
  std::vector<bool> holds(view.file.stages.size());
  if (run.stage < holds.size()) holds[run.stage] = true;
  for (const dockerfile::Instruction* each = &run + 1;
       each != view.file.instructions.data() + view.file.instructions.size(); ++each) {
    if (each->stage >= holds.size()) continue;
    if (each->keyword == dockerfile::Keyword::kFrom) {
      const auto parent = view.file.stages[each->stage].parent;
      holds[each->stage] = parent && holds[*parent];
    }
    if (!holds[each->stage] || each->keyword != dockerfile::Keyword::kRun) continue;
    if (++seen > kMostLater) {
      use.certainty = std::max(use.certainty, Later::kMaybe);
      break;
    }
    const Later uses = uses_lists(*each);
    use.certainty = std::max(use.certainty, uses);
    if (uses == Later::kYes) use.installs.push_back(each);
    if (renews_lists(*each)) break;
  }
  return use;
}

/// Whether another branch of the script, or a deeper one, begins between two commands that follow
/// each other.
bool parts_ways(const dockerfile::Instruction& run, const shell::Command& a,
                const shell::Command& b) {
  if (a.depth != b.depth || a.span.end > b.span.begin) return true;
  const std::string_view between =
      run.script_text.text.substr(a.span.end, b.span.begin - a.span.end);
  return std::any_of(between.begin(), between.end(),
                     [](char c) { return ascii::is_alpha(c) || c == ')' || c == '}' || c == '|'; });
}

/// An update of its own for each install of a RUN.
dockerfile::Edits update_before_installs(const dockerfile::Dockerfile& file,
                                         const dockerfile::Instruction& run) {
  using Reason = tl::unexpected<std::string>;
  using shell::Connector;
  std::vector<Edit> edits;
  const shell::Command* updated = nullptr;  // the command before, of the branch that has an update
  for (const shell::Command& command : run.script.commands) {
    if (updated != nullptr && !parts_ways(run, *updated, command)) {
      updated = &command;
      continue;
    }
    updated = nullptr;
    const PackageCommand package = read_package_command(command);
    if (!needs_lists(package)) continue;
    const bool plain = !command.in_condition && !command.in_substitution && command.program == 0 &&
                       command.connector != Connector::kOr &&
                       command.connector != Connector::kPipe &&
                       dockerfile::is_editable(file, run, command, command.words.front());
    if (!plain)
      return Reason("a later RUN installs from these lists: give it an update of its own");
    const std::uint32_t at = run.source(command.span).begin;
    edits.push_back({{at, at}, "apt-get update && "});
    updated = &command;
  }
  return edits;
}

/// `apk update` right before, which --no-cache makes useless.
std::optional<Span> useless_update(const dockerfile::Dockerfile& file,
                                   const dockerfile::Instruction& run, std::size_t index) {
  if (index == 0) return std::nullopt;
  const shell::Command& update = run.script.commands[index - 1];
  const shell::Command& command = run.script.commands[index];
  const bool plain = update.words.size() == 2 && update.environment.empty() &&
                     update.redirects.empty() && update.depth == command.depth &&
                     command.connector == shell::Connector::kAnd &&
                     update.pipeline != command.pipeline;
  if (!plain || update.words[0].value != "apk" || update.words[1].value != "update") {
    return std::nullopt;
  }
  const Span span{run.source(update.span).begin, run.source(command.span).begin};
  if (file.source->slice(span).find('#') != std::string_view::npos) return std::nullopt;
  return span;
}

/// One RUN, read from its end: a cache is only gone when it is emptied after it was filled.
class Layer {
 public:
  /// @param text_left  how much of later RUNs may still be edited
  Layer(const DockerfileView& view, const dockerfile::Instruction& run, const Settings& settings,
        std::size_t& text_left, Sink& sink)
      : view_(view), run_(run), settings_(settings), text_left_(text_left), sink_(sink) {}

  void judge() {
    const auto& commands = run_.script.commands;
    for (std::size_t i = commands.size(); i-- > 0;) read(commands[i]);
  }

 private:
  using Tools = std::uint32_t;
  static constexpr Tools kAllTools = ~Tools{0};
  static Tools bit(PackageTool tool) { return Tools{1} << static_cast<unsigned>(tool); }

  void read(const shell::Command& command) {
    const std::string_view name = command.name();
    if (name.size() < 2) return;
    if (name == "rm" || name == "find") {
      note_removal(command);
    } else if (const PackageCommand package = read_package_command(command)) {
      judge(package);
    } else if (name.find("clean") != std::string_view::npos) {
      clean_ = kAllTools;  // a script of the author's: apt-clean, /build/cleanup.sh
      no_archives_ = true;
    }
  }

  void note_removal(const shell::Command& command) {
    for (const std::string_view program :
         {"apt", "apk", "dnf", "yum", "microdnf", "zypper", "pip", "yarn"}) {
      const PackageManager* manager = find_package_manager(program);
      if (removes_one_of(command, manager->caches)) clean_ |= bit(manager->tool);
    }
    no_archives_ = no_archives_ || removes_one_of(command, kArchives);
  }

  void judge(const PackageCommand& package) {
    const Tools tool = bit(package.tool());
    if (package.cleans()) {
      clean_ |= tool;
      // yum is another name of dnf wherever both exist.
      if (package.tool() == PackageTool::kYum) clean_ |= bit(PackageTool::kDnf);
      if (package.tool() == PackageTool::kDnf) clean_ |= bit(PackageTool::kYum);
    }
    if (package.tool() == PackageTool::kApt) {
      if (package.verb == "clean") no_archives_ = true;
      judge_apt(package, tool);
      return;
    }
    if (((clean_ | reported_) & tool) != 0 || !fills(package)) return;
    if (package.has_any_flag("--cache-dir --cache-folder")) return;
    if (mounts_one_of(run_, package.manager->caches)) return;
    if (settings_.moved && mounts_scratch_space(run_)) return;
    repair(
        report(package, "the cache of '" + std::string(program(package)) + "' stays in this layer"),
        package);
  }

  void judge_apt(const PackageCommand& package, Tools tool) {
    if ((reported_ & tool) != 0) return;
    if (package.refreshes() && (clean_ & tool) == 0 &&
        !mounts_one_of(run_, package.manager->caches)) {
      repair(report(package, "the package lists of '" + std::string(program(package)) +
                                 "' stay in this layer"),
             package);
    } else if (package.installs() && settings_.apt_keeps_archives && !no_archives_ &&
               !mounts_one_of(run_, kArchives)) {
      Finding& finding = report(package, "the packages that '" + std::string(program(package)) +
                                             "' downloads stay in this layer");
      finding.because("docker-clean", "removed, so apt keeps what it downloads");
      append(finding, package, "apt-get clean");
    }
  }

  /// Changes packages and has no switch of its own against the cache.
  [[nodiscard]] static bool is_told_nothing(const PackageCommand& package) {
    return (package.installs() || package.upgrades()) &&
           !package.has_any_flag("--no-cache --no-cache-dir --no-network");
  }

  /// Leaves something in the cache.
  [[nodiscard]] bool fills(const PackageCommand& package) const {
    if (package.manager->caches.empty()) return false;
    const bool changes = package.installs() || package.upgrades();
    switch (package.tool()) {
      case PackageTool::kApk: return changes && !package.has_any_flag("--no-cache --no-network");
      case PackageTool::kZypper: return changes || package.removes();
      case PackageTool::kPip:
        return changes && !package.has_any_flag("--no-cache-dir --no-cache") &&
               !settings_.pip_keeps_none && !script_turns_pip_cache_off(run_);
      default: return changes;
    }
  }

  [[nodiscard]] static std::string_view program(const PackageCommand& package) {
    return package.tool() == PackageTool::kPip ? "pip" : package.command->name();
  }

  Finding& report(const PackageCommand& package, std::string message) {
    reported_ |= bit(package.tool());
    return sink_.report(package.head(run_), std::move(message));
  }

  void repair(Finding& finding, const PackageCommand& package) {
    const std::string name(package.command->name());
    switch (package.tool()) {
      case PackageTool::kApt: return remove_lists(finding, package);
      case PackageTool::kApk: return tell(finding, PackageTool::kApk, "--no-cache");
      case PackageTool::kPip: return tell(finding, PackageTool::kPip, "--no-cache-dir");
      case PackageTool::kZypper: return append(finding, package, "zypper clean --all");
      case PackageTool::kYarn: return append(finding, package, "yarn cache clean");
      default: return append(finding, package, name + " clean all");
    }
  }

  void remove_lists(Finding& finding, const PackageCommand& package) {
    const LaterUse later = run_.onbuild ? LaterUse{} : later_use(view_, run_);
    if (later.certainty == Later::kYes) {
      serve_later(finding, later.installs);
      return;
    }
    append(finding, package, kRemoveLists);
    if (finding.fix && later.certainty == Later::kMaybe) finding.fix->safety = FixSafety::kUnsafe;
  }

  /// The lists go, and the RUNs that install from them join this one or get lists of their own.
  void serve_later(Finding& finding, std::span<const dockerfile::Instruction* const> installs) {
    std::size_t text = 0;
    for (const dockerfile::Instruction* each : installs) text += each->script_text.text.size();
    if (text > text_left_) {
      finding.unfixed = "too much of the file installs from these lists";
      return;
    }
    text_left_ -= text;
    std::vector<Edit> edits;
    const auto add = [&](dockerfile::Edits more) {
      if (!more) {
        if (finding.unfixed.empty()) finding.unfixed = std::move(more.error());
        return;
      }
      std::move(more->begin(), more->end(), std::back_inserter(edits));
    };
    bool joined = false;
    if (installs.front() == &run_ + 1) {
      auto both = dockerfile::join_runs(view_.file, run_, *installs.front(), kRemoveLists);
      joined = both.has_value();
      if (joined || run_.script.commands.size() == 1) add(std::move(both));
      if (joined) installs = installs.subspan(1);
    }
    if (!joined) add(dockerfile::append_command(view_.file, run_, kRemoveLists));
    for (const dockerfile::Instruction* each : installs) {
      add(update_before_installs(view_.file, *each));
      add(dockerfile::append_command(view_.file, *each, kRemoveLists));
    }
    if (!finding.unfixed.empty()) return;
    remedy(finding,
           installs.empty() ? "join it with the RUN that installs"
                            : "give the RUNs that install later an update of their own",
           std::move(edits), installs.empty() ? FixSafety::kSafe : FixSafety::kUnsafe);
  }

  void append(Finding& finding, const PackageCommand& package, std::string_view command) {
    if (package.command->wrapped_by("sudo")) {
      finding.unfixed = "the command runs under sudo";
      return;
    }
    remedy(finding, "end the RUN with '" + std::string(command) + "'",
           dockerfile::append_command(view_.file, run_, command), FixSafety::kSafe);
  }

  /// Gives each command of the tool the switch.
  void tell(Finding& finding, PackageTool tool, std::string_view flag) {
    std::vector<Edit> edits;
    const auto& commands = run_.script.commands;
    for (std::size_t i = 0; i < commands.size(); ++i) {
      const PackageCommand package = read_package_command(commands[i]);
      if (!package || package.tool() != tool || !is_told_nothing(package)) continue;
      if (package.verb_word == nullptr) return;
      const shell::Word* old = find_update_flag(package);
      if (old != nullptr && dockerfile::is_editable(view_.file, run_, commands[i], *old)) {
        edits.push_back({run_.source(old->span), std::string(flag)});
      } else {
        auto added =
            dockerfile::insert_words(view_.file, run_, commands[i], *package.verb_word, flag);
        if (!added) {
          finding.unfixed = std::move(added.error());
          return;
        }
        edits.push_back(std::move(added->front()));
      }
      if (tool != PackageTool::kApk) continue;
      if (const auto span = useless_update(view_.file, run_, i)) edits.push_back({*span, ""});
    }
    remedy(finding, "add " + std::string(flag), std::move(edits), FixSafety::kSafe);
    // Without its update a RUN may hold a single command, as the next one does.
    finding.fix->reveals = "consecutive-runs";
  }

  /// What --no-cache does as well.
  [[nodiscard]] static const shell::Word* find_update_flag(const PackageCommand& package) {
    if (package.tool() != PackageTool::kApk) return nullptr;
    for (const shell::Word& word : *package.command) {
      if (word.raw == "--update" || word.raw == "-U" || word.raw == "--update-cache") return &word;
    }
    return nullptr;
  }

  const DockerfileView& view_;
  const dockerfile::Instruction& run_;
  const Settings& settings_;
  std::size_t& text_left_;
  Sink& sink_;
  Tools clean_ = 0;
  Tools reported_ = 0;
  bool no_archives_ = false;
};

void check(const DockerfileView& view, Sink& sink) {
  // Each finding may be about all RUNs that come later: a hostile file must not multiply them.
  std::size_t text_left = std::size_t{1} << 20U;
  Settings now;
  std::vector<Settings> at_end(view.file.stages.size());
  for (const dockerfile::Instruction& outer : view.file.instructions) {
    const dockerfile::Stage* stage = view.stage_of(outer);
    if (outer.keyword == dockerfile::Keyword::kFrom && stage != nullptr) {
      now = stage->parent && *stage->parent < at_end.size() ? at_end[*stage->parent] : Settings{};
    }
    const dockerfile::Instruction& instruction = outer.inner != nullptr ? *outer.inner : outer;
    read(instruction, now);
    if (instruction.keyword == dockerfile::Keyword::kRun && instruction.script.understood) {
      now.apt_keeps_archives = now.apt_keeps_archives || removes_docker_clean(instruction);
      if (stays_in_image(view, instruction)) Layer(view, instruction, now, text_left, sink).judge();
    }
    if (stage != nullptr) at_end[stage->index] = now;
  }
}

constexpr Example kExamples[] = {
    {.name = "apt lists",
     .before = "FROM debian:12\nRUN «apt-get update» && apt-get install -y curl\n",
     .after = "FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf "
              "/var/lib/apt/lists/*\n"},
    {.name = "apt lists removed",
     .before = "FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf "
               "/var/lib/apt/lists/*\n"},
    {.name = "braces",
     .before = "FROM debian:12\nRUN apt-get update && rm -rf "
               "/var/lib/{apt,dpkg,cache,log}/\n"},
    {.name = "relative",
     .before = "FROM debian:12\nRUN apt-get update && cd /var/lib && rm -rf apt\n"},
    {.name = "a later layer cannot remove them",
     .before = "FROM debian:12\nRUN «apt-get update»\nRUN rm -rf /var/lib/apt/lists/*\n"},
    {.name = "a build stage is not shipped",
     .before =
         "FROM debian:12 AS build\nRUN apt-get update\nFROM scratch\nCOPY --from=build /a /\n"},
    {.name = "a trigger runs in other people's images",
     .before = "FROM debian:12 AS base\nONBUILD RUN «apt-get update»\nFROM scratch\n"},
    {.name = "cache mounts",
     .before = "FROM debian:12\nRUN rm -f /etc/apt/apt.conf.d/docker-clean\nRUN "
               "--mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt "
               "apt-get update && apt-get install -y curl\n"},
    {.name = "archives kept without docker-clean",
     .before = "FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt rm -f "
               "/etc/apt/apt.conf.d/docker-clean && apt-get update && «apt-get install» -y curl\n",
     .after = "FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt rm -f "
              "/etc/apt/apt.conf.d/docker-clean && apt-get update && apt-get install -y curl && "
              "apt-get clean\n"},
    {.name = "apk",
     .before = "FROM alpine:3.20\nRUN «apk add» curl\n",
     .after = "FROM alpine:3.20\nRUN apk add --no-cache curl\n"},
    {.name = "apk without cache", .before = "FROM alpine:3.20\nRUN apk --no-cache add curl\n"},
    {.name = "apk without network", .before = "FROM alpine:3.20\nRUN apk add --no-network so:a\n"},
    {.name = "apk, emptied",
     .before = "FROM alpine:3.20\nRUN apk add -U curl && rm -rf /var/cache/apk/*\n"},
    {.name = "yum cleaned too early",
     .before = "FROM centos:7\nRUN yum clean all && «yum install» -y httpd\n"},
    {.name = "yum", .before = "FROM centos:7\nRUN yum install -y httpd && yum clean all\n"},
    {.name = "microdnf has a cache of its own",
     .before = "FROM fedora:40\nRUN «dnf install» -y httpd && microdnf clean all\n",
     .after = "FROM fedora:40\nRUN dnf install -y httpd && microdnf clean all && dnf clean all\n"},
    {.name = "zypper patch",
     .before = "FROM opensuse/leap:15\nRUN «zypper patch» -y\n",
     .after = "FROM opensuse/leap:15\nRUN zypper patch -y && zypper clean --all\n"},
    {.name = "pip",
     .before = "FROM python:3.12\nRUN «pip install» flask\n",
     .after = "FROM python:3.12\nRUN pip install --no-cache-dir flask\n"},
    {.name = "python -m pip",
     .before = "FROM python:3.12\nRUN «python3 -m pip install» flask\n",
     .after = "FROM python:3.12\nRUN python3 -m pip install --no-cache-dir flask\n"},
    {.name = "pip told in a stage it is FROM",
     .before = "FROM python:3.12 AS base\nENV PIP_NO_CACHE_DIR=1\nFROM base\nRUN pip install a\n"},
    {.name = "pip told no",
     .before = "FROM python:3.12\nENV PIP_NO_CACHE_DIR=off\nRUN «pip install» a\n"},
    {.name = "pip with a cache mount",
     .before = "FROM python:3.12\nRUN --mount=type=cache,target=/root/.cache pip install a\n"},
    {.name = "yarn",
     .before = "FROM node:20\nRUN «yarn»\n",
     .after = "FROM node:20\nRUN yarn && yarn cache clean\n"},
    {.name = "yarn, cleaned", .before = "FROM node:20\nRUN yarn install && yarn cache clean\n"},
    {.name = "several lines, with the operator in front",
     .before = "FROM debian:12\r\nRUN «apt-get update» \\\r\n && apt-get install -y \\\r\n"
               "      # for downloads\r\n      curl\r\nCMD [\"a\"]\r\n",
     .after = "FROM debian:12\r\nRUN apt-get update \\\r\n && apt-get install -y \\\r\n"
              "      # for downloads\r\n      curl \\\r\n && rm -rf /var/lib/apt/lists/*\r\n"
              "CMD [\"a\"]\r\n"},
    {.name = "several lines, with the operator behind, and another escape character",
     .before = "# escape=`\nFROM debian:12\nRUN «apt-get update» && `\n\tapt-get install -y "
               "curl\n",
     .after = "# escape=`\nFROM debian:12\nRUN apt-get update && `\n\tapt-get install -y "
              "curl && `\n\trm -rf /var/lib/apt/lists/*\n"},
    {.name = "a script that stops at errors",
     .before = "FROM debian:12\nRUN set -eux; \\\n\t«apt-get update»; \\\n\tif true; then \\\n"
               "\t\tapt-get install -y curl; \\\n\tfi\n",
     .after = "FROM debian:12\nRUN set -eux; \\\n\tapt-get update; \\\n\tif true; then \\\n"
              "\t\tapt-get install -y curl; \\\n\tfi; \\\n\trm -rf /var/lib/apt/lists/*\n"},
    {.name = "a heredoc",
     .before = "FROM debian:12\nRUN <<EOF\nset -e\n«apt-get update»\napt-get install -y curl\n"
               "EOF\nCMD [\"a\"]\n",
     .after = "FROM debian:12\nRUN <<EOF\nset -e\napt-get update\napt-get install -y curl\n"
              "rm -rf /var/lib/apt/lists/*\nEOF\nCMD [\"a\"]\n"},
    {.name = "a heredoc that goes on after errors",
     .before = "FROM debian:12\nRUN <<EOF\n«apt-get update»\napt-get install -y curl\nEOF\n",
     .after = "FROM debian:12\nRUN <<EOF\napt-get update\napt-get install -y curl && rm -rf "
              "/var/lib/apt/lists/*\nEOF\n"},
    {.name = "a later RUN installs from the lists",
     .before = "FROM debian:12\nRUN «apt-get update»\nRUN apt-get install -y curl\n",
     .after = "FROM debian:12\nRUN apt-get update && \\\n    apt-get install -y curl && \\\n"
              "    rm -rf /var/lib/apt/lists/*\n"},
    {.name = "a comment between the two",
     .before = "FROM debian:12\r\nRUN «apt-get update»\r\n\r\n# for downloads\r\n"
               "RUN apt-get install -y \\\r\n\tcurl\r\n",
     .after = "FROM debian:12\r\nRUN apt-get update && \\\r\n# for downloads\r\n"
              "\tapt-get install -y \\\r\n\tcurl \\\r\n\t&& rm -rf "
              "/var/lib/apt/lists/*\r\n"},
    {.name = "an operator in front, and another escape character",
     .before = "# escape=`\nFROM debian:12\nRUN «apt-get update» `\n  && apt-get upgrade -y\n"
               "RUN apt-get install -y curl && curl -V\n",
     .after = "# escape=`\nFROM debian:12\nRUN apt-get update `\n  && apt-get upgrade -y `\n"
              "  && apt-get install -y curl && curl -V `\n  && rm -rf /var/lib/apt/lists/*\n"},
    {.name = "something between the two",
     .before = "FROM debian:12\nRUN «apt-get update» && apt-get install -y curl\nCOPY a /a\n"
               "RUN if [ -e /a ]; then apt-get install -y b; fi\n",
     .after = "FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf "
              "/var/lib/apt/lists/*\nCOPY a /a\nRUN if [ -e /a ]; then apt-get update && "
              "apt-get install -y b; fi && rm -rf /var/lib/apt/lists/*\n"},
    {.name = "a later update",
     .before = "FROM debian:12\nRUN «apt-get update»\nCOPY a /a\nRUN «apt-get update»\nRUN "
               "apt-get install -y curl\n",
     .after = "FROM debian:12\nRUN apt-get update && rm -rf /var/lib/apt/lists/*\nCOPY a /a\nRUN "
              "apt-get update && \\\n    apt-get install -y curl && \\\n    rm -rf "
              "/var/lib/apt/lists/*\n"},
    {.name = "different mounts",
     .before = "FROM debian:12\nRUN «apt-get update»\nRUN --mount=type=secret,id=a "
               "apt-get install -y curl\n"},
    {.name = "a folder that the first RUN goes to",
     .before = "FROM debian:12\nRUN cd /tmp && «apt-get update»\nRUN apt-get install -y a\n"},
    {.name = "what would run after an error",
     .before = "FROM debian:12\nRUN «apt-get update»\nRUN apt-get install -y a || true\n"},
    {.name = "a comment of the shell ends the line",
     .before = "FROM debian:12\nRUN «apt-get update» # for curl\n"},
    {.name = "apk with an index of its own",
     .before =
         "FROM alpine:3.20\nRUN apk update && \\\n    apk add curl && \\\n    «apk add» -U a\n",
     .after = "FROM alpine:3.20\nRUN apk add --no-cache curl && \\\n    apk add --no-cache a\n"},
    {.name = "pip in a string", .before = "FROM python:3.12\nRUN bash -c '«pip install» flask'\n"},
    {.name = "under sudo", .before = "FROM fedora:40\nRUN sudo «dnf install» -y httpd\n"},
    {.name = "yarn run", .before = "FROM node:20\nRUN yarn build && yarn --version\n"},
};

}  // namespace

const Rule& package_cache_kept() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
