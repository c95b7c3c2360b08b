#include "image/rpm_header.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "image/byte_order.h"

namespace plimsoll::image {
namespace {

enum class Tag : std::uint32_t {
  kName = 1000,
  kVersion = 1001,
  kRelease = 1002,
  kEpoch = 1003,
  kLicense = 1014,
  kArch = 1022,
  kSourceRpm = 1044,
  kDirectoryIndexes = 1116,
  kBaseNames = 1117,
  kDirectoryNames = 1118,
  kModularityLabel = 5096,
};

enum class Type : std::uint32_t { kInt32 = 4, kString = 6, kStringArray = 8, kI18nString = 9 };

constexpr std::size_t kEntryBytes = 16;

/// The largest packages have some ten thousand.
constexpr std::size_t kMostFolders = 1'000'000;

std::uint32_t number_at(std::string_view bytes, std::size_t offset) {
  return number_at(bytes, offset, 4, ByteOrder::kBig);
}

/// One tag's data: from where it begins to the end of all data.
struct Entry {
  Type type{};
  std::uint32_t count = 0;
  std::string_view data;

  /// Takes the first string off; nullopt at the end.
  std::optional<std::string_view> take_text() {
    const bool is_text =
        type == Type::kString || type == Type::kI18nString || type == Type::kStringArray;
    const std::size_t end = is_text && count != 0 ? data.find('\0') : std::string_view::npos;
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view text = data.substr(0, end);
    data.remove_prefix(end + 1);
    --count;
    return text;
  }
  [[nodiscard]] std::optional<std::uint32_t> number(std::size_t index) const {
    if (type != Type::kInt32 || index >= count || data.size() / 4 <= index) return std::nullopt;
    return number_at(data, index * 4);
  }
};

/// The index of a header: numbers of entries and of bytes of data, the entries, the data.
class Header {
 public:
  static std::optional<Header> of(std::string_view blob) {
    const std::uint64_t entries = number_at(blob, 0);
    const std::uint64_t bytes = number_at(blob, 4);
    if (blob.size() < 8 || entries == 0 || 8 + entries * kEntryBytes + bytes > blob.size()) {
      return std::nullopt;
    }
    const std::size_t data = 8 + static_cast<std::size_t>(entries) * kEntryBytes;
    return Header(blob.substr(8, data - 8), blob.substr(data, static_cast<std::size_t>(bytes)));
  }

  [[nodiscard]] std::string_view text(Tag tag) const {
    return find(tag).take_text().value_or(std::string_view{});
  }
  /// What was added when the package was installed stands behind the package's own tags and
  /// replaces them, so the last one counts.
  [[nodiscard]] Entry find(Tag tag) const {
    for (std::size_t at = index_.size(); at >= kEntryBytes; at -= kEntryBytes) {
      const std::size_t entry = at - kEntryBytes;
      if (number_at(index_, entry) != static_cast<std::uint32_t>(tag)) continue;
      const std::uint32_t offset = number_at(index_, entry + 8);
      if (offset >= data_.size()) return {};
      return {static_cast<Type>(number_at(index_, entry + 4)), number_at(index_, entry + 12),
              data_.substr(offset)};
    }
    return {};
  }

 private:
  Header(std::string_view index, std::string_view data) : index_(index), data_(data) {}

  std::string_view index_;
  std::string_view data_;
};

/// Each file is the name of its folder, which ends in '/', and its own.
std::vector<std::string> files_of(const Header& header, PathBudget& budget) {
  std::vector<std::string_view> folders;
  Entry folder_names = header.find(Tag::kDirectoryNames);
  while (folders.size() < kMostFolders) {
    const auto folder = folder_names.take_text();
    if (!folder) break;
    folders.push_back(*folder);
  }
  std::vector<std::string> files;
  const Entry indexes = header.find(Tag::kDirectoryIndexes);
  Entry names = header.find(Tag::kBaseNames);
  for (std::size_t i = 0; const auto name = names.take_text(); ++i) {
    const auto folder = indexes.number(i);
    if (!folder) break;
    if (*folder >= folders.size() || !budget.takes(folders[*folder].size() + name->size()))
      continue;
    files.push_back(std::string(folders[*folder]).append(*name));
  }
  return files;
}

}  // namespace

void set_rpm_source(Package& package, std::string_view archive, std::string_view epoch) {
  for (const std::string_view end : {".rpm", ".src", ".nosrc"}) {
    if (archive.ends_with(end)) archive.remove_suffix(end.size());
  }
  const std::size_t release = archive.rfind('-');
  if (release == std::string_view::npos || release == 0) return;
  const std::size_t version = archive.rfind('-', release - 1);
  if (version == std::string_view::npos || version == 0) return;
  std::string source_version = std::string(epoch) + std::string(archive.substr(version + 1));
  const std::string_view name = archive.substr(0, version);
  if (name == package.name && source_version == package.version) return;
  package.source_name = name;
  if (source_version != package.version) package.source_version = std::move(source_version);
}

std::optional<Package> read_rpm_header(std::string_view blob, PathBudget& budget) {
  const auto header = Header::of(blob);
  if (!header) return std::nullopt;
  Package package;
  package.name = header->text(Tag::kName);
  const std::string_view version = header->text(Tag::kVersion);
  if (package.name.empty() || version.empty()) return std::nullopt;
  const auto number = header->find(Tag::kEpoch).number(0);
  const std::string epoch = number ? std::to_string(*number) + ':' : std::string{};
  package.version = epoch + std::string(version);
  const std::string_view release = header->text(Tag::kRelease);
  if (!release.empty()) package.version.append("-").append(release);
  package.architecture = header->text(Tag::kArch);
  package.module_label = header->text(Tag::kModularityLabel);
  const std::string_view license = header->text(Tag::kLicense);
  if (!license.empty()) package.licenses = {std::string(license)};
  set_rpm_source(package, header->text(Tag::kSourceRpm), epoch);
  package.files = files_of(*header, budget);
  return package;
}

}  // namespace plimsoll::image
