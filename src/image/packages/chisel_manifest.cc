#include <array>
#include <map>

#include "archive/decompress.h"
#include "core/ascii.h"
#include "image/lines.h"
#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

constexpr std::size_t kMostTextBytes = 64U << 20U;
constexpr std::size_t kMostRows = 1'000'000;

Result<std::string> text_of(std::string_view bytes) {
  auto stream = archive::decompress(archive::memory_stream(bytes), {.most_bytes = kMostTextBytes});
  if (!stream) return tl::unexpected(std::move(stream.error()));
  std::string text;
  std::array<char, 64U << 10U> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  while (true) {
    const auto count = (*stream)->read(buffer);
    if (!count) return tl::unexpected(count.error());
    if (*count == 0) return text;
    text.append(buffer.data(), *count);
  }
}

using Files = std::map<std::string, std::vector<std::string>, std::less<>>;  // of a package

/// {"kind":"content","slice":"openssl_bins","path":"/usr/bin/openssl"}. A slice is called after its
/// package, whose name has no '_'. Folders end in '/'.
void add_content(const Node& row, Files& files) {
  const std::string_view slice = field(row, "slice");
  const std::string_view path = field(row, "path");
  if (path.empty() || path.ends_with('/')) return;
  files[std::string(slice.substr(0, slice.find('_')))].emplace_back(path);
}

void add_package(const Node& row, Files& files, PackageList& list) {
  const std::string_view version = field(row, "version");
  if (version.empty()) return;
  Package& package = list.add(field(row, "name"), version);
  package.architecture = field(row, "arch");
  if (const auto own = files.find(package.name); own != files.end()) {
    package.files = std::move(own->second);
    files.erase(own);
  }
}

/// A JSON object a line, sorted, so that the contents come before the packages: a "jsonwall",
/// compressed with zstd.
Result<void> read(PackageFile& file, PackageList& list) {
  const auto text = text_of(file.bytes());
  if (!text) return tl::unexpected(text.error());
  std::string_view rest = *text;
  if (!ascii::contains(rest.substr(0, rest.find('\n')), "\"jsonwall\"")) {
    return fail(ErrorCode::kInvalid, "no manifest of Chisel: no 'jsonwall' in its first line",
                file.path());
  }
  Files files;
  for (std::size_t rows = 0; !rest.empty(); ++rows) {
    if (rows == kMostRows) {
      return fail(ErrorCode::kLimit, "more rows than are read of one manifest", file.path());
    }
    PackageFile row(file.path(), std::string(take_line(rest)));
    const auto object = row.json();
    if (!object) continue;
    const std::string_view kind = field(**object, "kind");
    if (kind == "content") add_content(**object, files);
    if (kind == "package") add_package(**object, files, list);
  }
  return {};
}

}  // namespace

const PackageReader& chisel_manifest() {
  static constexpr PackageReader kReader{
      .kind = "chisel-manifest",
      .ecosystem = "Ubuntu",
      .files = "**/manifest.wall",
      .read = read,
      .source = "https://documentation.ubuntu.com/chisel/en/latest/reference/manifest"};
  return kReader;
}

}  // namespace plimsoll::image::packages
