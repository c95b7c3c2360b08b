#pragma once

#include <memory>
#include <vector>

#include "image/blob_store.h"
#include "image/registry/endpoint.h"
#include "image/registry/reference.h"
#include "image/registry/session.h"
#include "image/saved_image.h"

namespace plimsoll::image::registry {

/// Finds the manifest of an image and gives the image as an OCI layout, whose layers are streamed
/// when they are opened: nothing is copied to disk. Of several platforms only one is in it.
/// @param wanted        empty: this machine's, where there are several
/// @error kNotFound     no registry has it, or not for this platform; the message lists which
/// @error kInvalid      not what its digest says, or of a kind that is not read
/// @error kEnvironment  nobody could be asked, or nobody may
[[nodiscard]] Result<std::unique_ptr<BlobStore>> open_remote(
    const Reference& reference, const std::vector<Endpoint>& endpoints, const Platform& wanted,
    std::shared_ptr<const Surroundings> surroundings);

}  // namespace plimsoll::image::registry
