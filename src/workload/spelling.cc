#include "workload/spelling.h"

#include <iterator>
#include <utility>

#include "core/ascii.h"
#include "workload/compose.h"
#include "workload/spelling.h"
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

/// NAME: value, or - NAME=value, as NAME_FILE with a path.
Edits renamed(const Workload& workload, const EnvironmentVariable& variable,
              const std::string& path) {
  const SourceFile& file = *workload.file;
  const Node* environment = workload.node->find("environment");
  if (environment == nullptr || environment->shared) return refuse("it is written elsewhere");
  if (environment->is_mapping()) {
    const Node::Entry* entry = environment->find_entry(variable.name);
    const bool here = entry != nullptr && !entry->merged &&
                      environment->span.contains(entry->value->span) &&
                      workload.node->span.contains(environment->span);
    if (!here || !entry->key->is_plain()) return refuse("it is written elsewhere");
    return both(std::vector<Edit>{{entry->key->span, variable.name + "_FILE"}},
                yaml::replace(file, *entry->value, yaml::NewNode::of(path)));
  }
  for (const Node* item : environment->items) {
    if (!item->str().starts_with(variable.name + '=') || !environment->span.contains(item->span)) {
      continue;
    }
    return yaml::replace(file, *item, yaml::NewNode::of(variable.name + "_FILE=" + path));
  }
  return refuse("it is written elsewhere");
}

/// ${DB_PASSWORD:-changeme} asks for DB_PASSWORD, a literal for the variable's own name.
std::string name_asked_for(const EnvironmentVariable& variable, std::string_view written) {
  const std::size_t begin = written.find("${");
  if (variable.source != EnvironmentVariable::Source::kDefaulted ||
      begin == std::string_view::npos) {
    return variable.name;
  }
  const std::string_view rest = written.substr(begin + 2);
  std::size_t length = 0;
  while (length < rest.size() && ascii::is_name(rest[length])) ++length;
  // Some text around it belongs to the value, so that it is not the variable alone.
  const bool alone =
      begin <= 1 && (written.ends_with('}') || written.ends_with("}\"") || written.ends_with("}'"));
  return length > 0 && alone ? std::string(rest.substr(0, length)) : variable.name;
}

/// A finding may point into another file than the one that is edited: an override, a base.
Edits in_its_file(const Workload& workload, Edits edits) {
  if (!edits) return edits;
  for (Edit& edit : *edits) edit.file = workload.file;
  return edits;
}

tl::unexpected<std::string> no_form() {
  return refuse("what runs already is changed where it is started");
}

/// "NAME=value" as it is written, when nothing around it is quoted; "" otherwise.
std::string_view plain_assignment(const Workload& workload, const EnvironmentVariable& variable) {
  const SourceFile& file = *workload.file;
  const Span value = variable.value_place.span;
  const std::size_t size = variable.name.size() + 1;
  if (value.begin < size || value.begin > value.end) return {};
  const Span whole{static_cast<std::uint32_t>(value.begin - size), value.end};
  const std::string_view text = file.slice(whole);
  if (!text.starts_with(variable.name + '=')) return {};
  if (text.find_first_of(" \t\r\n'\"\\$`") != std::string_view::npos) return {};
  const std::string_view all = file.text();
  const auto is_edge = [](char c) { return ascii::is_space(c) || c == '='; };
  if (whole.begin > 0 && !is_edge(all[whole.begin - 1])) return {};
  if (whole.end < all.size() && !ascii::is_space(all[whole.end])) return {};
  return text;
}

/// `-e NAME`: the caller's environment has the value.
Edits name_alone(const Workload& workload, const EnvironmentVariable& variable) {
  if (plain_assignment(workload, variable).empty()) return refuse("it is quoted or expanded");
  const Span value = variable.value_place.span;
  return std::vector<Edit>{{{value.begin - 1, value.end}, ""}};
}

/// `Secret=name,type=env,target=NAME` in place of the line `Environment=NAME=value`.
/// Source: podman-systemd.unit(5), podman-run(1).
Edits podman_secret(const Workload& workload, const EnvironmentVariable& variable) {
  const SourceFile& file = *workload.file;
  const std::string_view text = plain_assignment(workload, variable);
  const Span line = file.line_span(file.line_index(variable.value_place.span.begin));
  if (text.empty() || ascii::trim(file.slice(line)) != "Environment=" + std::string(text)) {
    return refuse("its line says more");
  }
  return std::vector<Edit>{
      {line, "Secret=" + secret_name_of(variable) + ",type=env,target=" + variable.name}};
}

}  // namespace

std::string on_address(std::string_view port, const std::string& address) {
  constexpr std::string_view kEverywhere = "0.0.0.0:";
  if (port.starts_with(kEverywhere)) port.remove_prefix(kEverywhere.size());
  const bool published = port.find(':') != std::string_view::npos;
  const bool is_v6 = address.find(':') != std::string::npos;
  return (is_v6 ? '[' + address + ']' : address) + (published ? ":" : "::") + std::string(port);
}

Edits both(Edits one, Edits other) {
  if (!one) return one;
  if (!other) return other;
  std::move(other->begin(), other->end(), std::back_inserter(*one));
  return one;
}

Edits set(const Workload& workload, Attribute attribute, const std::string& value) {
  const FormSpelling* form = form_of(workload);
  if (form == nullptr) return no_form();
  return in_its_file(workload, form->set(workload, attribute, value));
}

Edits drop_capability(const Workload& workload, const std::string& name) {
  const FormSpelling* form = form_of(workload);
  if (form == nullptr) return no_form();
  return in_its_file(workload, form->drop_capability(workload, name));
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
  return in_its_file(workload, std::move(edits));
}

Edits make_read_only(const Workload& workload, const std::vector<Scratch>& scratch) {
  const FormSpelling* form = form_of(workload);
  if (form == nullptr) return no_form();
  Edits edits = form->set(workload, Attribute::kReadOnly, "true");
  for (const Scratch& each : scratch) {
    edits = both(std::move(edits), form->add_scratch(workload, each));
  }
  return in_its_file(workload, std::move(edits));
}

Edits bound_log(const Workload& workload, const std::string& size, const std::string& files) {
  const FormSpelling* form = form_of(workload);
  if (form == nullptr) return no_form();
  return in_its_file(workload, form->bound_log(workload, size, files));
}

Edits take_out(const Workload& workload, Place place) {
  const FormSpelling* form = form_of(workload);
  if (form == nullptr) return no_form();
  if (place.file != workload.file) return refuse("it is written in another file");
  return in_its_file(workload, form->take_out(workload, place));
}

Edits publish_on(const Workload& workload, const Port& port, const std::string& address) {
  const FormSpelling* form = form_of(workload);
  if (form == nullptr) return no_form();
  if (port.place.file != workload.file) return refuse("it is written in another file");
  if (!port.host_ip.empty() && port.host_ip != "0.0.0.0") {
    return refuse("an address of the host is named");
  }
  return in_its_file(workload, form->publish_on(workload, port, address));
}

std::string secret_name_of(const EnvironmentVariable& variable) {
  return ascii::lower(variable.name);
}

Edits give_as_secret(const Workload& workload, const EnvironmentVariable& variable) {
  if (workload.form != Form::kCompose || workload.compose == nullptr || workload.node == nullptr) {
    return refuse("only Compose has secrets for it");
  }
  if (variable.place.file != workload.file || workload.compose->file != workload.file) {
    return refuse("it is written in another file");
  }
  const SourceFile& file = *workload.file;
  const std::string name = secret_name_of(variable);
  const std::string path = "/run/secrets/" + name;
  Edits edits = renamed(workload, variable, path);
  if (workload.secrets.find(name) == nullptr) {
    edits = both(std::move(edits),
                 yaml::append(file, *workload.node, {"secrets"}, yaml::NewNode::of(name)));
  }
  const Node* secrets = workload.compose->root->find("secrets");
  if (secrets == nullptr || secrets->find(name) == nullptr) {
    edits =
        both(std::move(edits), yaml::put(file, *workload.compose->root, {"secrets", name, "file"},
                                         yaml::NewNode::of("./secrets/" + name)));
  }
  return in_its_file(workload, std::move(edits));
}

Edits require_variable(const Workload& workload, const EnvironmentVariable& variable) {
  if (variable.value_place.file != workload.file) return refuse("it is written in another file");
  if (workload.form == Form::kDockerRun || workload.form == Form::kPodmanRun)
    return in_its_file(workload, name_alone(workload, variable));
  if (workload.form == Form::kQuadlet) {
    return in_its_file(workload, podman_secret(workload, variable));
  }
  if (workload.form != Form::kCompose) return refuse("only Compose asks for variables");
  const SourceFile& file = *workload.file;
  const Span span = variable.value_place.span;
  const std::string_view old = file.slice(span);
  // Within a scalar that is quoted as a whole, or plain on a line of its own, it needs no quotes.
  if (old.empty() || old.find('\n') != std::string_view::npos)
    return refuse("its value is no word");
  const std::uint32_t line = file.line_span(file.line_index(span.begin)).begin;
  if (file.slice({line, span.begin}).find_first_of("{[") != std::string_view::npos) {
    return refuse("it stands in a flow collection");
  }
  std::string text = "${" + name_asked_for(variable, old) + ":?}";
  const char first = old.front();
  if ((first == '"' || first == '\'') && old.size() >= 2 && old.back() == first) {
    text = first + text + first;
  }
  return in_its_file(workload, std::vector<Edit>{{span, std::move(text)}});
}

}  // namespace plimsoll::spelling
