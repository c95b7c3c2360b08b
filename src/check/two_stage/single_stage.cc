#include "check/two_stage/single_stage.h"

#include <algorithm>
#include <utility>

#include "check/absolute_path.h"
#include "check/healthcheck.h"
#include "check/word_list.h"
#include "core/path.h"
#include "workload/distribution.h"

namespace plimsoll::check::two_stage {
namespace {

using dockerfile::Instruction;
using dockerfile::Keyword;

/// Longer than what people write by hand; each instruction is compared with the others.
constexpr std::size_t kMostInstructions = 200;

constexpr WordList kInits = "tini dumb-init -- -g";

/// Why the stage as a whole is left alone; "" when it is not.
std::string objection(const DockerfileView& view) {
  if (view.target == nullptr) return "there is no stage";
  const dockerfile::Stage& stage = *view.target;
  if (view.lineage.size() != 1)
    return "it is made of several stages, so which one builds is not certain";
  if (stage.index + 1 != view.file.stages.size()) return "other stages follow the one that ships";
  if (view.file.instructions.size() > kMostInstructions)
    return "it is too long to be split for certain";
  const Instruction& from = view.file.instructions[stage.from];
  if (!from.flags.empty()) return "it is built for a platform of its own";
  if (view.file.source->slice(stage.image_span) != stage.image) {
    return "the name of its base is not written plainly";
  }
  for (const Instruction& instruction : view.file.of(stage)) {
    if (instruction.keyword == Keyword::kUnknown || instruction.keyword == Keyword::kOnbuild) {
      return "it has triggers or instructions that are not known";
    }
    if (instruction.keyword == Keyword::kShell) return "it has a shell of its own";
    if (instruction.keyword == Keyword::kRun &&
        (!instruction.script.understood || instruction.script.truncated)) {
      return "a RUN is not understood";
    }
  }
  return {};
}

/// "node" "server.js" of ENTRYPOINT ["tini", "--"] CMD ["node", "server.js"].
void read_starts(SingleStage& read) {
  const Instruction* entrypoint = nullptr;
  const Instruction* cmd = nullptr;
  for (const Instruction& instruction : read.instructions()) {
    if (instruction.keyword == Keyword::kEntrypoint) entrypoint = &instruction;
    if (instruction.keyword == Keyword::kCmd) cmd = &instruction;
  }
  Words exec;
  for (const Instruction* start : {entrypoint, cmd}) {
    if (start == nullptr || start->args.text.empty()) continue;
    if (start->exec_form) {
      for (const dockerfile::Word& word : start->words) exec.push_back(word.value);
      continue;
    }
    read.starts_by_shell = true;
    for (const shell::Command& command : start->script.commands) {
      Words words;
      for (std::size_t i = command.program; i < command.words.size(); ++i) {
        words.push_back(command.words[i].value);
      }
      if (!words.empty()) read.starts.push_back(std::move(words));
    }
    if (start == entrypoint) break;  // CMD does not get there
  }
  std::size_t first = 0;
  while (first < exec.size() && has_word(kInits, path::name(exec[first]))) ++first;
  exec.erase(exec.begin(), exec.begin() + static_cast<std::ptrdiff_t>(first));
  if (exec.empty()) return;
  const bool shell =
      exec[0] == "sh" || exec[0] == "bash" || exec[0] == "/bin/sh" || exec[0] == "/bin/bash";
  if (!shell) {
    read.starts.insert(read.starts.begin(), std::move(exec));
    return;
  }
  read.starts_by_shell = true;
  for (const Instruction* start : {entrypoint, cmd}) {
    if (start == nullptr || !start->exec_form) continue;
    for (const shell::Command& command : start->script.commands) {
      if (!command.nested) continue;
      Words words;
      for (std::size_t i = command.program; i < command.words.size(); ++i) {
        words.push_back(command.words[i].value);
      }
      if (!words.empty()) read.starts.push_back(std::move(words));
    }
  }
  if (read.starts.empty()) read.starts.push_back(std::move(exec));
}

/// A folder that the image has of its own, or that only root may enter.
bool is_of_system(std::string_view folder) {
  constexpr WordList kSystem =
      "/ /usr /etc /root /var /home /opt /srv /tmp /bin /sbin /lib /usr/src /usr/local /usr/bin "
      "/usr/local/bin /usr/sbin /dev /proc /sys /run /mnt /media /boot /usr/lib /usr/share";
  return has_word(kSystem, folder) || path::is_within(folder, "/root");
}

void read_folders(SingleStage& read) {
  std::string folder = "/";
  std::vector<std::string> all;
  for (const Instruction& instruction : read.instructions()) {
    if (instruction.keyword != Keyword::kWorkdir) continue;
    folder = absolute(folder, without_quotes(instruction.args.text));
    if (folder.empty()) return;
    all.push_back(folder);
  }
  if (all.empty()) return;
  read.workdir = folder;
  const std::string shortest = *std::min_element(
      all.begin(), all.end(),
      [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
  const bool holds = std::all_of(all.begin(), all.end(), [&](const std::string& each) {
    return path::is_within(each, shortest);
  });
  if (holds && !is_of_system(shortest)) read.root = shortest;
  read.folders = std::move(all);
}

}  // namespace

bool SingleStage::owns(std::string_view path) const {
  return std::any_of(folders.begin(), folders.end(), [path](const std::string& folder) {
    return !is_of_system(folder) && path::is_within(path, folder);
  });
}

std::optional<SingleStage> read_single_stage(const DockerfileView& view, const RuleOptions& options,
                                             std::string& reason) {
  reason = objection(view);
  if (!reason.empty()) return std::nullopt;
  const StageBase* base = view.base(*view.target);
  if (base == nullptr || !base->reference || !base->known) {
    reason = "nothing is known of its base image";
    return std::nullopt;
  }
  SingleStage read{.view = view,
                   .stage = *view.target,
                   .base = *base,
                   .options = options,
                   .image = base->reference->familiar_name(),
                   .workdir = {},
                   .root = {},
                   .folders = {},
                   .starts = {},
                   .healthcheck = healthcheck_in_force(view)};
  read_starts(read);
  read_folders(read);
  return read;
}

std::string absolute(std::string_view folder, std::string_view path) {
  if (path.empty() || path.find_first_of("$\\*?[\"'") != std::string_view::npos) return {};
  if (path.front() == '/') return path::normalize(path);
  if (path.front() == '~' || folder.empty()) return {};
  return path::join(folder, path);
}

std::string workdir_at(const SingleStage& stage, const Instruction& instruction) {
  std::string folder = "/";
  for (const Instruction& each : stage.instructions()) {
    if (&each == &instruction) break;
    if (each.keyword == Keyword::kWorkdir)
      folder = absolute(folder, without_quotes(each.args.text));
    if (folder.empty()) break;
  }
  return folder;
}

std::string_view setting(const SingleStage& stage, std::string_view name) {
  std::string_view value;
  for (const Instruction& instruction : stage.instructions()) {
    if (instruction.keyword == Keyword::kEnv || instruction.keyword == Keyword::kArg) {
      const dockerfile::Assignment* found = instruction.assignment(name);
      if (found != nullptr) value = found->value;
    }
    if (instruction.keyword != Keyword::kRun) continue;
    for (const shell::Command& command : instruction.script.commands) {
      for (const shell::Assignment& each : command.environment) {
        if (each.name == name) value = each.value.value;
      }
      for (const shell::Word& word : command.words) {
        if (word.value.size() > name.size() && word.value.starts_with(name) &&
            word.value[name.size()] == '=') {
          value = word.value.substr(name.size() + 1);
        }
      }
    }
  }
  return value;
}

bool copies_file(const SingleStage& stage, std::string_view name) {
  for (const Instruction& instruction : stage.instructions()) {
    if (instruction.keyword != Keyword::kCopy && instruction.keyword != Keyword::kAdd) continue;
    for (const dockerfile::Word& word : instruction.words) {
      if (path::name(word.value) == name) return true;
    }
  }
  return false;
}

std::optional<Edit> start_as_list(const SingleStage& stage) {
  const Instruction* only = nullptr;
  for (const Instruction& each : stage.instructions()) {
    if (each.keyword != Keyword::kCmd && each.keyword != Keyword::kEntrypoint) continue;
    if (only != nullptr) return std::nullopt;
    only = &each;
  }
  if (only == nullptr || only->exec_form || !only->script.understood ||
      only->script.commands.size() != 1) {
    return std::nullopt;
  }
  const shell::Command& command = only->script.commands.front();
  const std::string_view text = only->args.text;
  constexpr std::string_view kOfShell = "$`\\\"'*?[]{}();&|<>~#!=\n\r\t";
  if (command.program != 0 || !only->args.segments.empty() ||
      text.find_first_of(kOfShell) != std::string_view::npos) {
    return std::nullopt;
  }
  std::string list = "[";
  for (const shell::Word& word : command.words) {
    list += list.size() > 1 ? ", \"" : "\"";
    list += std::string(word.value) + '"';
  }
  const auto size = static_cast<std::uint32_t>(text.size());
  return Edit{only->args.source(Span{0, size}), list + ']'};
}

CopiedLater copied_later(const SingleStage& stage, const Instruction& last,
                         bool (*is_manifest)(std::string_view name)) {
  CopiedLater later = CopiedLater::kNot;
  for (const Instruction& instruction : stage.instructions()) {
    if (instruction.keyword != Keyword::kCopy && instruction.keyword != Keyword::kAdd) continue;
    if (instruction.words.size() < 2) continue;
    if (instruction.span.begin > last.span.begin) {
      const std::string_view source = instruction.words.front().value;
      const bool whole = (source == "." || source == "./") && instruction.flag("from") == nullptr &&
                         absolute(workdir_at(stage, instruction),
                                  without_quotes(instruction.words.back().value)) == stage.root;
      if (whole) later = CopiedLater::kWholly;
      if (later == CopiedLater::kNot) later = CopiedLater::kPartly;
      continue;
    }
    for (std::size_t i = 0; i + 1 < instruction.words.size(); ++i) {
      if (!is_manifest(path::name(instruction.words[i].value))) return CopiedLater::kNot;
    }
  }
  return later;
}

std::string slim_base(const SingleStage& stage, std::string& reason) {
  const ImageReference& reference = *stage.base.reference;
  if (is_minimal(reference)) return std::string(stage.stage.image);
  if (!reference.digest.empty()) {
    reason = "its base is pinned by a digest, and that of a smaller one is not known offline";
    return {};
  }
  if (reference.tag.empty() || reference.tag == "latest") {
    reason = "its base has no version: that has to be chosen first";
    return {};
  }
  std::string_view rest = reference.tag;
  const std::string_view version = next_word(rest);
  const bool number = version_of(version) == version && !version.empty();
  const bool plain =
      number && (rest.empty() ||
                 (rest.find('-') == std::string_view::npos &&
                  distribution_of(rest).value_or(Distribution{}).family == ImageFamily::kDebian &&
                  rest.find_first_of("0123456789") == std::string_view::npos));
  if (!plain) {
    reason = "whether there is a small variant of '" + stage.image + ':' + reference.tag +
             "' is not known";
    return {};
  }
  std::string written(stage.stage.image);
  // node:20-bookworm-slim, but python:3.12-slim-bookworm
  if (rest.empty() || stage.image == "node") return written + "-slim";
  if (!written.ends_with('-' + std::string(rest))) {
    reason = "where its base's tag comes from is not certain";
    return {};
  }
  written.resize(written.size() - rest.size());
  return written + "slim-" + std::string(rest);
}

}  // namespace plimsoll::check::two_stage
