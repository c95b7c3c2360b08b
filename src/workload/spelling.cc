#include "workload/spelling.h"

#include <algorithm>
#include <iterator>

#include "workload/spelling_form.h"

namespace plimsoll::spelling {
namespace {

const FormSpelling* form_of(const Workload& workload) {
  switch (workload.form) {
    case Form::kCompose: return &compose_spelling();
    case Form::kKubernetes: return &kubernetes_spelling();
    case Form::kDockerRun:
    case Form::kPodmanRun: return &run_spelling();
    case Form::kQuadlet: return &quadlet_spelling();
    case Form::kInspect:
    case Form::kExec: break;
  }
  return nullptr;
}

tl::unexpected<std::string> no_form() {
  return refuse("what runs already is changed where it is started");
}

}  // namespace

Edits both(Edits one, Edits other) {
  if (!one) return one;
  if (!other) return other;
  std::move(other->begin(), other->end(), std::back_inserter(*one));
  return one;
}

Edits set(const Workload& workload, Attribute attribute, const std::string& value) {
  const FormSpelling* form = form_of(workload);
  return form == nullptr ? Edits(no_form()) : form->set(workload, attribute, value);
}

Edits drop_capability(const Workload& workload, const std::string& name) {
  const FormSpelling* form = form_of(workload);
  return form == nullptr ? Edits(no_form()) : form->drop_capability(workload, name);
}

Edits drop_capabilities(const Workload& workload, const std::vector<std::string>& keep) {
  const FormSpelling* form = form_of(workload);
  if (form == nullptr) return no_form();
  if (workload.cap_add.origin == Origin::kUnknown)
    return refuse("an added capability is not known");
  Edits edits = form->drop_capability(workload, "ALL");
  for (const std::string& name : keep) {
    if (workload.cap_add.find(name) != nullptr || workload.cap_add.find("ALL") != nullptr) continue;
    edits = both(std::move(edits), form->add_capability(workload, name));
  }
  return edits;
}

Edits make_read_only(const Workload& workload, const std::vector<Scratch>& scratch) {
  const FormSpelling* form = form_of(workload);
  if (form == nullptr) return no_form();
  Edits edits = form->set(workload, Attribute::kReadOnly, "true");
  for (const Scratch& each : scratch) {
    edits = both(std::move(edits), form->add_scratch(workload, each));
  }
  return edits;
}

Edits bound_log(const Workload& workload, const std::string& size, const std::string& files) {
  const FormSpelling* form = form_of(workload);
  return form == nullptr ? Edits(no_form()) : form->bound_log(workload, size, files);
}

Edits unset(const Workload& workload, const std::vector<std::string>& path) {
  const bool tree = workload.form == Form::kCompose || workload.form == Form::kKubernetes;
  if (!tree || workload.node == nullptr) return refuse("only YAML forms are edited so");
  const Node* mapping = workload.node;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    mapping = mapping->find(path[i]);
    if (mapping == nullptr || !mapping->is_mapping()) return refuse("it is written elsewhere");
    if (!workload.node->span.contains(mapping->span)) return refuse("an alias brings it");
  }
  if (mapping->find(path.back()) == nullptr) return refuse("it is written elsewhere");
  return yaml::remove(*workload.file, *mapping, path.back());
}

Edits remove_item(const Workload& workload, const std::vector<std::string>& path, Place place) {
  const bool tree = workload.form == Form::kCompose || workload.form == Form::kKubernetes;
  if (!tree || workload.node == nullptr) return refuse("only YAML forms are edited so");
  if (place.file != workload.file) return refuse("it is written in another file");
  const Node* mapping = workload.node;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    mapping = mapping->find(path[i]);
    if (mapping == nullptr || !mapping->is_mapping()) return refuse("it is written elsewhere");
  }
  const Node* list = mapping->find(path.back());
  if (list == nullptr || !list->is_sequence()) return refuse("it is written elsewhere");
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const Span item = list->items[i]->span;
    // Places of block items may begin at the dash.
    if (item.overlaps(place.span) || item == place.span) {
      return yaml::remove_item(*workload.file, *mapping, path.back(), i);
    }
  }
  return refuse("it is written elsewhere");
}

}  // namespace plimsoll::spelling
