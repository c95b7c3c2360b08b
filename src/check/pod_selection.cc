#include "check/pod_selection.h"

#include <algorithm>

#include "check/manifest.h"
#include "check/object_names.h"

namespace plimsoll::check {
namespace {

using manifest::child;

constexpr std::size_t kMostComparisons = 20'000'000;

std::size_t size_of(const PodSelector& selector) {
  if (selector.plain) return 1 + manifest::entries(selector.node).size();
  std::size_t size = 1 + manifest::entries(child(selector.node, "matchLabels")).size();
  for (const Node* expression : manifest::elements(child(selector.node, "matchExpressions"))) {
    size += 1 + manifest::elements(expression->find("values")).size();
  }
  return size;
}

}  // namespace

Selection selects(const PodSelector& selector, const kubernetes::Pod& pod) {
  const std::string_view ns = selector.object->ns;
  const std::string_view ns_of_pod = pod.object->ns;
  if (!may_share_namespace(ns, ns_of_pod)) return Selection::kNo;
  const Node* const labels = child(pod.metadata, "labels");
  const std::optional<bool> fits = selector.plain ? manifest::has_labels(selector.node, labels)
                                                  : manifest::selects(*selector.node, labels);
  if (!fits) return Selection::kPerhaps;
  // The API server wants labels in every template: what has none is a patch, or a tool adds them.
  const bool unfinished = labels == nullptr && pod.object->kind != "Pod";
  if (!*fits) return unfinished ? Selection::kPerhaps : Selection::kNo;
  return ns == ns_of_pod ? Selection::kYes : Selection::kPerhaps;
}

bool selects_some(const PodSelector& selector, const kubernetes::Manifests& manifests) {
  return std::any_of(
      manifests.pods.begin(), manifests.pods.end(),
      [&selector](const kubernetes::Pod& pod) { return selects(selector, pod) != Selection::kNo; });
}

bool is_selected(const kubernetes::Pod& pod, std::span<const PodSelector> selectors) {
  return std::any_of(selectors.begin(), selectors.end(), [&pod](const PodSelector& selector) {
    return selects(selector, pod) != Selection::kNo;
  });
}

bool can_compare(std::span<const PodSelector> selectors, const kubernetes::Manifests& manifests) {
  std::size_t wanted = 0;
  for (const PodSelector& selector : selectors) wanted += size_of(selector);
  std::size_t labels = 0;
  for (const kubernetes::Pod& pod : manifests.pods) {
    labels += 1 + manifest::entries(child(pod.metadata, "labels")).size();
  }
  return labels == 0 || wanted <= kMostComparisons / labels;
}

}  // namespace plimsoll::check
