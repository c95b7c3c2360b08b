#include "image/maven_project.h"

#include "core/ascii.h"
#include "core/limits.h"
#include "image/xml_document.h"

namespace plimsoll::image {
namespace {

constexpr std::size_t kMostValueBytes = 1'024;

/// "[1.0,2.0)" is 1.0: nothing older will be there.
std::string_view lower_bound(std::string_view version) {
  if (!version.starts_with('[') && !version.starts_with('(')) return version;
  version.remove_prefix(1);
  return ascii::trim(version.substr(0, version.find_first_of(",])")));
}

bool is_active_by_default(pugi::xml_node profile) {
  return xml::child_text(xml::child(profile, "activation"), "activeByDefault") == "true";
}

}  // namespace

MavenProject::MavenProject(pugi::xml_node project)
    : project_(project), parent_(xml::child(project, "parent")) {
  take_properties(project);
  for (const pugi::xml_node profile : xml::child(project, "profiles").children()) {
    if (is_active_by_default(profile)) take_properties(profile);
  }
  take_managed(project);
}

void MavenProject::take_properties(pugi::xml_node holder) {
  for (const pugi::xml_node each : xml::child(holder, "properties").children()) {
    properties_.insert_or_assign(std::string(each.name()), xml::text(each));
  }
}

void MavenProject::take_managed(pugi::xml_node holder) {
  const pugi::xml_node list =
      xml::child(xml::child(holder, "dependencyManagement"), "dependencies");
  for (const pugi::xml_node each : list.children()) {
    if (xml::child_text(each, "scope") == "import") continue;
    MavenDependency managed = dependency_of(each);
    std::string name = managed.group + ':' + managed.artifact;
    managed_.try_emplace(std::move(name), std::move(managed));
  }
}

std::string MavenProject::group() {
  return resolved("${project.groupId}");
}

std::string MavenProject::artifact() {
  return resolved(xml::child_text(project_, "artifactId"));
}

std::string MavenProject::version() {
  return resolved("${project.version}");
}

std::vector<MavenDependency> MavenProject::dependencies() {
  std::vector<MavenDependency> all;
  add_dependencies(project_, all);
  for (const pugi::xml_node profile : xml::child(project_, "profiles").children()) {
    if (is_active_by_default(profile)) add_dependencies(profile, all);
  }
  return all;
}

MavenDependency MavenProject::dependency_of(pugi::xml_node node) {
  return {.group = resolved(xml::child_text(node, "groupId")),
          .artifact = resolved(xml::child_text(node, "artifactId")),
          .version = resolved(xml::child_text(node, "version")),
          .scope = resolved(xml::child_text(node, "scope")),
          .node = node};
}

void MavenProject::add_dependencies(pugi::xml_node holder, std::vector<MavenDependency>& all) {
  for (const pugi::xml_node each : xml::child(holder, "dependencies").children()) {
    if (!xml::is_element(each, "dependency")) continue;
    MavenDependency dependency = dependency_of(each);
    if (dependency.group.empty() || dependency.artifact.empty()) continue;
    const auto found = managed_.find(dependency.group + ':' + dependency.artifact);
    if (found != managed_.end()) {
      if (!xml::child(each, "version")) dependency.version = found->second.version;
      if (dependency.scope.empty()) dependency.scope = found->second.scope;
    }
    dependency.version = std::string(lower_bound(dependency.version));
    all.push_back(std::move(dependency));
  }
}

std::vector<std::string> MavenProject::licenses() const {
  std::vector<std::string> all;
  for (const pugi::xml_node each : xml::child(project_, "licenses").children()) {
    const std::string_view name = xml::child_text(each, "name");
    if (!name.empty()) all.emplace_back(name);
  }
  return all;
}

std::string MavenProject::resolved(std::string_view text) {
  std::string value = expanded(text, 0);
  return ascii::contains(value, "${") ? std::string() : value;
}

std::string MavenProject::expanded(std::string_view text, std::size_t depth) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find("${", at);
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    out += text.substr(at, open - at);
    const std::string_view property = text.substr(open + 2, close - open - 2);
    const std::string value = value_of(property, depth + 1);
    out += value.empty() ? std::string(text.substr(open, close + 1 - open)) : value;
    at = close + 1;
    // Properties of properties of …: a short file could write a very long version.
    if (out.size() > kMostValueBytes) return "${}";
  }
  out += text.substr(at);
  return out.size() > kMostValueBytes ? "${}" : out;
}

std::string MavenProject::value_of(std::string_view property, std::size_t depth) {
  if (depth > limits::kInterpolationDepth) return {};
  const auto [place, is_new] = expanded_.try_emplace(std::string(property));
  // One that is being expanded further up is empty so far: a cycle ends here.
  if (!is_new) return place->second;
  const std::string value = expanded(written_value_of(property), depth);
  place->second = value;
  return value;
}

std::string_view MavenProject::written_value_of(std::string_view property) const {
  const auto found = properties_.find(property);
  if (found != properties_.end()) return found->second;
  for (const std::string_view prefix : {"project.", "pom."}) {
    if (property.starts_with(prefix)) property.remove_prefix(prefix.size());
  }
  constexpr std::string_view kParent = "parent.";
  const bool of_parent = property.starts_with(kParent);
  if (of_parent) property.remove_prefix(kParent.size());
  if (property != "groupId" && property != "artifactId" && property != "version") return {};
  const std::string_view own = of_parent ? std::string_view{} : xml::child_text(project_, property);
  return own.empty() ? xml::child_text(parent_, property) : own;
}

}  // namespace plimsoll::image
