#include "check/install/install_command.h"

#include <algorithm>
#include <array>

#include "check/node_install.h"
#include "check/package_manager.h"
#include "core/ascii.h"
#include "core/path.h"

namespace plimsoll::check::install {
namespace {

constexpr WordList kNodeValues =
    "--registry --prefix -C --dir --loglevel --cache --cache-folder --cwd --userconfig --omit "
    "--only --include --modules-folder --network-timeout --store-dir --mutex";
constexpr WordList kNodeFolders = "--prefix -C --dir --cwd";
constexpr WordList kNodeWithout =
    "--production --prod -P --omit=dev --only=production --only=prod --production=true";
constexpr std::string_view kNodeVariables = "NODE_ENV=production NPM_CONFIG_OMIT=dev";

constexpr WordList kPythonHomes = "site-packages dist-packages venv .venv virtualenv .local local";

// Sources: the manuals of the tools. A verb that builds installs first where the tool does.
constexpr std::array kTools{
    LockTool{.programs = "npm",
             .verbs = "ci clean-install ic install-clean install i add in",
             .locks = "npm-shrinkwrap.json package-lock.json",
             .output = "node_modules",
             .value_flags = kNodeValues,
             .folder_flags = kNodeFolders,
             .without_dev = kNodeWithout,
             .with_dev = "--include=dev",
             .without_dev_variables = kNodeVariables},
    LockTool{.programs = "yarn yarnpkg",
             .verbs = "install",
             .bare = true,
             .locks = "yarn.lock",
             .output = "node_modules",
             .value_flags = kNodeValues,
             .folder_flags = kNodeFolders,
             .without_dev = kNodeWithout,
             .with_dev = "--production=false",
             .without_dev_variables = kNodeVariables},
    LockTool{.programs = "pnpm",
             .verbs = "install i fetch",
             .locks = "pnpm-lock.yaml",
             .output = "node_modules",
             .value_flags = kNodeValues,
             .folder_flags = kNodeFolders,
             .without_dev = kNodeWithout,
             .without_dev_variables = kNodeVariables},
    LockTool{.programs = "bun",
             .verbs = "install i ci",
             .locks = "bun.lock",
             .output = "node_modules",
             .value_flags = "--cwd --omit --config -c --cache-dir --registry --backend",
             .folder_flags = "--cwd",
             .without_dev = "--production -p --omit=dev"},
    LockTool{.programs = "poetry",
             .verbs = "install sync export",
             .locks = "poetry.lock",
             .search = Search::kAbove,
             .output = ".venv",
             .homes = kPythonHomes,
             .value_flags = "-C --directory -P --project -f --format -o --output --only --with "
                            "--without -E --extras",
             .folder_flags = "-C --directory -P --project",
             .without_dev = "--no-dev --without=dev --only=main --only=default --only-root",
             .with_dev = "--with=dev --dev"},
    LockTool{.programs = "uv",
             .verbs = "sync run export",
             .locks = "uv.lock",
             .search = Search::kAbove,
             .output = ".venv",
             .homes = kPythonHomes,
             .value_flags = "--directory --project --python -p --group --only-group --no-group "
                            "--extra --package --index-url --format -o --output-file",
             .folder_flags = "--directory --project",
             .without_dev = "--no-dev --no-default-groups --no-group=dev",
             .with_dev = "--group=dev --dev",
             .without_dev_variables = "UV_NO_DEV= UV_NO_DEFAULT_GROUPS="},
    LockTool{.programs = "pdm",
             .verbs = "install sync export",
             .locks = "pdm.lock",
             .output = ".venv",
             .homes = kPythonHomes,
             .value_flags = "-p --project -G --group --without --with -L --lockfile -o --output -f "
                            "--format",
             .folder_flags = "-p --project",
             .without_dev = "--prod --production --without=dev --no-dev"},
    LockTool{.programs = "pipenv",
             .verbs = "install sync requirements",
             .locks = "Pipfile.lock",
             .output = ".venv",
             .homes = kPythonHomes,
             .dev_by_default = false,
             .with_dev = "--dev -d"},
    LockTool{.programs = "go",
             .verbs = "build install download run test generate vendor list vet",
             .scopes = "mod",
             .locks = "go.mod",
             .search = Search::kAbove,
             .value_flags = "-C -o -ldflags -tags -gcflags -asmflags -buildmode -mod -p -trimpath",
             .folder_flags = "-C"},
    LockTool{.programs = "cargo",
             .verbs = "build b install fetch run r test t check c rustc vendor cook zigbuild "
                      "auditable",
             .scopes = "chef auditable",
             .locks = "Cargo.lock",
             .search = Search::kAbove,
             .value_flags = "--manifest-path --path --target --target-dir --bin -p --package "
                            "--profile --features -F --root -j --jobs --recipe-path -C",
             .folder_flags = "--path -C",
             .file_flags = "--manifest-path"},
    LockTool{.programs = "bundle bundler",
             .verbs = "install",
             .bare = true,
             .locks = "Gemfile.lock gems.locked",
             .search = Search::kAbove,
             .output = "vendor/bundle",
             .homes = "bundle",
             .value_flags = "--jobs -j --retry --without --with --path --gemfile",
             .file_flags = "--gemfile",
             .without_dev = "--without=development",
             .without_dev_variables = "BUNDLE_WITHOUT=development"},
    LockTool{.programs = "composer composer.phar",
             .verbs = "install i",
             .locks = "composer.lock",
             .output = "vendor",
             .value_flags = "-d --working-dir",
             .folder_flags = "-d --working-dir",
             .without_dev = "--no-dev",
             .without_dev_variables = "COMPOSER_NO_DEV="},
    LockTool{.programs = "dotnet",
             .verbs = "restore build publish run test pack",
             .locks = "packages.lock.json packages.*.lock.json packages.config",
             .search = Search::kBelow,
             .value_flags = "-c --configuration -o --output -r --runtime -f --framework -a --arch "
                            "--os -v --verbosity -s --source"},
    LockTool{.programs = "nuget nuget.exe",
             .verbs = "restore install",
             .locks = "packages.config packages.lock.json",
             .search = Search::kBelow},
    LockTool{.programs = "gradle gradlew",
             .verbs = "build assemble jar bootJar shadowJar installDist dependencies test check "
                      "war distTar nativeCompile classes",
             .several = true,
             .locks = "gradle.lockfile buildscript-gradle.lockfile",
             .search = Search::kBelow,
             .value_flags = "-p --project-dir -x --exclude-task -c --settings-file -g "
                            "--gradle-user-home",
             .folder_flags = "-p --project-dir"},
    LockTool{.programs = "mix",
             .verbs = "deps.get deps.compile release compile",
             .several = true,
             .locks = "mix.lock"},
    LockTool{.programs = "rebar3",
             .verbs = "compile release get-deps",
             .several = true,
             .locks = "rebar.lock"},
    LockTool{.programs = "dart flutter",
             .verbs = "get build compile",
             .scopes = "pub",
             .locks = "pubspec.lock",
             .value_flags = "-C --directory",
             .folder_flags = "-C --directory"},
    LockTool{.programs = "swift",
             .verbs = "build resolve run test",
             .scopes = "package",
             .locks = "Package.resolved .package.resolved",
             .value_flags = "-c --configuration --package-path --product",
             .folder_flags = "--package-path"},
    LockTool{.programs = "conan",
             .verbs = "install build",
             .locks = "conan.lock",
             .search = Search::kAbove},
    LockTool{.programs = "stack",
             .verbs = "build install setup",
             .locks = "stack.yaml.lock stack.yaml",
             .search = Search::kAbove},
    LockTool{.programs = "cabal",
             .verbs = "build install v2-build v2-install new-build",
             .locks = "cabal.project.freeze",
             .search = Search::kAbove},
};

/// pip has no lock file of its own: it is told of files. So is what uv does in its place.
constexpr LockTool kPip{.programs = "", .verbs = "", .locks = "", .homes = kPythonHomes};
constexpr WordList kPipFileFlags = "-r --requirement --requirements";
constexpr WordList kPipTargetFlags = "-t --target --prefix --root -w --wheel-dir -d --dest";

/// The value of an option: in the same word behind `=`, or the next one.
std::string_view value_of(const shell::Word* word, const shell::Word* end) {
  const std::size_t equals = word->value.find('=');
  if (equals != std::string_view::npos) return word->value.substr(equals + 1);
  return word + 1 == end ? std::string_view() : word[1].value;
}

std::string_view name_of(const shell::Word& word) {
  return word.value.substr(0, word.value.find('='));
}

/// "--flag", "--flag=value" and "--flag value,value" are all looked up as "--flag=value".
bool says(const WordList& list, const shell::Word* word, const shell::Word* end) {
  if (has_word(list, word->value)) return true;
  if (!word->value.starts_with('-')) return false;
  const std::string name(name_of(*word));
  for (const std::string_view part : ascii::split(value_of(word, end), ',')) {
    if (has_word(list, name + '=' + std::string(part))) return true;
  }
  return false;
}

bool means_yes(std::string_view value) {
  return !value.empty() && value != "0" && !ascii::iequals(value, "false");
}

/// The command's own variables come before those of its surroundings.
std::optional<std::string_view> look_up(const shell::Command& command, const Variable& variable,
                                        std::string_view name) {
  for (const shell::Assignment& each : command.environment) {
    if (each.name == name) return each.value.value;
  }
  return variable(name);
}

bool leaves_dev_out(const LockTool& tool, const shell::Command& command, const Variable& variable) {
  for (const std::string_view setting : ascii::split(tool.without_dev_variables, ' ')) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string_view::npos) continue;
    const auto value = look_up(command, variable, setting.substr(0, equals));
    if (!value) continue;
    const std::string_view wanted = setting.substr(equals + 1);
    if (wanted.empty() ? means_yes(*value) : ascii::contains(*value, wanted)) return true;
  }
  return false;
}

bool reads_dev(const LockTool& tool, const shell::Command& command, const Variable& variable) {
  bool with_dev = tool.dev_by_default && !leaves_dev_out(tool, command, variable);
  for (const shell::Word* word = command.begin(); word != command.end(); ++word) {
    if (says(tool.without_dev, word, command.end())) with_dev = false;
    if (says(tool.with_dev, word, command.end())) with_dev = true;
  }
  return with_dev;
}

/// `dotnet restore src/App/App.csproj` works in the folder of the project.
std::string_view folder_of_project(std::string_view operand) {
  const std::string extension = ascii::lower(path::extension(operand));
  const bool is_project = extension.ends_with("proj") || extension.starts_with(".sln");
  return is_project ? path::folder(operand) : operand;
}

std::optional<InstallCommand> read(const LockTool& tool, const shell::Command& command,
                                   const Variable& variable) {
  InstallCommand install{.tool = &tool};
  bool has_verb = false;
  for (const shell::Word* word = command.begin(); word != command.end(); ++word) {
    const std::string_view text = word->value;
    if (text.starts_with('-')) {
      const std::string_view name = name_of(*word);
      if (has_word(tool.folder_flags, name)) install.folder = value_of(word, command.end());
      if (has_word(tool.file_flags, name)) {
        install.folder = path::folder(value_of(word, command.end()));
      }
      const bool takes_next = name == text && has_word(tool.value_flags, name);
      if (takes_next && word + 1 != command.end()) ++word;
      continue;
    }
    if (has_verb) {
      if (tool.programs.has("dotnet") && install.folder.empty()) {
        install.folder = folder_of_project(text);
      }
      continue;
    }
    if (has_word(tool.scopes, text)) continue;
    // gradle's tasks have the names of their projects in front: ":app:build".
    const std::size_t colon = text.rfind(':');
    const std::string_view verb = colon == std::string_view::npos ? text : text.substr(colon + 1);
    has_verb = has_word(tool.verbs, verb);
    if (!has_verb && !tool.several) return std::nullopt;
  }
  if (!has_verb && !tool.bare) return std::nullopt;
  install.with_dev = reads_dev(tool, command, variable);
  return install;
}

/// `pip install -r requirements.txt`, `uv pip sync requirements.txt`, `pip-sync`.
std::optional<InstallCommand> read_pip(const shell::Command& command) {
  const std::string_view program = command.name();
  const bool is_uv =
      program == "uv" && command.begin() != command.end() && command.begin()->value == "pip";
  const bool syncs = program == "pip-sync";
  if (!is_uv && !syncs) {
    const PackageCommand pip = read_package_command(command);
    if (!pip || pip.tool() != PackageTool::kPip) return std::nullopt;
    if (pip.verb != "install" && pip.verb != "wheel" && pip.verb != "download") return std::nullopt;
  }
  InstallCommand install{.tool = &kPip};
  bool takes_operands = syncs;
  for (const shell::Word* word = command.begin(); word != command.end(); ++word) {
    const std::string_view text = word->value;
    const std::string_view name = name_of(*word);
    if (has_word(kPipFileFlags, name)) {
      install.files.push_back(value_of(word, command.end()));
    } else if (text.starts_with("-r") && !text.starts_with("--") && text.size() > 2) {
      install.files.push_back(text.substr(2));  // -rrequirements.txt
    } else if (has_word(kPipTargetFlags, name)) {
      install.into = value_of(word, command.end());
    } else if (is_uv && text == "sync") {
      takes_operands = true;
    } else if (takes_operands && text.ends_with(".txt")) {
      install.files.push_back(text);
    }
  }
  if (install.files.empty()) return std::nullopt;
  return install;
}

/// The project's packages, and none by name.
bool installs_project(const shell::Command& command) {
  const auto node = read_node_install(command);
  return node && !node->locks_nothing;
}

}  // namespace

std::optional<InstallCommand> read_install_command(const shell::Command& command,
                                                   const Variable& variable) {
  const std::string_view program = command.name();
  if (program.empty()) return std::nullopt;
  if (auto pip = read_pip(command)) return pip;
  for (const LockTool& tool : kTools) {
    if (!has_word(tool.programs, program)) continue;
    const bool is_node =
        tool.programs.has("npm") || tool.programs.has("yarn") || tool.programs.has("pnpm");
    const bool fetches = program == "pnpm" && command.subcommand() == "fetch";
    if (is_node && !fetches && !installs_project(command)) return std::nullopt;
    return read(tool, command, variable);
  }
  return std::nullopt;
}

bool removes_dev(const shell::Command& command) {
  const std::string_view program = command.name();
  return (program == "npm" || program == "pnpm" || program == "yarn") &&
         (command.subcommand() == "prune" || command.subcommand() == "focus");
}

}  // namespace plimsoll::check::install
