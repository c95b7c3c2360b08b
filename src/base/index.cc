#include "base/index.h"

#include <algorithm>
#include <filesystem>
#include <tuple>
#include <utility>

#include "base/entry_file.h"
#include "base/tag.h"
#include "core/ascii.h"
#include "core/file_system.h"
#include "core/limits.h"
#include "report/json_document.h"
#include "report/sbom.h"

namespace plimsoll::base {
namespace {

constexpr std::string_view kExtension = ".base";
constexpr std::size_t kMostEntries = 10'000;
/// Beyond any that we wrote ourselves: one more must still be a larger number.
constexpr std::uint64_t kLastTurn = 1ULL << 60U;

/// Canonical; nothing for what names no tag.
Result<std::string> canonical(std::string_view typed) {
  auto reference = parse_image_reference(typed);
  if (!reference) {
    return fail(ErrorCode::kUsage, "'" + std::string(typed) +
                                       "' is no name of an image: " + reference.error().message);
  }
  reference->digest.clear();
  return to_string(*reference);
}

auto order(const Entry& entry) {
  return std::tuple(std::string_view(entry.names.front()), moment_of(entry.created), entry.turn,
                    std::string_view(entry.id));
}

std::string path_of(const std::string& folder, const Entry& entry) {
  return folder + '/' + entry.id + std::string(kExtension);
}

/// A name for the file: of the configuration, which is what makes an image itself, else of what a
/// bill lists.
std::string id_of_addition(const Addition& addition) {
  if (std::string id = id_of(addition.config_digest); !id.empty()) return id;
  std::string text = addition.document.image ? addition.document.image->platform : std::string();
  for (const Package& package : addition.document.packages) {
    text += '\n' + package.ecosystem + '\n' + package.name + '\n' + package.version;
  }
  return "packages-" + report::sbom_hash(text);
}

Entry entry_of(const Addition& addition) {
  Entry entry{.id = id_of_addition(addition),
              .digest = addition.digest,
              .packages = addition.document.packages.size(),
              .settings = addition.settings};
  entry.settings.environment = report::shown_environment(std::move(entry.settings.environment));
  if (!addition.document.image) return entry;
  const ImageSummary& image = *addition.document.image;
  entry.platform = image.platform;
  entry.created = image.created;
  entry.os = image.os;
  entry.bytes = image.bytes;
  entry.size = image.size;
  for (const ImageSummary::Layer& layer : image.layers) {
    if (!layer.diff_id.empty()) entry.layers.push_back(layer.diff_id);
  }
  // What has no diff id is a folder: nothing is built on its layers.
  if (entry.layers.size() != image.layers.size()) entry.layers.clear();
  return entry;
}

void add_name(std::vector<std::string>& names, std::string name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    names.push_back(std::move(name));
  }
}

Result<std::string> read_all(const std::string& path) {
  return DiskFileSystem().read(path, limits::kJsonBytes);
}

}  // namespace

std::string familiar(std::string_view name) {
  const auto reference = parse_image_reference(name);
  if (!reference) return std::string(name);
  return reference->familiar_name() + ':' + std::string(reference->effective_tag());
}

std::optional<ImageReference> reference_of(std::string_view name) {
  auto reference = parse_image_reference(name);
  if (name.empty() || !reference) return std::nullopt;
  return *std::move(reference);
}

std::vector<std::uint32_t> runtime_version(const std::vector<std::string>& environment,
                                           const ImageReference& reference) {
  const std::string_view repository = reference.repository;
  const std::string key = ascii::upper(repository.substr(repository.rfind('/') + 1)) + "_VERSION=";
  for (const std::string& each : environment) {
    if (!each.starts_with(key)) continue;
    const std::string_view value = std::string_view(each).substr(key.size());
    return numbers_of(value.substr(0, value.find_first_not_of("0123456789.")));
  }
  return {};
}

std::string_view moment_of(std::string_view created) {
  // Builds that hide their time say 1970 or year 1.
  return created > "1980" ? created : std::string_view();
}

std::string_view day_of(const Entry& entry) {
  constexpr std::size_t kDay = 10;
  return moment_of(entry.created).substr(0, kDay);
}

std::string id_of(std::string_view config_digest) {
  constexpr std::string_view kMark = "sha256:";
  constexpr std::size_t kDigits = 32;
  if (!config_digest.starts_with(kMark)) return {};
  const std::string_view digits = config_digest.substr(kMark.size());
  const bool is_digest =
      digits.size() == 64 && digits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  return is_digest ? std::string(digits.substr(0, kDigits)) : std::string();
}

Index Index::open(const std::string& folder) {
  Index index;
  index.folder_ = folder;
  if (folder.empty()) return index;
  const auto files = DiskFileSystem().list(folder);
  if (!files) {
    if (files.error().code != ErrorCode::kNotFound) index.problems_.push_back(files.error());
    return index;
  }
  for (const DirectoryEntry& file : *files) {
    if (!file.name.ends_with(kExtension) || file.kind != EntryKind::kFile) continue;
    if (index.entries_.size() == kMostEntries) {
      index.problems_.push_back({.code = ErrorCode::kLimit,
                                 .message = "of more than 10000 bases the others are not read",
                                 .path = folder});
      break;
    }
    const std::string path = folder + '/' + file.name;
    const auto line = read_first_line(path);
    auto entry = line ? entry_of_line(*line) : tl::unexpected(line.error());
    if (!entry) {
      Error problem = std::move(entry.error());
      problem.path = path;
      index.problems_.push_back(std::move(problem));
      continue;
    }
    // The file's name counts: what is inside may have been written by anyone.
    entry->id = file.name.substr(0, file.name.size() - kExtension.size());
    index.entries_.push_back(*std::move(entry));
  }
  std::sort(index.entries_.begin(), index.entries_.end(),
            [](const Entry& a, const Entry& b) { return order(a) < order(b); });
  return index;
}

std::vector<const Entry*> Index::named(std::string_view name, std::string_view platform) const {
  std::vector<const Entry*> found;
  const auto wanted = canonical(name);
  if (name.empty() || !wanted) return found;
  for (const Entry& entry : entries_) {
    const bool has_name =
        std::find(entry.names.begin(), entry.names.end(), *wanted) != entry.names.end();
    const bool fits = platform.empty() || entry.platform.empty() || entry.platform == platform;
    if (has_name && fits) found.push_back(&entry);
  }
  std::sort(found.begin(), found.end(), [](const Entry* a, const Entry* b) {
    return std::tuple(moment_of(a->created), a->turn, std::string_view(a->id)) <
           std::tuple(moment_of(b->created), b->turn, std::string_view(b->id));
  });
  return found;
}

const Entry* Index::pinned(const ImageReference& reference) const {
  if (reference.digest.empty()) return nullptr;
  const auto is_of_repository = [&](const std::string& name) {
    const auto known = parse_image_reference(name);
    return known && known->familiar_name() == reference.familiar_name();
  };
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.digest == reference.digest &&
           std::any_of(entry.names.begin(), entry.names.end(), is_of_repository);
  });
  return found == entries_.end() ? nullptr : &*found;
}

Result<report::Document> Index::read(const Entry& entry) const {
  const std::string path = path_of(folder_, entry);
  auto text = read_all(path);
  if (!text) return tl::unexpected(std::move(text.error()));
  const std::size_t end = std::min(text->find('\n'), text->size() - 1);
  auto document = report::from_json(std::string_view(*text).substr(end + 1),
                                    [](std::string_view) -> const RuleInfo* { return nullptr; });
  if (!document) {
    document.error().path = path;
    return tl::unexpected(std::move(document.error()));
  }
  return document;
}

Result<Entry> add(const std::string& folder, const Addition& addition) {
  Entry entry = entry_of(addition);
  for (const std::string& typed : addition.names) {
    auto name = canonical(typed);
    if (!name) return tl::unexpected(std::move(name.error()));
    add_name(entry.names, *std::move(name));
  }
  if (entry.names.empty()) return fail(ErrorCode::kUsage, "a base needs a name, such as debian:12");
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(ErrorCode::kEnvironment, error.message(), folder);
  const FolderLock lock(folder);
  const Index index = Index::open(folder);
  for (const Entry& other : index.entries()) {
    entry.turn = std::max(entry.turn, std::min(other.turn, kLastTurn) + 1);
  }
  for (const Entry& other : index.entries()) {
    if (other.id != entry.id) continue;
    entry.turn = other.turn;
    std::vector<std::string> names = other.names;
    for (std::string& name : entry.names) add_name(names, std::move(name));
    entry.names = std::move(names);
    if (entry.digest.empty()) entry.digest = other.digest;
  }
  const std::string text = to_line(entry) + '\n' + report::to_json(addition.document, false);
  if (auto written = write_whole(path_of(folder, entry), text); !written) {
    return tl::unexpected(std::move(written.error()));
  }
  return entry;
}

Result<std::size_t> remove(const std::string& folder, std::string_view name) {
  const auto wanted = canonical(name);
  if (!wanted) return tl::unexpected(wanted.error());
  const FolderLock lock(folder);
  const Index index = Index::open(folder);
  std::size_t removed = 0;
  for (const Entry* had : index.named(name)) {
    Entry entry = *had;
    const std::string path = path_of(folder, entry);
    entry.names.erase(std::remove(entry.names.begin(), entry.names.end(), *wanted),
                      entry.names.end());
    ++removed;
    if (entry.names.empty()) {
      std::error_code error;
      std::filesystem::remove(path, error);
      if (error) return fail(ErrorCode::kEnvironment, error.message(), path);
      continue;
    }
    auto text = read_all(path);
    if (!text) return tl::unexpected(std::move(text.error()));
    text->replace(0, std::min(text->find('\n'), text->size()), to_line(entry));
    if (auto written = write_whole(path, *text); !written) {
      return tl::unexpected(std::move(written.error()));
    }
  }
  return removed;
}

}  // namespace plimsoll::base
