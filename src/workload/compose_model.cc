#include "workload/compose_model.h"

#include <algorithm>

#include "core/limits.h"
#include "core/path.h"

namespace plimsoll::compose {
namespace {

std::vector<std::string> known_texts(Reader& reader, const Setting& setting) {
  std::vector<std::string> texts;
  const Items items = reader.items(setting);
  for (const Item& item : items.items) {
    if (items.origin == Origin::kUnknown && item.value.find("${") != std::string::npos) {
      reader.problem(item.place, "a path cannot be known: '" + item.value + "'");
      continue;
    }
    texts.push_back(item.value);
  }
  return texts;
}

}  // namespace

bool is_remote_file(std::string_view path) {
  return path.starts_with("git@") || path.starts_with("oci:") ||
         path.find("://") != std::string_view::npos;
}

const Entries::Entry* Entries::find(std::string_view name) const {
  const auto found = index_.find(name);
  return found == index_.end() ? nullptr : &entries_[found->second];
}

void Entries::put(std::string_view name, const Layer& layer) {
  const auto [at, is_new] = index_.try_emplace(name, entries_.size());
  if (is_new) entries_.push_back({name, {}});
  entries_[at->second].layers = {layer};
}

void Entries::lay_over(std::string_view name, const std::vector<Layer>& layers) {
  const auto [at, is_new] = index_.try_emplace(name, entries_.size());
  if (is_new) entries_.push_back({name, {}});
  std::vector<Layer>& below = entries_[at->second].layers;
  below.insert(below.begin(), layers.begin(), layers.end());
}

const Variables& ModelLoader::variables(const std::vector<std::string>& env_files,
                                        const Variables& outer) {
  Variables from_files;
  for (const std::string& path : env_files) {
    for (const EnvLine& line : reader_.env_lines(path, outer, false)) {
      if (line.has_value) from_files[line.name] = line.value;
    }
  }
  Variables all = outer;
  all.merge(from_files);  // what `outer` says stays
  return all == outer ? outer : variables_.emplace_back(std::move(all));
}

// NOLINTNEXTLINE(misc-no-recursion): include_trail_ ends it at limits::kIncludeDepth
const Model& ModelLoader::load(const std::vector<const Tree*>& trees, const std::string& folder,
                               const Variables& variables) {
  std::vector<Unit*> units;
  for (const Tree* tree : trees) {
    for (const Document& document : tree->documents) {
      if (document.root->is_null()) continue;
      const auto rank = static_cast<unsigned>(units.size());
      Unit* const unit = add_unit(*tree, *document.root, folder, variables, rank);
      if (unit == nullptr) break;
      units.push_back(unit);
    }
  }
  include_trail_.push_back(trees.empty() ? "" : trees.front()->source->path());
  Model& model = models_.emplace_back();
  for (Unit* unit : units) {
    read_includes(*unit);
    lay_unit(*unit, model);
  }
  include_trail_.pop_back();
  return model;
}

ModelLoader::Unit* ModelLoader::add_unit(const Tree& tree, const Node& root,
                                         const std::string& folder, const Variables& variables,
                                         unsigned rank) {
  if (units_.size() >= limits::kComposeFiles) {
    if (!std::exchange(said_too_many_, true)) {
      reader_.problem(
          {tree.source, root.span},
          "the project has more than " + std::to_string(limits::kComposeFiles) + " documents",
          ErrorCode::kLimit);
    }
    return nullptr;
  }
  if (!root.is_mapping()) {
    reader_.problem({tree.source, root.span}, "a Compose file must be a mapping");
  }
  Unit& unit = units_.emplace_back();
  unit.scope = {tree.source, folder, &variables};
  unit.root = &root;
  unit.rank = rank;
  Layer top;
  top.node = &root;
  top.scope = top.home = &unit.scope;
  top.rank = rank;
  for (std::size_t i = 0; i < kSectionKeys.size(); ++i) {
    const Setting section = Setting(top).at(kSectionKeys[i]);
    const Layer* const layer = section.strongest();
    if (layer != nullptr && !layer->node->is_mapping()) {
      reader_.problem(layer->place(), "'" + std::string(kSectionKeys[i]) + "' must be a mapping");
      continue;
    }
    if (layer == nullptr || !reader_.spend(layer->node->entries.size())) continue;
    for (const Node::Entry& entry : layer->node->entries) {
      if (entry.key->is_scalar()) unit.own[i].put(entry.key->text, child(*layer, entry));
    }
  }
  return &unit;
}

// NOLINTNEXTLINE(misc-no-recursion): see load
void ModelLoader::read_includes(Unit& unit) {
  Layer top;
  top.node = unit.root;
  top.scope = top.home = &unit.scope;
  for (const Layer& element : reader_.elements(Setting(top).at("include"))) {
    read_include(unit, element);
  }
}

// NOLINTNEXTLINE(misc-no-recursion): see load
void ModelLoader::read_include(Unit& unit, const Layer& element) {
  const Setting entry(element);
  IncludeKey key;
  const bool is_long = element.node->is_mapping();
  key.paths = known_texts(reader_, is_long ? entry.at("path") : entry);
  if (key.paths.empty()) return;
  for (std::string& path : key.paths) {
    if (is_remote_file(path)) {
      reader_.error({ErrorCode::kUnreadable, "a remote file is not fetched", path, {}, false, {}});
      return;
    }
    path = path::join(unit.scope.folder, path);
  }
  const Value<std::string> folder = reader_.string(entry.at("project_directory"));
  key.folder = folder.value.empty() ? std::string(path::folder(key.paths.front()))
                                    : path::join(unit.scope.folder, folder.value);
  const std::vector<std::string> env_names = known_texts(reader_, entry.at("env_file"));
  std::vector<std::string> env_files;
  for (const std::string& name : env_names) {
    env_files.push_back(path::join(unit.scope.folder, name));
  }
  if (env_files.empty()) env_files.push_back(path::join(key.folder, ".env"));
  const Variables& inner = variables(env_files, *unit.scope.variables);
  key.variables = inner;

  const bool is_cycle = std::find(include_trail_.begin(), include_trail_.end(),
                                  key.paths.front()) != include_trail_.end();
  if (is_cycle || include_trail_.size() >= limits::kIncludeDepth) {
    reader_.problem(element.place(),
                    is_cycle ? "the file includes itself" : "includes are nested too deep",
                    is_cycle ? ErrorCode::kInvalid : ErrorCode::kLimit);
    return;
  }
  if (const auto cached = include_cache_.find(key); cached != include_cache_.end()) {
    take_included(unit, *cached->second);
    return;
  }
  std::vector<const Tree*> trees;
  trees.reserve(key.paths.size());
  for (const std::string& path : key.paths) {
    const Tree* const tree = reader_.load(path);
    if (tree == nullptr) return;  // as Compose, which takes an entry of `include` whole or not
    trees.push_back(tree);
  }
  const Model& model = load(trees, key.folder, inner);
  take_included(unit, model);
  include_cache_.emplace(std::move(key), &model);
}

void ModelLoader::take_included(Unit& unit, const Model& model) {
  for (std::size_t i = 0; i < kSectionKeys.size(); ++i) {
    for (const Entries::Entry& entry : model.sections[i].all()) {
      if (!reader_.spend(entry.layers.size())) return;
      std::vector<Layer> layers = entry.layers;
      for (Layer& layer : layers) layer.rank = unit.rank;
      // One file reached over two ways says the same; laying it over itself would double its lists.
      const Entries::Entry* const known = unit.included[i].find(entry.name);
      const bool is_same = known != nullptr && !known->layers.empty() && !layers.empty() &&
                           known->layers.front().node == layers.front().node;
      if (!is_same) unit.included[i].lay_over(entry.name, layers);
    }
  }
}

void ModelLoader::lay_unit(const Unit& unit, Model& model) {
  for (std::size_t i = 0; i < kSectionKeys.size(); ++i) {
    const bool may_extend = static_cast<Section>(i) <= Section::kJobs;
    for (const Entries::Entry& own : unit.own[i].all()) {
      std::vector<Layer> layers = own.layers;
      if (const Entries::Entry* included = unit.included[i].find(own.name)) {
        layers.insert(layers.end(), included->layers.begin(), included->layers.end());
      }
      if (may_extend) append_bases(unit, i, own.layers.front(), layers);
      if (!reader_.spend(layers.size())) return;
      model.sections[i].lay_over(own.name, layers);
    }
    for (const Entries::Entry& included : unit.included[i].all()) {
      if (unit.own[i].find(included.name) == nullptr) {
        model.sections[i].lay_over(included.name, included.layers);
      }
    }
  }
}

}  // namespace plimsoll::compose
