#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "check/node_install.h"
#include "check/rule.h"
#include "parse/dockerfile_edit.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "npm-install-instead-of-ci",
    .title = "npm install may install other versions than the lock file names",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "Where package.json and the lock file disagree, npm install silently chooses new versions "
        "and rewrites the lock file in the image: what was reviewed and scanned is not what ships.",
    .fix_note =
        "Write npm ci. Unsafe: it fails where the two disagree, and it needs the lock file.",
    .sources = "https://docs.npmjs.com/cli/commands/npm-ci",
};

/// A source that is the lock file for certain; `package*.json` may match package.json alone.
bool copies_lock_file(const dockerfile::Instruction& instruction) {
  using dockerfile::Keyword;
  if (instruction.keyword != Keyword::kCopy && instruction.keyword != Keyword::kAdd) return false;
  for (std::size_t i = 0; i + 1 < instruction.words.size(); ++i) {
    std::string_view name = instruction.words[i].value;
    name.remove_prefix(std::min(name.rfind('/') + 1, name.size()));
    if (name == "package-lock.json" || name == "npm-shrinkwrap.json") return true;
  }
  return false;
}

void judge(const DockerfileView& view, const dockerfile::Instruction& run, Sink& sink) {
  for (const shell::Command& command : run.script.commands) {
    const auto install = read_node_install(command);
    if (!install || install->tool != NodeInstall::Tool::kNpm || install->clean ||
        install->locks_nothing || command.has_flag("--prefix")) {
      continue;
    }
    const shell::Word& program = command.words[command.program];
    Finding& finding = sink.report(run.source({program.span.begin, install->verb->span.end}),
                                   "'npm install' does not keep to the lock file that is copied");
    if (!dockerfile::is_editable(view.file, run, command, *install->verb)) {
      finding.unfixed = "the command stands inside a string";
      continue;
    }
    finding.fix = Fix{.title = "write npm ci",
                      .edits = {{run.source(install->verb->span), "ci"}},
                      .safety = FixSafety::kUnsafe};
  }
}

void check(const StageView& stage, Sink& sink) {
  bool locked = false;
  for (const dockerfile::Instruction& instruction : stage.instructions()) {
    locked = locked || copies_lock_file(instruction);
    if (locked && instruction.keyword == dockerfile::Keyword::kRun &&
        instruction.script.understood) {
      judge(stage.view, instruction, sink);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "the lock file is copied",
     .before = "FROM node:22\nCOPY package.json package-lock.json ./\nRUN «npm install» "
               "--omit=dev\n",
     .after = "FROM node:22\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\n"},
    {.name = "on several lines",
     .before = "FROM node:22\r\nCOPY [\"app/package-lock.json\", \"app/package.json\", \"./\"]\r\n"
               "RUN npm config set fund false \\\r\n && «npm i» \\\r\n      --no-audit\r\n",
     .after = "FROM node:22\r\nCOPY [\"app/package-lock.json\", \"app/package.json\", \"./\"]\r\n"
              "RUN npm config set fund false \\\r\n && npm ci \\\r\n      --no-audit\r\n"},
    {.name = "there may be none",
     .before = "FROM node:22\nCOPY package*.json ./\nRUN npm install\n"},
    {.name = "npm ci",
     .before = "FROM node:22\nCOPY package.json package-lock.json ./\nRUN npm ci\n"},
    {.name = "a package by name",
     .before = "FROM node:22\nCOPY package-lock.json ./\nRUN npm install express && npm i -g a\n"},
    {.name = "in a string",
     .before = "FROM node:22\nCOPY package-lock.json ./\nRUN sh -c '«npm install»'\n"},
};

}  // namespace

const Rule& npm_install_instead_of_ci() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
