#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "parse/node.h"
#include "workload/kubernetes.h"

/// What rules about Kubernetes objects ask of their nodes.
namespace plimsoll::check::manifest {

/// Of a sequence; nothing for null or any other node.
[[nodiscard]] std::span<const Node* const> elements(const Node* node);
/// Of a mapping; nothing for null or any other node.
[[nodiscard]] std::span<const Node::Entry> entries(const Node* node);
/// find() that takes null.
[[nodiscard]] const Node* child(const Node* node, std::string_view key);
/// Null counts as absent, as for the API server.
[[nodiscard]] bool is_present(const Node* node);

/// A tool fills `text` in before Kubernetes sees it: {{ helm }}, ${envsubst}, $(kustomize).
[[nodiscard]] bool is_template(std::string_view text);

/// The part of apiVersion before the slash; "" for the core group.
[[nodiscard]] std::string_view api_group(const kubernetes::Object& object);
/// The value of a label of metadata; "" when there is none.
[[nodiscard]] std::string_view label(const Node* metadata, std::string_view key);

/// Whether `labels`, which may be null, hold every entry of `wanted`. Nullopt: a tool fills one in.
[[nodiscard]] std::optional<bool> has_labels(const Node* wanted, const Node* labels);
/// Whether a LabelSelector (matchLabels, matchExpressions) takes `labels`, which may be null.
/// An empty selector takes everything. Nullopt: holds something that we do not understand.
[[nodiscard]] std::optional<bool> selects(const Node& selector, const Node* labels);
[[nodiscard]] bool selects_everything(const Node& selector);

}  // namespace plimsoll::check::manifest
