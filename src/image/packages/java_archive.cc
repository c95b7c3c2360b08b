#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "archive/zip_archive.h"
#include "core/ascii.h"
#include "core/path.h"
#include "image/java_name.h"
#include "image/maven_project.h"
#include "image/package_reader.h"
#include "image/xml_document.h"

namespace plimsoll::image::packages {
namespace {

constexpr std::size_t kMostDepth = 8;  ///< archives in archives
constexpr std::size_t kMostMembers = 100'000;
constexpr std::size_t kMostUnpacked = 2U << 30U;
constexpr std::size_t kMostMemberBytes = 256U << 20U;  ///< held at once, for each depth
constexpr std::size_t kMostHeldBytes = 512U << 20U;    ///< held at once, of all depths
constexpr std::size_t kMostRatio = 200;
constexpr std::size_t kFreeBytes = 1U << 20U;  ///< whatever the ratio: short texts pack well
constexpr std::size_t kMostPathBytes = 4'096;
constexpr std::size_t kMostTextBytes = 4U << 20U;
constexpr std::size_t kMostLevels = 6;  ///< of a package that tells a group

constexpr std::string_view kEndings[] = {".jar", ".war", ".ear", ".par",
                                         ".hpi", ".jpi", ".nar", ".sar"};

bool is_archive(std::string_view path) {
  const std::string ending = ascii::lower(path::extension(path));
  return std::find(std::begin(kEndings), std::end(kEndings), ending) != std::end(kEndings);
}

/// An archive and all archives inside, within one budget for all.
class Reading {
 public:
  explicit Reading(PackageList& list) : list_(list) {}

  // NOLINTNEXTLINE(misc-no-recursion): at most kMostDepth
  void archive(std::string_view bytes, const std::string& path, std::size_t depth,
               std::size_t held) {
    const auto entries = archive::zip_entries(bytes);
    if (!entries) return tell(entries.error(), path);
    members_ += entries->size();
    if (members_ > kMostMembers) return tell({ErrorCode::kLimit, "more files than are read"}, path);
    if (archive::zip_entries_overlap(*entries)) {
      return tell({ErrorCode::kInvalid, "files of the archive share bytes"}, path);
    }
    name(bytes, *entries, path);
    for (const archive::ZipEntry& entry : *entries) {
      if (!is_archive(entry.path) || entry.path.ends_with('/')) continue;
      const std::string inner = path + "!/" + std::string(entry.path);
      if (inner.size() > kMostPathBytes) {
        tell({ErrorCode::kLimit, "a longer path than is read"}, path);
        continue;
      }
      if (depth == kMostDepth) {
        return tell({ErrorCode::kLimit, "archives in archives deeper than are read"}, inner);
      }
      const auto unpacked =
          member(bytes, entry, std::min(kMostMemberBytes, kMostHeldBytes - held), inner);
      if (unpacked) archive(*unpacked, inner, depth + 1, held + unpacked->size());
      if (unpacked_ >= kMostUnpacked || list_.is_full()) return;
    }
  }

  /// The first of what went wrong.
  [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }

 private:
  void tell(Error error, const std::string& path) {
    if (problem_) return;
    // The file that people can find is the outermost one.
    error.path.clear();
    const std::size_t inside = path.find("!/");
    if (inside != std::string::npos) error.message += " (in '" + path.substr(inside + 2) + "')";
    problem_ = std::move(error);
  }

  std::optional<std::string> member(std::string_view bytes, const archive::ZipEntry& entry,
                                    std::size_t most, const std::string& path) {
    const std::size_t by_ratio = std::max(kFreeBytes, std::size_t{entry.packed_bytes} * kMostRatio);
    const std::size_t left = kMostUnpacked - std::min(unpacked_, kMostUnpacked);
    const std::size_t limit = std::min({most, by_ratio, left});
    auto unpacked = archive::unzip(bytes, entry, limit);
    if (!unpacked) {
      const bool is_much = unpacked.error().code == ErrorCode::kTooLarge;
      if (is_much) unpacked_ += limit;  // the work was done all the same
      tell(is_much ? Error{ErrorCode::kLimit, "unpacks to more than is read"} : unpacked.error(),
           path);
      return std::nullopt;
    }
    unpacked_ += unpacked->size();
    return *std::move(unpacked);
  }

  /// What the archive is, and what was put into it without its own archive (shading).
  void name(std::string_view bytes, const std::vector<archive::ZipEntry>& entries,
            const std::string& path) {
    std::vector<JavaName> names = described(bytes, entries, path);
    const std::string own = java_name_of_file(path).artifact;
    const bool is_told = std::any_of(names.begin(), names.end(), [&](const JavaName& each) {
      return each.artifact == own || own.starts_with(each.artifact + '-');
    });
    // A single description is the archive's own, however the file was renamed.
    if (!is_told && names.size() != 1) names.push_back(guessed(bytes, entries, path));
    for (const JavaName& each : names) {
      if (each.artifact.empty() || each.version.empty()) continue;
      Package package;
      package.name = each.group.empty() ? each.artifact : each.group + ':' + each.artifact;
      package.version = each.version;
      package.path = path;
      list_.add(std::move(package));
    }
  }

  /// By pom.properties, and by pom.xml where there is none of them.
  std::vector<JavaName> described(std::string_view bytes,
                                  const std::vector<archive::ZipEntry>& entries,
                                  const std::string& path) {
    std::vector<JavaName> names;
    for (const archive::ZipEntry& entry : entries) {
      if (!is_description(entry.path, "pom.properties")) continue;
      const auto text = member(bytes, entry, kMostTextBytes, path);
      if (!text) continue;
      JavaName name = parse_pom_properties(*text);
      if (name.is_whole()) names.push_back(std::move(name));
    }
    if (!names.empty()) return names;
    for (const archive::ZipEntry& entry : entries) {
      if (!is_description(entry.path, "pom.xml")) continue;
      const auto text = member(bytes, entry, kMostTextBytes, path);
      if (!text) continue;
      const auto document = xml::parse(*text);
      if (!document) continue;
      MavenProject project(xml::child(**document, "project"));
      JavaName name{project.group(), project.artifact(), project.version()};
      if (name.is_whole()) names.push_back(std::move(name));
    }
    return names;
  }

  /// META-INF/maven/group/artifact/pom.xml, not one that an archive of sources brings.
  static bool is_description(std::string_view path, std::string_view file) {
    return path::name(path) == file && ascii::contains(path, "META-INF/maven/");
  }

  JavaName guessed(std::string_view bytes, const std::vector<archive::ZipEntry>& entries,
                   const std::string& path) {
    JavaManifest manifest;
    for (const archive::ZipEntry& entry : entries) {
      if (!ascii::iequals(entry.path, "META-INF/MANIFEST.MF")) continue;
      if (const auto text = member(bytes, entry, kMostTextBytes, path)) {
        manifest = parse_java_manifest(*text);
      }
      break;
    }
    return guess_java_name(manifest, path, common_package(entries));
  }

  /// "org.a.b" where nine of ten classes are in org/a/b and below. Other builds of the same classes
  /// below META-INF, and what a web application keeps in a folder of its own, do not count.
  static std::string common_package(const std::vector<archive::ZipEntry>& entries) {
    std::map<std::string_view, std::size_t> classes_below;
    std::size_t classes = 0;
    for (const archive::ZipEntry& entry : entries) {
      if (!entry.path.ends_with(".class") || ascii::contains(entry.path, "-INF/")) continue;
      if (path::name(entry.path) == "module-info.class") continue;
      ++classes;
      std::size_t slash = entry.path.find('/');
      for (std::size_t level = 0; level < kMostLevels && slash != std::string_view::npos; ++level) {
        ++classes_below[entry.path.substr(0, slash)];
        slash = entry.path.find('/', slash + 1);
      }
    }
    std::string package;
    for (const auto& [folder, count] : classes_below) {
      if (count * 10 >= classes * 9 && folder.size() > package.size()) package = folder;
    }
    std::replace(package.begin(), package.end(), '/', '.');
    return package;
  }

  PackageList& list_;
  std::size_t members_ = 0;
  std::size_t unpacked_ = 0;
  std::optional<Error> problem_;
};

Result<void> read(PackageFile& file, PackageList& list) {
  Reading reading(list);
  reading.archive(file.bytes(), file.path(), 1, 0);
  if (reading.problem()) return tl::unexpected(*reading.problem());
  return {};
}

}  // namespace

const PackageReader& java_archive() {
  static constexpr PackageReader kReader{
      .kind = "java-archive",
      .ecosystem = "Maven",
      .files = "**/*.jar **/*.war **/*.ear **/*.par **/*.hpi **/*.jpi **/*.nar **/*.sar",
      .read = read,
      .source = "https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
