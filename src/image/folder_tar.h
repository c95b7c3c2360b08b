#pragma once

#include <memory>

#include "archive/byte_stream.h"
#include "image/folder_reader.h"

namespace plimsoll::image {

/// A folder as the tar that it would be, made while it is read. A file that changes meanwhile is
/// cut or filled up to the size it began with. `folder` must outlive it.
[[nodiscard]] std::unique_ptr<archive::ByteStream> tar_of(FolderReader& folder);

}  // namespace plimsoll::image
