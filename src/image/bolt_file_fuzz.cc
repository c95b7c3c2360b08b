#include <cstdint>
#include <string_view>

#include "core/bug.h"
#include "image/bolt_file.h"

/// Any bytes as a database: what is found must be found again by its name.
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
  for (const std::string_view bucket : {"v1", "b"}) {
    const auto keys = file->keys({bucket});
    if (!keys || keys->size() > 1000) continue;
    for (const std::string& key : *keys) {
      static_cast<void>(file->get({bucket}, key));
      static_cast<void>(file->keys({bucket, key}));
    }
  }
  return 0;
}
