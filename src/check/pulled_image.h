#pragma once

#include <optional>
#include <string_view>

#include "parse/image_reference.h"
#include "workload/workload.h"

namespace plimsoll::check {

/// The image that a workload takes from a registry. Nothing when it is built here, not known before
/// run time, or no valid reference.
[[nodiscard]] std::optional<ImageReference> pulled_image(const Workload& workload);

/// Where `image` is written, else what names the workload.
[[nodiscard]] Place image_place(const Workload& workload);

/// The last component of the image's name, without tag: "postgres" of ghcr.io/x/postgres:16.
/// "" when there is no image. A view into `workload`.
[[nodiscard]] std::string_view image_base_name(const Workload& workload);

}  // namespace plimsoll::check
