#pragma once

#include <string_view>

#include "check/rule.h"
#include "parse/dockerfile_edit.h"

namespace plimsoll::check {

/// Gives a stage's base image another tag, where that is written: in FROM, or in the default of
/// the ARG that FROM takes it from.
/// @param reference  what FROM means now
[[nodiscard]] dockerfile::Edits set_base_tag(const DockerfileView& view,
                                             const dockerfile::Stage& stage,
                                             const ImageReference& reference, std::string_view tag);

/// The same for a base image that is pinned: its digest becomes `digest`, and the tag before it, if
/// there is one, `tag`. Only what is written plainly in FROM.
[[nodiscard]] dockerfile::Edits set_base_pin(const DockerfileView& view,
                                             const dockerfile::Stage& stage, std::string_view tag,
                                             std::string_view digest);

}  // namespace plimsoll::check
