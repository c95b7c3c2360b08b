#include <algorithm>
#include <string>
#include <utility>

#include "core/ascii.h"
#include "core/limits.h"
#include "core/path.h"
#include "workload/compose.h"
#include "workload/compose_model.h"
#include "workload/compose_service.h"
#include "workload/compose_values.h"

namespace plimsoll::compose {
namespace {

/// As Compose makes a project's name out of a folder's or of `name:`.
std::string normalised_name(std::string_view text) {
  std::string name;
  for (const char c : ascii::lower(text)) {
    const bool is_mark = c == '_' || c == '-';
    if (ascii::is_alnum(c) || (is_mark && !name.empty())) name += c;
  }
  return name;
}

/// The strongest `name:`, which is read before anything else because texts may refer to it.
std::string written_name(Reader& reader, const std::vector<const Tree*>& trees,
                         const Variables& variables) {
  std::string name;
  for (const Tree* tree : trees) {
    for (const Document& document : tree->documents) {
      const Node* const node = document.root->find("name");
      if (node == nullptr || !node->is_scalar()) continue;
      const Scope scope{tree->source, {}, &variables};
      const Text text = reader.text(node->text, scope);
      if (text.known && !text.value.empty()) name = text.value;
    }
  }
  return normalised_name(name);
}

/// `external: true`, or the older `external: {name: …}`.
bool is_external(Reader& reader, const Setting& entry) {
  const Setting external = entry.at("external");
  if (external.mapping() != nullptr) return true;
  return reader.boolean(external).value;
}

Place entry_place(const Setting& entry) {
  return entry.layers().back().key_place();
}

void read_networks(Reader& reader, const Model& model) {
  for (const Entries::Entry& found : model.of(Section::kNetworks).all()) {
    const Setting entry(found.layers);
    if (!entry.exists()) continue;
    Network network;
    network.name = found.name;
    network.internal = reader.boolean(entry.at("internal")).value;
    network.external = is_external(reader, entry);
    network.driver = reader.string(entry.at("driver")).value;
    network.place = entry_place(entry);
    network.node = entry.layers().back().node;
    reader.project().networks.push_back(std::move(network));
  }
}

/// A path in an entry, resolved where the layer that says it stands.
std::string resolved_path(Reader& reader, const Setting& setting) {
  const Layer* const layer = setting.strongest();
  if (layer == nullptr) return {};
  return resolve_host_path(layer->scope->folder, reader.string(setting).value);
}

std::vector<TopLevel> read_top_level(Reader& reader, const Entries& entries) {
  std::vector<TopLevel> all;
  for (const Entries::Entry& found : entries.all()) {
    const Setting entry(found.layers);
    if (!entry.exists()) continue;
    TopLevel top;
    top.name = found.name;
    top.file = resolved_path(reader, entry.at("file"));
    top.environment = reader.string(entry.at("environment")).value;
    top.external = is_external(reader, entry);
    top.place = entry_place(entry);
    top.node = entry.layers().back().node;
    all.push_back(std::move(top));
  }
  return all;
}

/// The local driver mounts `device` when its options say `o: bind`.
void note_bind_volumes(Reader& reader, const Model& model) {
  for (const Entries::Entry& found : model.of(Section::kVolumes).all()) {
    const Setting options = Setting(found.layers).at("driver_opts");
    if (!options.exists()) continue;
    bool is_bind = false;
    const Value<std::string> flags = reader.string(options.at("o"));
    for (const std::string_view flag : ascii::split(flags.value, ',')) {
      is_bind |= flag == "bind" || flag == "rbind";
    }
    std::string device = resolved_path(reader, options.at("device"));
    if (is_bind && !device.empty()) {
      reader.add_bind_volume(std::string(found.name), std::move(device));
    }
  }
}

/// What Compose takes as the name of a service.
bool is_service_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return ascii::is_alnum(c) || c == '.' || c == '_' || c == '-';
  });
}

/// Says what is wrong with a service that Compose refuses. False when nothing of it can be read.
bool is_readable(Reader& reader, std::string_view name, const Setting& service) {
  if (!is_service_name(name)) {
    reader.problem(service.layers().front().key_place(), "this is no name for a service");
    return false;
  }
  for (const Layer& layer : service.layers()) {
    if (layer.node->is_mapping() || layer.node->is_null()) continue;
    reader.problem(layer.place(), "a service must be a mapping");
  }
  if (service.mapping() != nullptr) return true;
  const Layer& layer = service.layers().front();
  if (layer.node->is_null()) reader.problem(layer.place(), "the service is empty");
  return false;
}

/// The layer of the first file that declares the service, which gives it its name and place.
const Layer& declaration(const Setting& service) {
  const std::vector<Layer>& layers = service.layers();
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
    if (!layer->base && layer->node->is_mapping()) return *layer;
  }
  return *service.mapping();
}

void read_services(Reader& reader, const Model& model, Section section) {
  Project& project = reader.project();
  const bool is_job = section == Section::kJobs;
  for (const Entries::Entry& found : model.of(section).all()) {
    const Setting service(found.layers);
    if (!reader.afford(service)) return;
    if (!service.exists() || !is_readable(reader, found.name, service)) continue;
    if (project.services.size() >= limits::kComposeServices) {
      reader.problem(
          service.layers().front().place(),
          "the project has more than " + std::to_string(limits::kComposeServices) + " services",
          ErrorCode::kLimit);
      return;
    }
    const Layer& declared = declaration(service);
    Workload& workload = project.services.emplace_back();
    workload.form = Form::kCompose;
    workload.kind = is_job ? "job" : "service";
    workload.name = found.name;
    workload.file = declared.scope->file;
    workload.id = workload.file->path() + (is_job ? "#jobs/" : "#") + workload.name;
    workload.place = workload.group_place = declared.key_place();
    workload.node = declared.node;
    workload.compose = &project;
    read_service(reader, service, workload);
    workload.one_shot |= is_job;
  }
}

const Node& empty_node() {
  static const Node node;
  return node;
}

}  // namespace

const Workload* Project::service(std::string_view service_name) const {
  for (const Workload& workload : services) {
    if (workload.name == service_name) return &workload;
  }
  return nullptr;
}

const Network* Project::network(std::string_view network_name) const {
  for (const Network& candidate : networks) {
    if (candidate.name == network_name) return &candidate;
  }
  return nullptr;
}

std::unique_ptr<Project> read(const Tree& tree, const Sources& sources,
                              const std::vector<const Tree*>& overrides) {
  auto project = std::make_unique<Project>();
  project->file = tree.source;
  project->folder = path::folder(tree.source->path());
  project->root = tree.documents.empty() ? &empty_node() : tree.documents.front().root;
  if (const Node::Entry* version = project->root->find_entry("version")) {
    project->version_place = {tree.source, version->key->span};
  }
  std::vector<const Tree*> trees = {&tree};
  trees.insert(trees.end(), overrides.begin(), overrides.end());

  Reader reader(sources, *project);
  for (const Tree* file : trees) reader.add_file(file->source);
  ModelLoader loader(reader);
  const Variables none;
  Variables variables = loader.variables({path::join(project->folder, ".env")}, none);
  project->name = written_name(reader, trees, variables);
  if (!project->name.empty()) variables.try_emplace("COMPOSE_PROJECT_NAME", project->name);
  if (project->name.empty()) project->name = normalised_name(path::name(project->folder));

  const Model& model = loader.load(trees, project->folder, variables);
  read_networks(reader, model);
  project->volumes = read_top_level(reader, model.of(Section::kVolumes));
  project->secrets = read_top_level(reader, model.of(Section::kSecrets));
  project->configs = read_top_level(reader, model.of(Section::kConfigs));
  note_bind_volumes(reader, model);
  read_services(reader, model, Section::kServices);
  read_services(reader, model, Section::kJobs);
  return project;
}

}  // namespace plimsoll::compose
