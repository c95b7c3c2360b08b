#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "workload/kubernetes.h"

/// Which pods a selector means, as far as manifests can tell.
namespace plimsoll::check {

/// A selector of pods with the namespace that it is for.
struct PodSelector {
  const kubernetes::Object* object = nullptr;  ///< whose it is
  const Node* node = nullptr;                  ///< never null
  bool plain = false;                          ///< a Service's: labels alone, no matchLabels
};

enum class Selection : std::uint8_t {
  kNo,
  kPerhaps,  ///< a template, a namespace that is not written, labels that a tool adds
  kYes,
};
[[nodiscard]] Selection selects(const PodSelector& selector, const kubernetes::Pod& pod);

/// At least perhaps.
[[nodiscard]] bool selects_some(const PodSelector& selector,
                                const kubernetes::Manifests& manifests);
[[nodiscard]] bool is_selected(const kubernetes::Pod& pod, std::span<const PodSelector> selectors);

/// Whether every selector can be compared with every pod in reasonable time: there may be thousands
/// of each, with thousands of labels.
[[nodiscard]] bool can_compare(std::span<const PodSelector> selectors,
                               const kubernetes::Manifests& manifests);

}  // namespace plimsoll::check
