#include "check/cluster_secret.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "check/remedy.h"
#include "parse/yaml_edit.h"
#include "parse/yaml_text.h"
#include "workload/kubernetes.h"

namespace plimsoll::check {
namespace {

using Reason = tl::unexpected<std::string>;

/// The entry of `env` that sets the variable; null when it is written elsewhere.
const Node* entry_of(const Workload& workload, const EnvironmentVariable& variable) {
  const Node* env = workload.node == nullptr ? nullptr : workload.node->find("env");
  if (env == nullptr || env->shared || variable.place.file != workload.file) return nullptr;
  const Span place = variable.place.span;
  const auto next =
      std::partition_point(env->items.begin(), env->items.end(),
                           [place](const Node* item) { return item->span.begin <= place.begin; });
  if (next == env->items.begin()) return nullptr;
  const Node* item = *(next - 1);
  return item->span.contains(place) ? item : nullptr;
}

yaml::Edits take_from_secret(const Workload& workload, const EnvironmentVariable& variable,
                             const std::string& secret) {
  const Node* item = entry_of(workload, variable);
  const Node::Entry* value = item == nullptr ? nullptr : item->find_entry("value");
  if (value == nullptr || value->merged || item->shared ||
      !item->span.contains(value->value->span) || !value->value->anchor.empty() ||
      !value->value->tag.empty()) {
    return Reason("it is written elsewhere");
  }
  const Node& text = *value->value;
  if (!text.is_scalar() || text.style == Node::Style::kLiteral ||
      text.style == Node::Style::kFolded) {
    return Reason("it is a block scalar");
  }
  const auto spelled = yaml::spelling_in(*workload.file, *item);
  if (!spelled) return Reason(spelled.error());
  using yaml::NewNode;
  NewNode reference = NewNode::mapping(
      {{"secretKeyRef",
        NewNode::mapping({{"name", NewNode::of(secret)}, {"key", NewNode::of(variable.name)}})}});
  const Span span{value->key->span.begin, text.span.end};
  const std::string key = spelled->key("valueFrom") + ':';
  if (spelled->flow) {
    return std::vector<Edit>{{span, key + ' ' + spelled->inline_text(reference)}};
  }
  const SourceFile& file = *workload.file;
  const std::uint32_t column = span.begin - file.line_span(file.line_index(span.begin)).begin;
  return std::vector<Edit>{{span, key + spelled->after_key(reference, std::string(column, ' '))}};
}

}  // namespace

void offer_cluster_secret(const Workload& workload, const EnvironmentVariable& variable,
                          Finding& finding) {
  if (variable.source != EnvironmentVariable::Source::kLiteral || workload.pod == nullptr ||
      workload.pod->object == nullptr) {
    finding.unfixed = "only a value that stands in the manifest can come from a Secret instead";
    return;
  }
  const kubernetes::Object& owner = *workload.pod->object;
  if (owner.name.empty()) {
    finding.unfixed = "it has no name that a Secret could be named after";
    return;
  }
  const std::string secret(owner.name);
  remedy(finding, "take it from the Secret '" + secret + "'",
         take_from_secret(workload, variable, secret), FixSafety::kUnsafe);
  if (!finding.fix) return;
  // A Secret as a file is better still, but not every program reads files.
  finding.fix->reveals = "secret-from-kubernetes-env";
  finding.fix->advice = "make the Secret with a new value of " + variable.name +
                        " (kubectl create secret generic " + secret +
                        (owner.ns.empty() ? "" : " --namespace " + std::string(owner.ns)) +
                        " --from-env-file=FILE), and replace the old value wherever it was used";
}

}  // namespace plimsoll::check
