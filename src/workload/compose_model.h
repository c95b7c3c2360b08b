#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "workload/compose_layers.h"
#include "workload/compose_reader.h"

/// Which files a project is made of, and which of their nodes speak for each service.
namespace plimsoll::compose {

enum class Section : std::uint8_t { kServices, kJobs, kNetworks, kVolumes, kSecrets, kConfigs };
inline constexpr std::array<std::string_view, 6> kSectionKeys = {"services", "jobs",    "networks",
                                                                 "volumes",  "secrets", "configs"};

/// The entries of one section, each with its layers, in order of first appearance.
class Entries {
 public:
  struct Entry {
    std::string_view name;
    std::vector<Layer> layers;  ///< strongest first
  };

  [[nodiscard]] const std::vector<Entry>& all() const { return entries_; }
  [[nodiscard]] const Entry* find(std::string_view name) const;
  /// `layer` is all that `name` has.
  void put(std::string_view name, const Layer& layer);
  /// Puts `layers` on top of what `name` has.
  void lay_over(std::string_view name, const std::vector<Layer>& layers);

 private:
  std::vector<Entry> entries_;
  std::unordered_map<std::string_view, std::size_t> index_;
};

using Sections = std::array<Entries, kSectionKeys.size()>;

/// The files of one project, or of one entry of `include`, laid over each other.
struct Model {
  Sections sections;
  [[nodiscard]] const Entries& of(Section section) const {
    return sections[static_cast<std::size_t>(section)];
  }
};

/// What `extends` of one service names.
struct BaseReference {
  std::string service;
  std::string file;  ///< "" when it is the same file
  Place place;
};

/// A reference that Compose would fetch over the network.
[[nodiscard]] bool is_remote_file(std::string_view path);

/// Follows `include` and `extends`. Owns the scopes that the layers refer to.
class ModelLoader {
 public:
  explicit ModelLoader(Reader& reader) : reader_(reader) {}

  /// @param trees   the first file and those laid over it
  /// @param folder  where all of them start their relative paths
  const Model& load(const std::vector<const Tree*>& trees, const std::string& folder,
                    const Variables& variables);
  /// `outer` and what the env files add to it.
  const Variables& variables(const std::vector<std::string>& env_files, const Variables& outer);

 private:
  /// One YAML document in its role.
  struct Unit {
    Scope scope;
    const Node* root = nullptr;
    Sections own;       ///< one layer each
    Sections included;  ///< of all its includes
    unsigned rank = 0;
  };
  struct IncludeKey {
    std::vector<std::string> paths;
    std::string folder;
    Variables variables;
    auto operator<=>(const IncludeKey&) const = default;
  };

  Unit* add_unit(const Tree& tree, const Node& root, const std::string& folder,
                 const Variables& variables, unsigned rank);
  void read_includes(Unit& unit);
  void read_include(Unit& unit, const Layer& element);
  void take_included(Unit& unit, const Model& model);
  void lay_unit(const Unit& unit, Model& model);
  void append_bases(const Unit& unit, std::size_t section, const Layer& service,
                    std::vector<Layer>& layers);
  const Unit* unit_of_file(const std::string& path, const Variables& variables, std::size_t section,
                           const BaseReference& base);

  Reader& reader_;
  std::deque<Unit> units_;
  std::deque<Model> models_;
  std::deque<Variables> variables_;
  std::map<IncludeKey, const Model*> include_cache_;
  std::map<std::pair<std::string, const Variables*>, std::vector<const Unit*>> extended_;
  std::vector<std::string> include_trail_;  ///< first files being read, outermost first
  bool said_too_many_ = false;
};

}  // namespace plimsoll::compose
