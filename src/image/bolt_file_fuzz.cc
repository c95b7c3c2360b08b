#include <cstdint>
#include <string_view>

#include "core/bug.h"
#include "image/bolt_file.h"

/// Any bytes as a database: no value is larger than the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll::image;
  using plimsoll::Result;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto file = BoltFile::open([bytes](std::uint64_t offset, std::size_t count) {
    const std::size_t from =
        offset < bytes.size() ? static_cast<std::size_t>(offset) : bytes.size();
    return Result<std::string>(std::string(bytes.substr(from, count)));
  });
  if (!file) return 0;
  if (!file->is_current()) PL_BUG("the same bytes are another transaction");
  for (const std::string_view key : {"a", "b", "v1", "zz"}) {
    const auto value = file->get({}, key);
    if (value && *value && (*value)->size() > size) PL_BUG("a value larger than the file");
    static_cast<void>(file->get({"b"}, key));
    static_cast<void>(file->get({"v1", "default", "images", "app:1", "target"}, key));
  }
  return 0;
}
