#include "advisory/ignore_format.h"

#include <utility>

#include "core/limits.h"

namespace plimsoll::advisory {

const IgnoreFormat* ignore_format_of(std::string_view path) {
  for (const IgnoreFormat* format : all_ignore_formats()) {
    if (format->recognises(path)) return format;
  }
  return nullptr;
}

IgnoreFile read_ignore_file(std::string path, std::string text) {
  IgnoreFile file;
  const IgnoreFormat* format = ignore_format_of(path);
  if (format == nullptr) {
    file.problems.push_back(
        {.code = ErrorCode::kUsage, .message = "no ignore file is called so", .path = path});
  } else if (text.size() > limits::kConfigurationBytes) {
    file.problems.push_back(
        {.code = ErrorCode::kTooLarge, .message = "more than 1 MiB", .path = path});
  } else {
    const SourceFile source(std::move(path), std::move(text));
    file = format->read(source);
  }
  return file;
}

}  // namespace plimsoll::advisory
