#pragma once

#include <memory>
#include <string>

#include "archive/byte_stream.h"

namespace plimsoll::image {

/// A file from its first byte, or a pipe; "-" is standard input. Closed with the stream.
/// @error kNotFound, kUnreadable  also of a folder
[[nodiscard]] Result<std::unique_ptr<archive::ByteStream>> open_file(const std::string& path);

/// Bytes that were read already, and then the rest of the stream they are from.
[[nodiscard]] std::unique_ptr<archive::ByteStream> put_back(
    std::string bytes, std::unique_ptr<archive::ByteStream> rest);

}  // namespace plimsoll::image
