#include "check/node_install.h"

#include <algorithm>

#include "check/word_list.h"

namespace plimsoll::check {
namespace {

using Tool = NodeInstall::Tool;

std::optional<Tool> tool_of(std::string_view program) {
  if (program == "npm") return Tool::kNpm;
  if (program == "yarn" || program == "yarnpkg") return Tool::kYarn;
  if (program == "pnpm") return Tool::kPnpm;
  return std::nullopt;
}

constexpr WordList kInstall = "install i in ins inst insta instal isnt isnta isntal isntall";
constexpr WordList kClean = "ci clean-install ic install-clean isntall-clean";
constexpr WordList kValueFlags =
    "--registry --prefix -C --dir --loglevel --cache --cache-folder --cwd --userconfig --omit "
    "--only "
    "--include --fetch-retries --fetch-timeout --network-timeout --network-concurrency "
    "--maxsockets "
    "--modules-folder --store-dir --store --script-shell --install-strategy --mutex --node-linker "
    "--reporter --audit-level --cpu --os --libc --python";
/// Other things than an install of the whole project for this image.
constexpr WordList kOther =
    "-g --global --location=global --package-lock-only --lockfile-only --dry-run --help -h "
    "--version "
    "-v --mode=update-lockfile --filter -F -w --workspace";
constexpr WordList kProduction =
    "--production --prod -P --omit=dev --only=production --only=prod --production=true";

bool is_production(std::string_view flag, std::string_view value) {
  return has_word(kProduction, flag) ||
         ((flag == "--omit" || flag == "--only") &&
          (value == "dev" || value == "production" || value == "prod"));
}

}  // namespace

std::optional<NodeInstall> read_node_install(const shell::Command& command) {
  const auto tool = tool_of(command.name());
  if (!tool) return std::nullopt;
  NodeInstall install{.tool = *tool};
  for (const shell::Word* word = command.begin(); word != command.end(); ++word) {
    const std::string_view text = word->value;
    if (word->expands) return std::nullopt;  // might be anything
    if (text.starts_with('-')) {
      const std::string_view value = word + 1 == command.end() ? "" : word[1].value;
      if (has_word(kOther, text.substr(0, text.find('='))) || has_word(kOther, text)) {
        return std::nullopt;
      }
      if (is_production(text, value)) install.production = true;
      if (text == "--no-package-lock" || text == "--no-lockfile" || text == "--pure-lockfile" ||
          text == "--package-lock=false") {
        install.locks_nothing = true;
      }
      if (has_word(kValueFlags, text) && word + 1 != command.end()) ++word;
      continue;
    }
    if (install.verb != nullptr) return std::nullopt;  // a package by name
    install.clean = *tool == Tool::kNpm && has_word(kClean, text);
    if (!install.clean && !(*tool == Tool::kYarn ? text == "install" : has_word(kInstall, text))) {
      return std::nullopt;
    }
    install.verb = word;
  }
  if (install.verb == nullptr && *tool != Tool::kYarn) return std::nullopt;
  for (const shell::Assignment& variable : command.environment) {
    if (variable.name == "NODE_ENV" && says_production(variable.value.value)) {
      install.production = true;
    }
  }
  return install;
}

bool removes_development_packages(const shell::Command& command) {
  if (tool_of(command.name())) {
    return std::any_of(command.begin(), command.end(), [](const shell::Word& word) {
      return word.value == "prune" || word.value == "focus";
    });
  }
  return command.name() == "rm" &&
         std::any_of(command.begin(), command.end(), [](const shell::Word& word) {
           return word.value.find("node_modules") != std::string_view::npos;
         });
}

bool says_production(std::string_view value) {
  return value == "production" || value.find('$') != std::string_view::npos;
}

}  // namespace plimsoll::check
