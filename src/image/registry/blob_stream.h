#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "archive/byte_stream.h"
#include "image/registry/session.h"

namespace plimsoll::image::registry {

/// A blob as it comes. Where the connection breaks it is asked for the rest; at the end its bytes
/// are compared with its digest, and the last of them are not given out when they differ.
/// @param session  must outlive the stream
/// @param size     as the manifest says: neither less nor more is taken
[[nodiscard]] std::unique_ptr<archive::ByteStream> blob_stream(Session& session, std::string digest,
                                                               std::uint64_t size);

}  // namespace plimsoll::image::registry
