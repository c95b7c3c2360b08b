#pragma once

#include <cstdint>
#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::image {

struct MavenDependency {
  std::string group;
  std::string artifact;
  std::string version;  ///< of a range its lower bound; "" where only another file knows
  std::string scope;
  pugi::xml_node node;
};

/// A Maven project (pom.xml) as far as the file itself goes: its properties are put in, but neither
/// parents nor repositories are asked. The tree must outlive it.
/// Source: https://maven.apache.org/pom.html
class MavenProject {
 public:
  explicit MavenProject(pugi::xml_node project);

  /// Its own, else its parent's; "" when only another file knows.
  [[nodiscard]] std::string group();
  [[nodiscard]] std::string artifact();
  [[nodiscard]] std::string version();
  /// Those of the project and of the profiles that are active when nobody says otherwise.
  [[nodiscard]] std::vector<MavenDependency> dependencies();
  [[nodiscard]] std::vector<std::string> licenses() const;

 private:
  void take_properties(pugi::xml_node holder);
  void take_managed(pugi::xml_node holder);
  [[nodiscard]] MavenDependency dependency_of(pugi::xml_node node);
  void add_dependencies(pugi::xml_node holder, std::vector<MavenDependency>& all);
  /// With all `${…}` replaced; "" when one is unknown.
  [[nodiscard]] std::string resolved(std::string_view text);
  [[nodiscard]] std::string expanded(std::string_view text, std::size_t depth);
  [[nodiscard]] std::string value_of(std::string_view property, std::size_t depth);
  [[nodiscard]] std::string_view written_value_of(std::string_view property) const;

  pugi::xml_node project_;
  pugi::xml_node parent_;
  std::map<std::string, std::string_view, std::less<>> properties_;
  std::map<std::string, std::string, std::less<>> expanded_;  ///< each property once
  /// By "group:artifact", what holds for a dependency that does not say it itself.
  std::map<std::string, MavenDependency, std::less<>> managed_;
};

}  // namespace plimsoll::image
