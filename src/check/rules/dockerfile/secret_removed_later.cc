#include <vector>

#include "check/rule.h"
#include "check/secret_file.h"
#include "core/path.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "secret-removed-later",
    .title = "A secret is deleted in another layer than it came with",
    .severity = Severity::kHigh,
    .control = Control::kNoSecrets,
    .points_at_secret = false,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "Deleting hides the file, but its layer still ships: docker save, or any tool that reads "
        "layers, gives it back.",
    .fix_note =
        "Mount it for the one step that needs it: RUN --mount=type=secret,target=/root/.npmrc …",
    .sources =
        "https://docs.docker.com/build/building/secrets/ "
        "https://docs.docker.com/build/building/best-practices/#run",
};

/// A file with secrets that one instruction leaves in its layer.
struct Left {
  std::string path;
  const dockerfile::Instruction* by;
};

/// More than anybody copies by hand; keeps a hostile file from costing files times removals.
constexpr std::size_t kMostFiles = 64;

void note_copied(const dockerfile::Instruction& copy, std::string_view folder,
                 std::vector<Left>& left) {
  if (copy.words.size() < 2) return;
  const std::string_view written = copy.words.back().value;
  const bool by_target = secret_file(written).has_value();
  for (std::size_t i = 0; i + 1 < copy.words.size(); ++i) {
    const std::string_view source = copy.words[i].value;
    if (!by_target && !secret_file(source)) continue;
    const std::string target = container_path(folder, written);
    // Into a folder it goes under its own name.
    const bool into = copy.words.size() > 2 || written.ends_with('/') || written == ".";
    left.push_back({into ? path::join(target, path::name(source)) : target, &copy});
  }
}

void note_written(const dockerfile::Instruction& run, std::string_view folder,
                  std::vector<Left>& left) {
  for (const shell::Command& command : run.script.commands) {
    for (const shell::Redirect& redirect : command.redirects) {
      if (!redirect.op.ends_with('>') || !secret_file(redirect.target.value)) continue;
      left.push_back({container_path(folder, redirect.target.value), &run});
    }
  }
}

void judge_removals(const dockerfile::Instruction& run, std::string_view folder,
                    const std::vector<Left>& left, Sink& sink) {
  for (const shell::Command& command : run.script.commands) {
    const std::string_view name = command.name();
    if (name != "rm" && name != "shred" && name != "unlink") continue;
    for (const shell::Word& word : command) {
      if (word.value.starts_with('-')) continue;
      const std::string path = container_path(folder, word.value);
      for (const Left& file : left) {
        if (file.by == &run || path == "/" || !path::is_within(file.path, path)) continue;
        sink.report(run.source(word.span), "'" + file.path +
                                               "' is deleted here, but stays in the layer that "
                                               "brought it");
        break;
      }
    }
  }
}

void check(const DockerfileView& view, Sink& sink) {
  std::vector<Left> left;
  // Outermost stage first: the order in which the layers are made.
  for (auto stage = view.lineage.rbegin(); stage != view.lineage.rend(); ++stage) {
    std::string folder = "/";
    for (const dockerfile::Instruction& instruction : view.file.of(**stage)) {
      if (left.size() > kMostFiles) left.erase(left.begin() + kMostFiles, left.end());
      switch (instruction.keyword) {
        case dockerfile::Keyword::kWorkdir:
          folder = container_path(folder, instruction.args.text);
          break;
        case dockerfile::Keyword::kCopy:
        case dockerfile::Keyword::kAdd: note_copied(instruction, folder, left); break;
        case dockerfile::Keyword::kRun:
          note_written(instruction, folder, left);
          if (!left.empty()) judge_removals(instruction, folder, left, sink);
          break;
        default: break;
      }
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "an .npmrc",
     .before = "FROM node:20\nWORKDIR /app\nCOPY .npmrc ./\nRUN npm ci\nRUN rm -f «.npmrc»\n"},
    {.name = "with its folder",
     .before = "FROM debian:12\nCOPY id_rsa /root/.ssh/id_rsa\nRUN git clone a\n"
               "RUN rm -rf «/root/.ssh»\n"},
    {.name = "written by an earlier RUN",
     .before = "FROM debian:12\nARG K\nRUN echo \"$K\" > ~/.ssh/id_rsa\nRUN rm «~/.ssh/id_rsa»\n"},
    {.name = "within one layer",
     .before = "FROM node:20\nRUN echo x > .npmrc && npm ci && rm .npmrc\n"},
    {.name = "another file", .before = "FROM node:20\nCOPY .npmrc ./\nRUN rm -rf /tmp/cache\n"},
    {.name = "in a build stage",
     .before = "FROM node:20 AS b\nCOPY .npmrc /\nRUN rm /.npmrc\nFROM node:20\nRUN id\n"},
};

}  // namespace

const Rule& secret_removed_later() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
