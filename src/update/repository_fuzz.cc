// A list of mirrors, a line with "--", and a repomd.xml, as a hostile server could send them.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/bug.h"
#include "update/repository.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plimsoll;
  using namespace plimsoll::update;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = text.find("\n--\n");
  const auto repository =
      repository_of_list("https://list.example/a/mirror.list", text.substr(0, end));
  if (repository &&
      !(repository->starts_with("https://list.example/") && repository->ends_with('/'))) {
    PL_BUG("a repository of another server");
  }
  if (end == std::string_view::npos) return 0;
  const auto file = updateinfo_of(text.substr(end + 4));
  if (!file) return 0;
  if (file->digest.size() != 71) PL_BUG("no digest");
  const std::string path = '/' + file->path + '/';
  for (const char* way : {"//", "/./", "/../", ":", "?", "#", "%", "\\", "\n"}) {
    if (path.find(way) != std::string::npos) PL_BUG("a path leads elsewhere");
  }
  return 0;
}
