#include <algorithm>

#include "core/limits.h"
#include "core/path.h"
#include "workload/compose_model.h"

namespace plimsoll::compose {
namespace {

std::optional<BaseReference> reference(Reader& reader, const Layer& service) {
  const Setting extends = Setting(service).at("extends");
  const Layer* const layer = extends.strongest();
  if (layer == nullptr) return std::nullopt;
  const bool is_short = layer->node->is_scalar();
  const Value<std::string> name = reader.string(is_short ? extends : extends.at("service"));
  const Value<std::string> file = reader.string(extends.at("file"));
  if (!name.is_known() || !file.is_known() || name.value.empty()) {
    reader.problem(layer->place(), "'extends' must name a service");
    return std::nullopt;
  }
  return BaseReference{name.value, file.value, name.place};
}

}  // namespace

void ModelLoader::append_bases(const Unit& unit, std::size_t section, const Layer& service,
                               std::vector<Layer>& layers) {
  const Unit* here = &unit;
  Layer current = service;
  std::vector<const Node*> seen = {service.node};
  const auto append = [&](Layer layer) {
    layer.rank = unit.rank;
    layer.base = layer.inherited = true;
    layers.push_back(layer);
  };
  while (reader_.spend(1 + current.node->entries.size())) {
    const std::optional<BaseReference> base = reference(reader_, current);
    if (!base) return;
    if (seen.size() > limits::kIncludeDepth) {
      reader_.problem(base->place, "'extends' is chained too deep", ErrorCode::kLimit);
      return;
    }
    if (is_remote_file(base->file)) {
      reader_.error(
          {ErrorCode::kUnreadable, "a remote file is not fetched", base->file, {}, false, {}});
      return;
    }
    if (!base->file.empty()) {
      here = unit_of_file(path::join(here->scope.folder, base->file), *here->scope.variables,
                          section, *base);
      if (here == nullptr) return;
    }
    const Entries::Entry* const own = here->own[section].find(base->service);
    const Entries::Entry* const included = here->included[section].find(base->service);
    if (own == nullptr && included == nullptr) {
      reader_.problem(base->place, "'extends' names an unknown service '" + base->service + "'");
      return;
    }
    if (own != nullptr) {
      current = own->layers.front();
      const bool is_cycle = std::find(seen.begin(), seen.end(), current.node) != seen.end();
      if (is_cycle) {
        reader_.problem(base->place, "the service extends itself");
        return;
      }
      append(current);
      layers.back().home = service.home;
    }
    if (included != nullptr) {
      for (const Layer& layer : included->layers) append(layer);
    }
    if (own == nullptr) return;  // the included service's `extends` has been followed already
    seen.push_back(current.node);
  }
}

const ModelLoader::Unit* ModelLoader::unit_of_file(const std::string& path,
                                                   const Variables& variables, std::size_t section,
                                                   const BaseReference& base) {
  const auto [at, is_new] = extended_.try_emplace({path, &variables});
  if (is_new) {
    const Tree* const tree = reader_.load(path);
    if (tree == nullptr) return nullptr;
    for (const Document& document : tree->documents) {
      if (document.root->is_null()) continue;
      const std::string folder(path::folder(path));
      const Unit* const unit = add_unit(*tree, *document.root, folder, variables, 0);
      if (unit != nullptr) at->second.push_back(unit);
    }
  }
  const Unit* last = nullptr;
  for (const Unit* unit : at->second) {
    if (unit->own[section].find(base.service) != nullptr) last = unit;
  }
  if (last == nullptr && !at->second.empty()) {
    reader_.problem(base.place, "'extends' names a service '" + base.service + "' that '" + path +
                                    "' does not have");
  }
  return last;
}

}  // namespace plimsoll::compose
