#include "image/binary/embedded_packages.h"

#include "archive/inflate.h"
#include "image/node_field.h"

namespace plimsoll::image {
namespace {

constexpr std::size_t kMostJson = 8U << 20U;  // the limit that cargo-auditable names
constexpr std::uint32_t kPackageNote = 0xcafe1a7e;

/// The DEFLATE stream inside of zlib's frame (RFC 1950).
std::string_view unwrapped(std::string_view zlib) {
  constexpr unsigned kDeflate = 8;
  constexpr unsigned kDictionary = 0x20;
  if (zlib.size() < 6) return {};
  const auto method = static_cast<unsigned char>(zlib[0]);
  const auto flags = static_cast<unsigned char>(zlib[1]);
  const bool good = (method & 0xFU) == kDeflate && (flags & kDictionary) == 0 &&
                    (method * 256U + flags) % 31 == 0;
  return good ? zlib.substr(2) : std::string_view();
}

std::string_view ecosystem_of(std::string_view type, std::string_view os) {
  if (type == "deb") return os == "ubuntu" ? "Ubuntu" : "Debian";
  if (type == "rpm") return "RPM";
  if (type == "apk") return "Alpine";
  if (type == "alpm") return "Arch";
  return {};
}

}  // namespace

Result<void> add_rust_packages(const ElfFile& file, const std::string& path, PackageList& list) {
  const std::string_view section = file.section(".dep-v0");
  if (section.empty()) return {};
  const std::string_view stream = unwrapped(section);
  if (stream.empty())
    return fail(ErrorCode::kInvalid, "its list of crates is no zlib stream", path);
  auto json = archive::inflate(stream, kMostJson);
  if (!json) return tl::unexpected(std::move(json.error()));
  PackageFile content(path, *std::move(json));
  const auto root = content.json();
  if (!root) return tl::unexpected(root.error());
  for (const Node* row : items_of(**root, "packages")) {
    Package package;
    package.name = field(*row, "name");
    package.version = field(*row, "version");
    package.dev = field(*row, "kind") == "build";
    list.add(std::move(package));
  }
  return {};
}

Result<void> add_noted_package(const ElfFile& file, const std::string& path, PackageList& list) {
  std::string_view note = file.note("FDO", kPackageNote);
  note = note.substr(0, note.find('\0'));
  if (note.empty()) return {};
  PackageFile content(path, std::string(note));
  const auto root = content.json();
  if (!root) return tl::unexpected(root.error());
  Package package;
  package.ecosystem = ecosystem_of(field(**root, "type"), field(**root, "os"));
  if (package.ecosystem.empty()) return {};
  package.name = field(**root, "name");
  package.version = field(**root, "version");
  package.architecture = field(**root, "architecture");
  list.add(std::move(package));
  return {};
}

}  // namespace plimsoll::image
