#include <algorithm>
#include <string>
#include <unordered_map>

#include "core/ascii.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

struct Row {
  std::string_view version;
  std::uint32_t line = 0;
};

/// "module v1.0.0 h1:hash" or "module v1.0.0/go.mod h1:hash". A module stands once for each version
/// that some go.mod asks for, in the order of versions; the last one is what a build takes.
Result<void> read(PackageFile& file, PackageList& list) {
  std::unordered_map<std::string_view, Row> last;
  std::uint32_t line_number = 0;
  std::uint32_t first_other = 0;
  for (const std::string_view each : ascii::split(file.bytes(), '\n')) {
    ++line_number;
    const std::string_view line = ascii::trim(each);
    if (line.empty()) continue;
    const std::size_t first = std::min(line.find(' '), line.size());
    const std::string_view rest = ascii::trim(line.substr(first));
    std::string_view version = rest.substr(0, rest.find(' '));
    if (version.size() == rest.size() || !version.starts_with('v')) {
      if (first_other == 0) first_other = line_number;
      continue;
    }
    if (version.ends_with("/go.mod")) version.remove_suffix(7);
    Row& row = last[line.substr(0, first)];
    if (row.version != version) row = {version, line_number};
  }
  for (const auto& [module, row] : last) list.add(module, row.version, row.line);
  if (first_other == 0) return {};
  return file.fail_at(first_other, "no 'module version hash'");
}

}  // namespace

const PackageReader& go_sum() {
  static constexpr PackageReader kReader{.kind = "go-sum",
                                         .ecosystem = "Go",
                                         .presence = Presence::kLocked,
                                         .files = "**/go.sum",
                                         .read = read,
                                         .source = "https://go.dev/ref/mod#go-sum-files"};
  return kReader;
}

}  // namespace plimsoll::image::packages
