#include "check/package_manager.h"

#include <array>

#include "core/ascii.h"

namespace plimsoll::check {
namespace {

constexpr WordList kDnfInstall =
    "install in reinstall rei upgrade up update upgrade-minimal up-min update-minimal localinstall "
    "groupinstall groupupdate downgrade builddep swap distro-sync install-n install-na "
    "install-nevra";
constexpr WordList kDnfUpgrade =
    "upgrade up update upgrade-minimal up-min update-minimal distro-sync";
constexpr WordList kDnfValues =
    "-c --config -d --debuglevel -e --errorlevel -R --randomwait --enablerepo --disablerepo --repo "
    "--repoid --installroot --releasever --setopt -x --exclude --excludepkgs --disableexcludes "
    "--disableexcludepkgs --forcearch --advisory --bz --cve --comment --destdir --downloaddir "
    "--disableplugin --enableplugin --rpmverbosity --color --from-repo";

constexpr std::array kManagers{
    PackageManager{
        .tool = PackageTool::kApt,
        .programs = "apt-get apt aptitude",
        .install = "install reinstall build-dep satisfy",
        .upgrade = "upgrade dist-upgrade full-upgrade safe-upgrade",
        .remove = "remove purge",
        .refresh = "update",
        .clean = "distclean dist-clean",
        .yes_flags = "-y --yes --assume-yes --force-yes",
        .yes_setting = "assume-yes",
        .value_flags = "-o --option -t --target-release --default-release -c --config-file -a "
                       "--host-architecture -P --build-profiles",
        .caches = "/var/lib/apt/lists",
    },
    PackageManager{
        .tool = PackageTool::kApk,
        .programs = "apk",
        .install = "add",
        .upgrade = "upgrade",
        .remove = "del",
        .refresh = "update",
        .value_flags = "-t --virtual -X --repository -p --root --arch --keys-dir --cache-dir "
                       "--cache-max-age --repositories-file --wait --progress-fd --timeout",
        .caches = "/var/cache/apk /etc/apk/cache",
    },
    PackageManager{
        .tool = PackageTool::kYum,
        .programs = "yum",
        .scopes = "module group groups",
        .install = kDnfInstall,
        .upgrade = kDnfUpgrade,
        .remove = "remove erase",
        .refresh = "makecache check-update update",
        .clean = "clean",
        .yes_flags = "-y --assumeyes",
        .yes_setting = "assumeyes",
        .value_flags = kDnfValues,
        .caches = "/var/cache/yum /var/cache/dnf",
    },
    PackageManager{
        .tool = PackageTool::kDnf,
        .programs = "dnf dnf5 dnf-3 tdnf",
        .scopes = "module group groups grp",
        .install = kDnfInstall,
        .upgrade = kDnfUpgrade,
        .remove = "remove erase rm",
        .refresh = "makecache check-update update",
        .clean = "clean",
        .yes_flags = "-y --assumeyes",
        .yes_setting = "assumeyes",
        .value_flags = kDnfValues,
        .caches = "/var/cache/dnf /var/cache/yum /var/cache/libdnf5 /var/cache/tdnf",
    },
    PackageManager{
        .tool = PackageTool::kMicrodnf,
        .programs = "microdnf",
        .scopes = "module",
        .install = kDnfInstall,
        .upgrade = kDnfUpgrade,
        .remove = "remove",
        .refresh = "makecache update",
        .clean = "clean",
        .yes_flags = "-y --assumeyes",
        .yes_setting = "assumeyes",
        .value_flags = kDnfValues,
        .caches = "/var/cache/yum /var/cache/dnf /var/cache/libdnf5",
    },
    PackageManager{
        .tool = PackageTool::kZypper,
        .programs = "zypper",
        .install = "install in source-install si",
        .upgrade = "update up patch dist-upgrade dup install-new-recommends inr",
        .remove = "remove rm",
        .refresh = "refresh ref",
        .clean = "clean cc",
        .yes_flags = "-n --non-interactive -y --no-confirm",
        .value_flags = "-t --type -r --repo --from --download --root --installroot --config "
                       "--reposd-dir --cache-dir --pkg-cache-dir --raw-cache-dir --solv-cache-dir "
                       "-p --plus-repo --plus-content --releasever",
        .caches = "/var/cache/zypp",
    },
    PackageManager{
        .tool = PackageTool::kPip,
        .programs = "pip pip2 pip3",
        .install = "install",
        .remove = "uninstall",
        .clean = "purge",
        .value_flags =
            "-r --requirement -c --constraint -e --editable -t --target -i --index-url "
            "--extra-index-url -f --find-links --trusted-host --proxy --timeout --retries "
            "--exists-action --cert --client-cert --cache-dir --log --python --platform "
            "--python-version --implementation --abi --root --prefix --src -b --build "
            "--upgrade-strategy -C --config-settings --global-option --install-option "
            "--build-option --no-binary --only-binary --progress-bar --root-user-action --report "
            "--group --use-feature --use-deprecated --keyring-provider --build-constraint",
        .caches = ".cache/pip",
    },
    PackageManager{
        .tool = PackageTool::kPipx,
        .programs = "pipx",
        .install = "install",
        .value_flags = "--python --index-url -i --pip-args --suffix --preinstall --backend",
    },
    PackageManager{
        .tool = PackageTool::kNpm,
        .programs = "npm",
        .install = "install i add in ins inst insta instal isnt isnta isntal isntall",
        .value_flags =
            "--registry --prefix -C --loglevel --cache --userconfig --globalconfig --tag -w "
            "--workspace --omit --include --only --save-prefix --fetch-retries --fetch-timeout "
            "--maxsockets --install-strategy --cpu --os --libc --before --script-shell --scope "
            "--audit-level --target --network-timeout --fetch-retry-mintimeout "
            "--fetch-retry-maxtimeout --fetch-retry-factor --python",
    },
    PackageManager{
        .tool = PackageTool::kYarn,
        .programs = "yarn yarnpkg",
        .scopes = "global cache",
        .install = "install add upgrade",
        .clean = "clean",
        .value_flags = "--cache-folder --cwd --registry --network-timeout --modules-folder --mutex "
                       "--use-yarnrc --network-concurrency --preferred-cache-folder",
        .caches = ".cache/yarn",
    },
    PackageManager{
        .tool = PackageTool::kGem,
        .programs = "gem",
        .install = "install i",
        .value_flags = "-v --version -i --install-dir -n --bindir --document --build-root -P "
                       "--trust-policy -s --source -p --http-proxy -B --bulk-threshold --platform "
                       "--config-file -g --file",
    },
    PackageManager{
        .tool = PackageTool::kGo,
        .programs = "go",
        .install = "install get run",
        .value_flags = "-o -tags -ldflags -gcflags -asmflags -gccgoflags -mod -modfile -overlay -p "
                       "-pkgdir -toolexec -exec -C -installsuffix -buildmode -compiler -covermode "
                       "-coverpkg -pgo",
        .bundles = false,
    },
};

constexpr const PackageManager* kPip = &kManagers[static_cast<std::size_t>(PackageTool::kPip)];

/// pip3.11, python3.12: the name and a version.
bool is_versioned(std::string_view program, std::string_view name) {
  if (!program.starts_with(name)) return false;
  return program.substr(name.size()).find_first_not_of("0123456789.") == std::string_view::npos;
}

/// `python3 -m pip …`: the arguments of pip, or null.
const shell::Word* args_of_python_pip(const shell::Command& command) {
  for (const shell::Word* arg = command.begin(); arg + 1 < command.end(); ++arg) {
    if (arg->value == "-m") return arg[1].value == "pip" ? arg + 2 : nullptr;
    if (!arg->value.starts_with('-')) return nullptr;
  }
  return nullptr;
}

/// A bare `yarn` installs; `yarn --version` does not.
bool is_bare_install(const shell::Command& command) {
  for (const shell::Word& arg : command) {
    if (has_word("-v --version -h --help", arg.value) || arg.expands) return false;
  }
  return true;
}

}  // namespace

const PackageManager* find_package_manager(std::string_view program) {
  if (program.size() < 2) return nullptr;
  switch (program[0]) {
    case 'a':
    case 'y':
    case 'd':
    case 't':
    case 'm':
    case 'z':
    case 'p':
    case 'n':
    case 'g': break;
    default: return nullptr;
  }
  for (const PackageManager& manager : kManagers) {
    if (manager.programs.words()[0] != program[0] && manager.tool != PackageTool::kDnf) continue;
    if (has_word(manager.programs, program)) return &manager;
  }
  return is_versioned(program, "pip") ? kPip : nullptr;
}

bool Operands::takes_value(std::string_view option) const {
  if (has_word(manager_->value_flags, option)) return true;
  if (!manager_->bundles || option.size() < 3 || option[1] == '-') return false;
  for (const char c : option.substr(1)) {
    if (!ascii::is_alpha(c)) return false;
  }
  const std::array<char, 2> last{'-', option.back()};
  return has_word(manager_->value_flags, std::string_view(last.data(), last.size()));
}

const shell::Word* Operands::next() {
  while (at_ != end_) {
    const shell::Word& word = *at_++;
    if (options_over_ || !word.value.starts_with('-') || word.value == "-") return &word;
    if (word.value == "--") {
      // What follows goes to the extension's own build.
      if (manager_->tool == PackageTool::kGem) at_ = end_;
      options_over_ = true;
    } else if (at_ != end_ && takes_value(word.value)) {
      ++at_;
    }
  }
  return nullptr;
}

PackageCommand read_package_command(const shell::Command& command) {
  PackageCommand read{.command = &command};
  const std::string_view name = command.name();
  const shell::Word* begin = command.begin();
  if (name.starts_with("python") && is_versioned(name, "python")) {
    begin = args_of_python_pip(command);
    if (begin == nullptr) return read;
    read.manager = kPip;
  } else {
    read.manager = find_package_manager(name);
    if (read.manager == nullptr) return read;
  }
  read.operands = Operands(*read.manager, begin, command.end());
  const shell::Word* word = read.operands.next();
  if (word != nullptr && has_word(read.manager->scopes, word->value)) {
    read.scope = word->value;
    word = read.operands.next();
  } else if (word != nullptr && read.manager == kPip && word->value == "cache") {
    word = read.operands.next();
  }
  read.verb_word = word;
  if (word != nullptr) {
    read.verb = word->value;
  } else if (read.manager->tool == PackageTool::kYarn && read.scope.empty() &&
             is_bare_install(command)) {
    read.verb = "install";
  }
  return read;
}

bool PackageCommand::has_any_flag(const WordList& flags) const {
  for (const shell::Word& arg : *command) {
    const std::string_view value = arg.value;
    if (value.size() < 2 || value[0] != '-') continue;
    if (value == "--") return false;
    if (has_word(flags, value.substr(0, value.find('=')))) return true;
    if (!manager->bundles || value[1] == '-') continue;
    for (const char c : value.substr(1)) {
      if (!ascii::is_alpha(c)) break;
      const std::array<char, 2> flag{'-', c};
      if (has_word(flags, std::string_view(flag.data(), flag.size()))) return true;
    }
  }
  return false;
}

bool PackageCommand::has_option(std::string_view name, bool value) const {
  for (const shell::Word& arg : *command) {
    const std::size_t equals = arg.value.rfind('=');
    if (equals == std::string_view::npos || !means(arg.value.substr(equals + 1), value)) continue;
    if (ascii::icontains(arg.value.substr(0, equals), name)) return true;
  }
  return false;
}

Span PackageCommand::span(const dockerfile::Instruction& run) const {
  const shell::Word& first = command->words[command->program];
  return run.source({first.span.begin, command->words.back().span.end});
}

Span PackageCommand::head(const dockerfile::Instruction& run) const {
  const shell::Word& first = command->words[command->program];
  const shell::Word& last = verb_word == nullptr ? first : *verb_word;
  return run.source({first.span.begin, last.span.end});
}

bool means(std::string_view text, bool value) {
  static constexpr WordList kYes = "1 true yes on y t";
  static constexpr WordList kNo = "0 false no off n f";
  const std::string_view spoken = ascii::trim(text);
  if (spoken.size() > 5) return false;
  std::array<char, 5> small{};
  for (std::size_t i = 0; i < spoken.size(); ++i) small[i] = ascii::to_lower(spoken[i]);
  return has_word(value ? kYes : kNo, std::string_view(small.data(), spoken.size()));
}

}  // namespace plimsoll::check
