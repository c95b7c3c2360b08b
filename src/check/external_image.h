#pragma once

#include <string_view>
#include <utility>

#include "check/rule.h"
#include "parse/dockerfile_scope.h"

namespace plimsoll::check {

/// An image that a Dockerfile takes from a registry.
struct ExternalImage {
  std::string_view text;  ///< variables replaced; valid during the visit
  Span span;
  bool from = false;  ///< FROM, and not COPY --from= or RUN --mount=…,from=
};

/// The value of `key` in a flag such as --mount=type=bind,from=image; "" when absent.
[[nodiscard]] std::string_view mount_field(std::string_view mount, std::string_view key);

/// Calls visit(ExternalImage) for each image of FROM, COPY --from= and RUN --mount=…,from= that is
/// neither scratch nor a stage. Those that depend on a variable without default are left out.
template <class Visit>
void for_each_external_image(const DockerfileView& view, Visit visit) {
  // Each reads all that is declared before it: a hostile file must not make that quadratic.
  int expansions_left = 64;
  const auto offer = [&](const dockerfile::Instruction& instruction, std::string_view written,
                         Span span) {
    if (written.empty() || ascii::is_number(written)) return;
    if (view.file.find_stage(written) != nullptr) return;
    if (written.find('$') == std::string_view::npos) {
      visit(ExternalImage{written, span, false});
      return;
    }
    if (expansions_left-- <= 0) return;
    const dockerfile::Expansion expanded =
        dockerfile::Scope(view.file, instruction).expand(written);
    if (expanded.known && view.file.find_stage(expanded.text) == nullptr) {
      visit(ExternalImage{expanded.text, span, false});
    }
  };
  for (const dockerfile::Stage& stage : view.file.stages) {
    if (stage.parent || !stage.image_known || stage.image_expanded == "scratch") continue;
    visit(ExternalImage{stage.image_expanded, stage.image_span, true});
  }
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    for (const dockerfile::Flag& flag : instruction.flags) {
      if (flag.name == "from") {
        offer(instruction, flag.value, flag.value_span);
      } else if (flag.name == "mount") {
        offer(instruction, mount_field(flag.value, "from"), flag.value_span);
      }
    }
  }
}

/// What the stage is FROM when it is an image: also when its variables are declared by nobody, so
/// that BuildKit always takes them as empty, as in alpine$TAG. Nothing for scratch, other stages
/// and what cannot be known.
[[nodiscard]] std::optional<ImageReference> base_reference(const DockerfileView& view,
                                                           const dockerfile::Stage& stage);

/// The last path component of FROM as written, when no variable takes part in it: "ubuntu:20.04" of
/// ${REGISTRY}/ubuntu:20.04; "" otherwise.
[[nodiscard]] std::string_view literal_name(std::string_view written);

}  // namespace plimsoll::check
