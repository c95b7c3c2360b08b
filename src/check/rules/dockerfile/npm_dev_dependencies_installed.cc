#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check/node_install.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "check/word_list.h"
#include "core/ascii.h"
#include "parse/dockerfile_edit.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "npm-dev-dependencies-installed",
    .title = "Development packages of Node.js are installed in the final image",
    .severity = Severity::kLow,
    .control = Control::kMinimalBaseImage,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "Test runners, bundlers and what they depend on are most of node_modules: they make the "
        "image large, and each of their vulnerabilities ships with it.",
    .fix_note =
        "Install with --omit=dev (npm), --production (yarn 1) or --prod (pnpm); build in a stage "
        "of "
        "its own where the build needs the rest. Unsafe: a program may load such a package after "
        "all.",
    .sources =
        "https://docs.npmjs.com/cli/commands/npm-ci "
        "https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md",
};

using dockerfile::Instruction;
using dockerfile::Keyword;

/// One install that brings development packages, and what may need them afterwards.
struct Found {
  const Instruction* run = nullptr;
  const shell::Command* command = nullptr;
  NodeInstall install;
  bool needed_later = false;
};

/// Certainly works without them.
bool does_without(const shell::Command& command) {
  constexpr WordList kHarmless =
      "mkdir chown chmod rm mv cp ln echo printf true set cd ls touch test [ apk apt-get apt dnf "
      "yum "
      "microdnf addgroup adduser groupadd useradd usermod chgrp find sed cat export corepack";
  if (command.words.empty() || has_word(kHarmless, command.name())) return true;
  if (read_node_install(command)) return true;
  const bool is_manager =
      command.name() == "npm" || command.name() == "yarn" || command.name() == "pnpm";
  return is_manager && (command.subcommand() == "cache" || command.subcommand() == "config");
}

/// The image starts a program that is no tool to develop or test with.
bool starts_program(const DockerfileView& view) {
  constexpr WordList kTools =
      "nodemon ts-node ts-node-dev tsx vite jest mocha webpack ng gulp grunt cypress playwright";
  bool starts = false;
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword != Keyword::kCmd && instruction.keyword != Keyword::kEntrypoint) {
        continue;
      }
      starts = true;
      for (const shell::Command& command : instruction.script.commands) {
        if (std::any_of(command.words.begin(), command.words.end(), [&](const shell::Word& word) {
              const std::string_view text = word.value;
              return has_word(kTools, text) || text == "dev" || text == "test" ||
                     text.ends_with(":dev") || text.starts_with("dev:") ||
                     text.starts_with("test:") || text == "develop" || text == "serve";
            })) {
          return false;
        }
      }
    }
  }
  return starts;
}

/// Reads the stages of the image in the order they are built.
class Installs {
 public:
  explicit Installs(const DockerfileView& view) : view_(view) {}

  std::vector<Found> read() {
    for (auto stage = view_.lineage.rbegin(); stage != view_.lineage.rend(); ++stage) {
      for (const Instruction& instruction : view_.file.of(**stage)) read(instruction);
    }
    return std::move(found_);
  }

 private:
  void read(const Instruction& instruction) {
    if (instruction.keyword == Keyword::kEnv) {
      if (const auto* variable = instruction.assignment("NODE_ENV")) {
        production_ = says_production(variable->value);
      }
      const bool omits = instruction.assignment("NPM_CONFIG_OMIT") != nullptr ||
                         instruction.assignment("NPM_CONFIG_PRODUCTION") != nullptr ||
                         instruction.assignment("npm_config_omit") != nullptr;
      configured_ = configured_ || omits;
    } else if (instruction.keyword == Keyword::kArg) {
      // Whoever builds says which.
      if (instruction.assignment("NODE_ENV") != nullptr) production_ = true;
    } else if (instruction.keyword == Keyword::kRun) {
      if (!instruction.script.understood) {
        need();
        return;
      }
      for (const shell::Command& command : instruction.script.commands) read(instruction, command);
    }
  }

  void read(const Instruction& run, const shell::Command& command) {
    if (removes_development_packages(command)) {
      found_.clear();
      return;
    }
    if (const auto install = read_node_install(command)) {
      if (install->production) {
        found_.clear();  // it also takes out what is there
      } else if (!production_ && !configured_ && command.depth == 0 && !command.nested &&
                 !command.in_condition) {
        found_.push_back({&run, &command, *install});
      }
      return;
    }
    if (command.name() == "npm" && command.subcommand() == "config") configured_ = true;
    const bool exports =
        std::any_of(command.words.begin(), command.words.end(),
                    [](const shell::Word& word) { return word.value.starts_with("NODE_ENV="); });
    if (exports) configured_ = true;
    if (!does_without(command)) need();
  }

  void need() {
    for (Found& each : found_) each.needed_later = true;
  }

  const DockerfileView& view_;
  std::vector<Found> found_;
  bool production_ = false;
  bool configured_ = false;
};

/// npm knows --omit since version 7, which came with Node.js 15.
bool is_old_npm(const DockerfileView& view, const Instruction& run) {
  const dockerfile::Stage* stage = view.stage_of(run);
  const StageBase* base = stage == nullptr ? nullptr : view.base(*stage);
  if (base == nullptr || !base->reference || base->facts == nullptr ||
      base->facts->image != "node") {
    return false;
  }
  int major = 0;
  for (const char c : base->reference->tag) {
    if (!ascii::is_digit(c) || major > 1000) break;
    major = major * 10 + (c - '0');
  }
  return major > 0 && major < 15;
}

std::string_view flag_for(const DockerfileView& view, const Found& found) {
  switch (found.install.tool) {
    case NodeInstall::Tool::kYarn: return "--production";
    case NodeInstall::Tool::kPnpm: return "--prod";
    case NodeInstall::Tool::kNpm: break;
  }
  return is_old_npm(view, *found.run) ? "--production" : "--omit=dev";
}

bool installs_any(const DockerfileView& view) {
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword != Keyword::kRun) continue;
      for (const shell::Command& command : instruction.script.commands) {
        if (read_node_install(command)) return true;
      }
    }
  }
  return false;
}

void check(const DockerfileView& view, Sink& sink) {
  if (view.target == nullptr || !installs_any(view)) return;
  std::vector<Found> installs = Installs(view).read();
  if (installs.empty() || !starts_program(view)) return;
  for (const Found& found : installs) {
    const shell::Command& command = *found.command;
    const shell::Word& program = command.words[command.program];
    const shell::Word& last = found.install.verb != nullptr ? *found.install.verb : program;
    Finding& finding = sink.report(found.run->source({program.span.begin, last.span.end}),
                                   "'" + std::string(command.name()) +
                                       "' also installs the packages that only development needs");
    if (found.needed_later) {
      finding.unfixed = "a later step may need them: build in a stage of its own";
      continue;
    }
    const std::string_view flag = flag_for(view, found);
    remedy(finding, "install without them, by " + std::string(flag),
           dockerfile::insert_words(view.file, *found.run, command, last, flag),
           FixSafety::kUnsafe);
  }
}

constexpr Example kExamples[] = {
    {.name = "npm ci",
     .before = "FROM node:22\nCOPY package*.json .\nRUN «npm ci» --no-audit && npm cache clean "
               "--force\nCOPY . .\nCMD [\"node\", \"a.js\"]\n",
     .after = "FROM node:22\nCOPY package*.json .\nRUN npm ci --omit=dev --no-audit && npm cache "
              "clean --force\nCOPY . .\nCMD [\"node\", \"a.js\"]\n"},
    {.name = "an old npm, on several lines",
     .before = "FROM node:12\r\nRUN cd /app \\\r\n  && «npm install» \\\r\n     --no-audit\r\nCMD "
               "[\"npm\", \"start\"]\r\n",
     .after = "FROM node:12\r\nRUN cd /app \\\r\n  && npm install --production \\\r\n     "
              "--no-audit\r\nCMD [\"npm\", \"start\"]\r\n"},
    {.name = "yarn and pnpm",
     .before = "FROM node:22\nRUN «yarn» --frozen-lockfile\nRUN «pnpm install» "
               "--frozen-lockfile\nCMD node a.js\n",
     .after = "FROM node:22\nRUN yarn --production --frozen-lockfile\nRUN pnpm install --prod "
              "--frozen-lockfile\nCMD node a.js\n"},
    {.name = "the build needs them",
     .before = "FROM node:22\nRUN «npm ci»\nCOPY . .\nRUN npm run build\nCMD node a.js\n"},
    {.name = "in the same RUN", .before = "FROM node:22\nRUN «npm ci» && npx tsc\nCMD node a.js\n"},
    {.name = "pruned after the build",
     .before =
         "FROM node:22\nRUN npm ci && npm run build && npm prune --omit=dev\nCMD node a.js\n"},
    {.name = "for production",
     .before =
         "FROM node:22 AS base\nENV NODE_ENV=production\nFROM base\nRUN npm ci\nCMD node a.js\n"},
    {.name = "for production, by flags",
     .before = "FROM node:22\nRUN npm ci --omit dev\nRUN NODE_ENV=production npm install\nRUN yarn "
               "install --production=true\nCMD node a.js\n"},
    {.name = "the builder says what for",
     .before = "FROM node:22\nARG NODE_ENV\nENV NODE_ENV=$NODE_ENV\nRUN npm ci\nCMD node a.js\n"},
    {.name = "in a stage that is not shipped",
     .before = "FROM node:22 AS build\nRUN npm ci\nFROM node:22\nCOPY --from=build /a /a\nCMD node "
               "a.js\n"},
    {.name = "packages by name",
     .before = "FROM node:22\nRUN npm install -g pnpm && npm install express && yarn add a\nCMD "
               "node a.js\n"},
    {.name = "an image to develop in",
     .before = "FROM node:22\nRUN npm ci\nCMD [\"npm\", \"run\", \"dev\"]\n"},
    {.name = "nothing is started", .before = "FROM node:22\nRUN npm ci\n"},
    {.name = "a condition decides",
     .before = "FROM node:22\nRUN if [ \"$A\" = b ]; then npm ci; else npm ci --omit=dev; fi\nCMD "
               "node a.js\n"},
};

}  // namespace

const Rule& npm_dev_dependencies_installed() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
