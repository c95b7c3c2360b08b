#include "image/java_name.h"

#include <algorithm>
#include <initializer_list>

#include "core/ascii.h"
#include "core/path.h"
#include "image/java_group.h"

namespace plimsoll::image {
namespace {

constexpr std::size_t kMostManifestLines = 10'000;
constexpr std::size_t kMostNameBytes = 256;

/// A Maven id. Titles with blanks, addresses and "${…}" are none.
bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= kMostNameBytes &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return ascii::is_name(c) || c == '.' || c == '-'; });
}

bool is_version(std::string_view text) {
  const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) {
    return ascii::is_name(c) || c == '.' || c == '-' || c == '+' || c == '~';
  });
  return is_plain && text.size() <= kMostNameBytes &&
         std::any_of(text.begin(), text.end(), ascii::is_digit);
}

/// "beta" of "1.0-beta-2": the number after it is no version of its own.
bool is_stage(std::string_view part) {
  for (const std::string_view each : {"alpha", "beta", "rc", "cr", "m", "b", "milestone", "build",
                                      "sp", "snapshot", "pre", "incubating", "rev"}) {
    if (ascii::iequals(part, each)) return true;
  }
  return false;
}

/// "1.5.2" of "zstd-jni-1.5.2-1": it begins the version, and the number after it is a build's.
bool is_dotted(std::string_view part) {
  return !part.empty() && ascii::is_digit(part[0]) && part.find('.') != std::string_view::npos;
}

/// "20240131.120000-7" at the end: what a snapshot's version becomes in a repository.
std::string_view without_timestamp(std::string_view stem) {
  const std::size_t number = stem.rfind('-');
  if (number == std::string_view::npos || !ascii::is_number(stem.substr(number + 1))) return stem;
  const std::size_t time = stem.substr(0, number).rfind('-');
  if (time == std::string_view::npos) return stem;
  const std::string_view stamp = stem.substr(time + 1, number - time - 1);
  const bool is_stamp = stamp.size() == 15 && stamp[8] == '.' &&
                        ascii::is_number(stamp.substr(0, 8)) && ascii::is_number(stamp.substr(9));
  return is_stamp ? stem.substr(0, time) : stem;
}

/// Where the version begins; npos without one.
std::size_t version_start(std::string_view stem) {
  std::size_t start = std::string_view::npos;
  std::size_t end = without_timestamp(stem).size();
  while (true) {
    std::size_t dash = stem.substr(0, end).rfind('-');
    while (dash != std::string_view::npos &&
           !ascii::is_digit(stem.substr(dash + 1, 1).empty() ? ' ' : stem[dash + 1])) {
      if (dash == 0) return start;
      dash = stem.substr(0, dash).rfind('-');
    }
    if (dash == std::string_view::npos || dash == 0) return start;
    start = dash + 1;
    // "name-1.0-beta-2", "name-1.5.2-1": look for an earlier start.
    const std::size_t before = stem.substr(0, dash).rfind('-');
    if (before == std::string_view::npos) return start;
    const std::string_view part = stem.substr(before + 1, dash - before - 1);
    if (is_dotted(part)) {
      end = dash;
    } else if (is_stage(part)) {
      end = before;
    } else {
      return start;
    }
  }
}

std::string first_of(const JavaManifest& manifest, std::initializer_list<std::string_view> keys,
                     bool (*fits)(std::string_view)) {
  for (const std::string_view key : keys) {
    const auto found = manifest.find(key);
    if (found == manifest.end()) continue;
    // "name;singleton:=true", "1.0 (build 7)"
    std::string_view value = found->second;
    value = ascii::trim(value.substr(0, value.find(';')));
    if (key == "Plugin-Version" || key == "Implementation-Version") {
      value = value.substr(0, value.find(' '));
    }
    if (fits(value)) return std::string(value);
  }
  return {};
}

/// Groups are domains turned around. "slf4j.api" names a module, but no domain "api.slf4j".
bool is_domain(std::string_view text) {
  if (!is_id(text)) return false;
  const std::string_view first = text.substr(0, text.find('.'));
  for (const std::string_view each :
       {"org", "com",      "net",     "io",   "dev", "edu",  "gov",   "info",   "biz",
        "eu",  "de",       "fr",      "uk",   "ch",  "nl",   "at",    "se",     "no",
        "dk",  "fi",       "pl",      "cz",   "it",  "es",   "br",    "jp",     "cn",
        "ru",  "in",       "au",      "ca",   "us",  "me",   "co",    "cc",     "app",
        "ai",  "software", "systems", "tech", "run", "java", "javax", "jakarta"}) {
    if (first == each) return first.size() < text.size();
  }
  return false;
}

/// "com.acme.core" for "com.acme.core.core-api": the symbolic name without the artifact, or without
/// its last part.
std::string group_of(const std::string& symbolic_name, const std::string& artifact) {
  std::string group = symbolic_name.substr(0, symbolic_name.rfind('.'));
  if (symbolic_name.ends_with('.' + artifact)) {
    group = symbolic_name.substr(0, symbolic_name.size() - artifact.size() - 1);
  }
  return is_domain(group) ? group : std::string();
}

std::string last_part(std::string name) {
  return name.substr(name.rfind('.') + 1);
}

/// What the vendor calls itself. The tool that writes most symbolic names takes "group.artifact",
/// which tells more when it begins with the vendor.
std::string said_group(const JavaManifest& manifest, const std::string& artifact,
                       const std::string& symbolic_name) {
  const std::string vendor = first_of(manifest, {"Implementation-Vendor-Id", "Group-Id"}, is_id);
  if (!is_domain(vendor)) return vendor == artifact ? vendor : std::string();
  const bool is_below =
      symbolic_name.starts_with(vendor + '.') && symbolic_name.ends_with('.' + artifact);
  return is_below ? group_of(symbolic_name, artifact) : vendor;
}

/// A plug-in of Jenkins says it all in keys of its own.
JavaName jenkins_name(const JavaManifest& manifest) {
  JavaName name;
  name.version = first_of(manifest, {"Plugin-Version"}, is_version);
  if (name.version.empty()) return {};
  name.artifact = first_of(manifest, {"Short-Name", "Extension-Name"}, is_id);
  name.group = first_of(manifest, {"Group-Id"}, is_id);
  if (name.group.empty()) name.group = "org.jenkins-ci.plugins";
  return name;
}

}  // namespace

JavaManifest parse_java_manifest(std::string_view text) {
  JavaManifest manifest;
  std::string* value = nullptr;
  std::size_t lines = 0;
  while (!text.empty() && ++lines <= kMostManifestLines) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    text.remove_prefix(text.starts_with("\r\n") ? 2 : std::min<std::size_t>(1, text.size()));
    if (line.empty()) break;
    if (line[0] == ' ') {
      if (value != nullptr) value->append(line.substr(1));
      continue;
    }
    value = nullptr;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const auto [place, is_new] = manifest.try_emplace(std::string(line.substr(0, colon)),
                                                      ascii::trim(line.substr(colon + 1)));
    if (is_new) value = &place->second;
  }
  return manifest;
}

JavaName parse_pom_properties(std::string_view text) {
  JavaName name;
  for (std::string_view line : ascii::split(text, '\n')) {
    line = ascii::trim(line);
    if (line.starts_with('#') || line.starts_with('!')) continue;
    const std::size_t at = line.find_first_of("=:");
    if (at == std::string_view::npos) continue;
    const std::string_view key = ascii::trim(line.substr(0, at));
    const std::string_view value = ascii::trim(line.substr(at + 1));
    if (key == "groupId" && is_id(value)) name.group = value;
    if (key == "artifactId" && is_id(value)) name.artifact = value;
    if (key == "version" && is_version(value)) name.version = value;
  }
  return name;
}

JavaName java_name_of_file(std::string_view path) {
  std::string_view stem = path::name(path);
  stem.remove_suffix(path::extension(stem).size());
  const std::size_t start = version_start(stem);
  JavaName name;
  name.artifact = start == std::string_view::npos ? stem : stem.substr(0, start - 1);
  if (start != std::string_view::npos) name.version = stem.substr(start);
  if (!is_id(name.artifact) || !(name.version.empty() || is_version(name.version))) return {};
  return name;
}

JavaName guess_java_name(const JavaManifest& manifest, std::string_view path,
                         std::string_view package) {
  if (JavaName name = jenkins_name(manifest); !name.artifact.empty()) return name;
  JavaName name = java_name_of_file(path);
  const std::string symbolic_name = first_of(manifest, {"Bundle-SymbolicName"}, is_id);
  const std::string module_name = first_of(manifest, {"Automatic-Module-Name"}, is_domain);
  const std::string said_version = first_of(
      manifest, {"Implementation-Version", "Bundle-Version", "Specification-Version"}, is_version);
  if (name.version.empty()) {
    // A file's name that tells no version may tell no name either: "app.jar".
    std::string title = first_of(manifest, {"Implementation-Title", "Specification-Title"}, is_id);
    if (title.empty()) title = last_part(symbolic_name);
    if (title.empty()) title = last_part(module_name);
    if (!title.empty()) name.artifact = ascii::contains(title, ".") ? last_part(title) : title;
    name.version = said_version;
  } else if (name.version.starts_with(said_version + '-') && !said_version.empty()) {
    name.version = said_version;  // the rest is a classifier
  }
  // "jakarta.servlet-api": the standard interfaces are grouped by what they are, whoever ships
  // them.
  constexpr std::string_view kApi = "-api";
  if (is_domain(name.artifact) && name.artifact.ends_with(kApi)) {
    name.group = name.artifact.substr(0, name.artifact.size() - kApi.size());
    return name;
  }
  name.group = known_java_group(name.artifact, name.version);
  if (name.group.empty()) name.group = said_group(manifest, name.artifact, symbolic_name);
  if (name.group.empty() && !symbolic_name.empty())
    name.group = group_of(symbolic_name, name.artifact);
  if (name.group.empty() && !module_name.empty()) name.group = group_of(module_name, name.artifact);
  if (name.group.empty()) name.group = java_group_of_package(package, name.artifact);
  // "commons-io" was of the group commons-io.
  const bool is_own = symbolic_name == name.artifact && !ascii::contains(name.artifact, ".");
  if (name.group.empty() && is_own) name.group = name.artifact;
  return name;
}

}  // namespace plimsoll::image
