#include "check/package_pin.h"

#include <initializer_list>

#include "core/ascii.h"

namespace plimsoll::check {
namespace {

using ascii::contains;

bool ends_with_one_of(std::string_view text, std::initializer_list<std::string_view> ends) {
  for (const std::string_view end : ends) {
    if (text.ends_with(end)) return true;
  }
  return false;
}

bool starts_with_one_of(std::string_view text, std::initializer_list<std::string_view> starts) {
  for (const std::string_view start : starts) {
    if (text.starts_with(start)) return true;
  }
  return false;
}

bool has_one_of(std::string_view text, std::string_view chars) {
  return text.find_first_of(chars) != std::string_view::npos;
}

/// "/x", "./x", "../x", "~/x", "."
bool is_path(std::string_view text) {
  return starts_with_one_of(text, {"/", "./", "../", "~/", "file:"}) || text == "." || text == "..";
}

/// name-version or name-version-release. Both start with a digit (after an epoch), and names that
/// end in a number do not, so java-11-openjdk names no version and openssl-1:1.1.1k does.
bool names_rpm_version(std::string_view text) {
  const std::size_t dash = text.rfind('-');
  return dash != std::string_view::npos && dash > 0 && dash + 1 < text.size() &&
         ascii::is_digit(text[dash + 1]);
}

bool is_rpm_pinned(std::string_view scope, std::string_view text) {
  if (is_path(text) || contains(text, "://") || text.ends_with(".rpm")) return true;
  if (scope == "module") return contains(text, ":");
  if (!scope.empty() || text.starts_with('@')) return true;  // a group has no version
  return has_one_of(text, "<>=") || names_rpm_version(text);
}

bool is_zypper_pinned(std::string_view text) {
  // "-x" and "!x" remove; "pattern:x" is no package.
  if (text.starts_with('!') || text.starts_with('-') || contains(text, ":")) return true;
  return is_path(text) || has_one_of(text, "<>=") || text.ends_with(".rpm") ||
         names_rpm_version(text);
}

bool is_apt_pinned(std::string_view text) {
  if (text.ends_with('-') || text.ends_with('^')) return true;  // removes; a task
  return has_one_of(text, "=/?~") || text.ends_with(".deb");
}

bool is_apk_pinned(std::string_view text) {
  return has_one_of(text, "=<>~/") || text.starts_with('!') || text.starts_with('.') ||
         text.ends_with(".apk");
}

/// "git+https://user@host/path@commit": the '@' of the path counts.
bool is_vcs_pinned(std::string_view text) {
  const std::size_t scheme = text.find("://");
  const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
  const std::size_t path = text.find('/', host);
  return path != std::string_view::npos && text.find('@', path) != std::string_view::npos;
}

bool is_pip_pinned(std::string_view text) {
  if (starts_with_one_of(text, {"git+", "hg+", "svn+", "bzr+"})) return is_vcs_pinned(text);
  const std::size_t at = text.find("@ ");
  if (at != std::string_view::npos) return is_pip_pinned(ascii::trim(text.substr(at + 2)));
  return text.starts_with('.') || has_one_of(text, "=<>!~/\\") ||
         ends_with_one_of(text, {".whl", ".tar.gz", ".zip"});
}

bool is_npm_pinned(std::string_view text) {
  if (starts_with_one_of(text,
                         {"git://", "git+ssh://", "git+http://", "git+https://", "git+file://"})) {
    return contains(text, "#");
  }
  if (is_path(text) || contains(text, "://")) return true;
  if (ends_with_one_of(text, {".tar", ".tar.gz", ".tgz"})) return true;
  std::string_view name = text;
  if (name.starts_with('@')) {
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos) return true;
    name.remove_prefix(slash + 1);
  } else if (contains(name, "/")) {
    return true;  // a GitHub repository, or a folder
  }
  const std::size_t at = name.rfind('@');
  if (at == std::string_view::npos) return false;
  return !has_word("latest next *", name.substr(at + 1));
}

bool is_gem_pinned(const PackageCommand& package, std::string_view text) {
  return contains(text, ":") || text.ends_with(".gem") || is_path(text) ||
         package.has_any_flag("-v --version");
}

bool is_go_pinned(const PackageCommand& package, std::string_view text) {
  if (text.starts_with('.') || text.starts_with('/') || text.ends_with(".go")) return true;
  const std::size_t at = text.find('@');
  if (at != std::string_view::npos) {
    return !has_word("latest upgrade patch master main HEAD none", text.substr(at + 1));
  }
  // Without a dot the first element is no host: the standard library or the module at hand.
  const std::string_view host = text.substr(0, text.find('/'));
  return package.verb != "get" && !contains(host, ".");
}

bool is_decided_by_file(const PackageCommand& package) {
  switch (package.tool()) {
    case PackageTool::kPip:
      for (const shell::Assignment& variable : package.command->environment) {
        if (variable.name == "PIP_CONSTRAINT") return true;
      }
      return package.has_any_flag("-r --requirement --requirements -c --constraint --group");
    case PackageTool::kZypper: return package.has_any_flag("-t --type");
    case PackageTool::kGem: return package.has_any_flag("-g --file");
    case PackageTool::kGo:
      for (const shell::Assignment& variable : package.command->environment) {
        if (variable.name == "GOFLAGS") return true;
      }
      return package.has_any_flag("-mod -modfile");
    default: return false;
  }
}

}  // namespace

bool chooses_versions(const PackageCommand& package) {
  if (!package.installs() || package.upgrades()) return false;
  if (has_word("groupinstall groupupdate reinstall rei build-dep builddep downgrade swap "
               "source-install si",
               package.verb)) {
    return false;
  }
  return !is_decided_by_file(package);
}

bool is_pinned(const PackageCommand& package, std::string_view operand) {
  // The value of an option that we do not know.
  if (has_word("true false", operand)) return true;
  switch (package.tool()) {
    case PackageTool::kApt: return is_apt_pinned(operand);
    case PackageTool::kApk: return is_apk_pinned(operand);
    case PackageTool::kYum:
    case PackageTool::kDnf:
    case PackageTool::kMicrodnf: return is_rpm_pinned(package.scope, operand);
    case PackageTool::kZypper: return is_zypper_pinned(operand);
    case PackageTool::kPip:
    case PackageTool::kPipx: return is_pip_pinned(operand);
    case PackageTool::kNpm:
    case PackageTool::kYarn: return is_npm_pinned(operand);
    case PackageTool::kGem: return is_gem_pinned(package, operand);
    case PackageTool::kGo: return is_go_pinned(package, operand);
  }
  return true;
}

}  // namespace plimsoll::check
