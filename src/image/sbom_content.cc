#include "image/sbom_content.h"

#include <algorithm>
#include <array>
#include <utility>

#include "archive/decompress.h"
#include "core/ascii.h"
#include "image/purl.h"

namespace plimsoll::image {
namespace {

using Read = Result<void> (*)(PackageFile&, PackageList&, SbomSubject&);

/// By what its format must say; the first counts, since parts may quote other documents. Null: no
/// bill of materials.
Read reader_of(std::string_view text) {
  struct Sign {
    std::string_view text;
    Read read;
  };
  constexpr std::array<Sign, 6> kSigns = {{{"\"bomFormat\"", read_cyclonedx},
                                           {"cyclonedx.org/schema/bom", read_cyclonedx},
                                           {"\"SPDXID\"", read_spdx},
                                           {"\"spdxVersion\"", read_spdx},
                                           {"spdx.org/rdf/3", read_spdx},
                                           {"spdxVersion:", read_spdx}}};
  if (ascii::trim(text).starts_with("SPDXVersion:")) return read_spdx;
  Read read = nullptr;
  for (const Sign& sign : kSigns) {
    const std::size_t at = text.find(sign.text);
    if (at == std::string_view::npos) continue;
    text = text.substr(0, at);
    read = sign.read;
  }
  return read;
}

/// "debian-12" of the package URLs of its packages.
OsRelease release_of(const std::vector<Package>& packages) {
  for (const Package& package : packages) {
    if (!ascii::contains(package.purl, "distro=")) continue;
    const auto url = parse_purl(package.purl);
    const std::string_view distro = url ? url->qualifier("distro") : std::string_view();
    if (distro.empty()) continue;
    const std::size_t dash = distro.rfind('-');
    const bool has_version = dash != std::string_view::npos && dash + 1 < distro.size() &&
                             ascii::is_digit(distro[dash + 1]);
    if (!has_version) return {.id = std::string(distro)};
    return {.id = std::string(distro.substr(0, dash)),
            .version_id = std::string(distro.substr(dash + 1))};
  }
  return {};
}

Result<std::string> read_all(archive::ByteStream& stream, const std::string& path) {
  std::string bytes;
  std::string buffer(1U << 20U, '\0');
  while (true) {
    const auto got = stream.read(buffer);
    if (!got) return tl::unexpected(got.error());
    if (*got == 0) return bytes;
    if (bytes.size() + *got > kMostBytes) {
      return fail(ErrorCode::kTooLarge, "larger than any bill of materials", path);
    }
    bytes.append(buffer, 0, *got);
  }
}

}  // namespace

bool is_sbom(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  head = ascii::trim(head);
  const bool may_be = head.starts_with('{') || head.starts_with('<') ||
                      head.starts_with("SPDXVersion:") || head.starts_with("spdxVersion:");
  return may_be && reader_of(head) != nullptr;
}

Result<SbomContent> read_sbom(std::string path, std::string bytes) {
  PackageFile file(std::move(path), std::move(bytes));
  const Read read = reader_of(file.bytes());
  if (read == nullptr) {
    return fail(ErrorCode::kInvalid, "no bill of materials: neither CycloneDX nor SPDX",
                file.path());
  }
  SbomContent content;
  PackageList list("", file.path());
  if (auto done = read(file, list, content.subject); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  if (list.is_full()) {
    content.problems.push_back(
        {ErrorCode::kLimit, "more packages than are taken of one file", file.path()});
  }
  content.packages = std::move(list).finish();
  OsRelease& release = content.subject.release;
  if (release.id.empty()) release = release_of(content.packages);
  for (Package& package : content.packages) {
    name_distribution(package, release);
    package.purl = purl_of(package, release);
  }
  return content;
}

Result<SbomContent> read_sbom(const std::string& path, std::unique_ptr<archive::ByteStream> file) {
  auto plain = archive::decompress(std::move(file), {.most_bytes = kMostBytes});
  if (!plain) return tl::unexpected(std::move(plain.error()));
  auto bytes = read_all(**plain, path);
  if (!bytes) return tl::unexpected(std::move(bytes.error()));
  return read_sbom(path, *std::move(bytes));
}

}  // namespace plimsoll::image
