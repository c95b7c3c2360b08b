#include "advisory/database.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "advisory/database_format.h"

namespace plimsoll::advisory {
namespace {

using namespace format;

constexpr std::string_view kSectionNames[kSections] = {
    "names",   "slots",    "packages",  "affected", "offsets", "advisories",
    "strings", "evidence", "exploited", "texts",    "sources"};
constexpr std::size_t kMostText = 64U << 20U;  // of one block, unpacked

/// Record `index` of an array; zeros past its end.
template <class Record>
Record record_at(std::string_view array, std::size_t index) {
  Record record{};
  if (index < array.size() / sizeof(Record)) {
    std::memcpy(&record, array.data() + index * sizeof(Record), sizeof(Record));
  }
  return record;
}

std::string_view from(std::string_view bytes, std::uint64_t offset) {
  return bytes.substr(static_cast<std::size_t>(std::min<std::uint64_t>(offset, bytes.size())));
}

std::string_view text_at(std::string_view strings, std::uint64_t reference) {
  return Cursor(from(strings, reference)).text();
}

TextList list_of(Cursor& cursor, std::string_view bytes, std::string_view strings) {
  const std::uint64_t count = std::min<std::uint64_t>(cursor.number(), cursor.left());
  const std::string_view references = bytes.substr(bytes.size() - cursor.left());
  for (std::uint64_t i = 0; i < count; ++i) (void)cursor.number();
  return {references, count, strings};
}

class Mapping {
 public:
  Mapping(const char* bytes, std::size_t size) : bytes_(bytes), size_(size) {}
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() { ::munmap(const_cast<char*>(bytes_), size_); }
  [[nodiscard]] std::string_view bytes() const { return {bytes_, size_}; }

 private:
  const char* bytes_;
  std::size_t size_;
};

tl::unexpected<Error> unreadable(const std::string& path, int number) {
  const ErrorCode code = number == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnreadable;
  return fail(code, std::string("cannot read: ") + std::strerror(number), path);
}

Result<std::unique_ptr<Mapping>> map_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return unreadable(path, errno);
  struct stat about {};
  if (::fstat(file, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size == 0) {
    ::close(file);
    return fail(ErrorCode::kInvalid, "not an advisory database", path);
  }
  const auto size = static_cast<std::size_t>(about.st_size);
  void* const bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  const int problem = errno;
  ::close(file);
  if (bytes == MAP_FAILED) return unreadable(path, problem);
  return std::make_unique<Mapping>(static_cast<const char*>(bytes), size);
}

}  // namespace

std::vector<std::string_view> TextList::all() const {
  std::vector<std::string_view> texts;
  Cursor cursor(references_);
  for (std::uint64_t i = 0; i < count_; ++i) texts.push_back(text_at(strings_, cursor.number()));
  return texts;
}

bool TextList::contains(std::string_view text) const {
  Cursor cursor(references_);
  for (std::uint64_t i = 0; i < count_; ++i) {
    if (text_at(strings_, cursor.number()) == text) return true;
  }
  return false;
}

struct Database::File {
  std::string name;
  std::unique_ptr<Mapping> mapping;  ///< null where the bytes are another's
  std::string_view bytes;
  std::array<std::string_view, kSections> sections;
  std::vector<std::string_view> ecosystems;

  [[nodiscard]] std::string_view section(SectionKind kind) const {
    return sections[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] std::string_view text(std::uint64_t reference) const {
    return text_at(section(SectionKind::kStrings), reference);
  }
  Result<void> read_header() {
    const auto header = record_at<Header>(bytes.substr(0, sizeof(Header)), 0);
    const bool is_one = bytes.size() >= sizeof(Header) &&
                        std::equal(std::begin(kMagic), std::end(kMagic), header.magic);
    if (!is_one) return fail(ErrorCode::kInvalid, "not an advisory database", name);
    if (header.version != kVersion || header.sections != kSections) {
      return fail(ErrorCode::kInvalid,
                  "made by another version of plimsoll; `plimsoll db update` makes it anew", name);
    }
    const std::string_view table = bytes.substr(sizeof(Header), kSections * sizeof(Section));
    const bool is_whole = header.size == bytes.size() &&
                          table.size() == kSections * sizeof(Section) &&
                          header.sum == XXH3_64bits(table.data(), table.size());
    if (!is_whole) return fail(ErrorCode::kInvalid, "the database is cut short or damaged", name);
    for (std::size_t i = 0; i < kSections; ++i) {
      const auto section = record_at<Section>(table, i);
      if (section.offset > bytes.size() || section.size > bytes.size() - section.offset) {
        return fail(ErrorCode::kInvalid, "the database is damaged", name);
      }
      sections[i] = bytes.substr(static_cast<std::size_t>(section.offset),
                                 static_cast<std::size_t>(section.size));
    }
    Cursor names(section(SectionKind::kNames));
    const std::uint64_t count = std::min<std::uint64_t>(names.number(), names.left());
    for (std::uint64_t i = 0; i < count; ++i) ecosystems.push_back(names.text());
    return {};
  }
};

Database::Database(std::unique_ptr<File> file) : file_(std::move(file)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::string& path) {
  auto mapping = map_file(path);
  if (!mapping) return tl::unexpected(std::move(mapping.error()));
  auto file = std::make_unique<File>();
  file->name = path;
  file->bytes = (*mapping)->bytes();
  file->mapping = *std::move(mapping);
  if (auto read = file->read_header(); !read) return tl::unexpected(std::move(read.error()));
  return Database(std::move(file));
}

Result<Database> Database::over(std::string_view bytes, std::string name) {
  auto file = std::make_unique<File>();
  file->name = std::move(name);
  file->bytes = bytes;
  if (auto read = file->read_header(); !read) return tl::unexpected(std::move(read.error()));
  return Database(std::move(file));
}

std::optional<std::uint32_t> Database::find(std::string_view ecosystem,
                                            std::string_view name) const {
  const std::string_view slots = file_->section(SectionKind::kSlots);
  const std::string_view packages = file_->section(SectionKind::kPackages);
  const std::size_t count = slots.size() / sizeof(std::uint32_t);
  if (count == 0 || (count & (count - 1)) != 0) return std::nullopt;
  std::size_t slot = hash_of(ecosystem, name) & (count - 1);
  for (std::size_t tries = 0; tries < count; ++tries, slot = (slot + 1) & (count - 1)) {
    const auto index = record_at<std::uint32_t>(slots, slot);
    if (index == 0) return std::nullopt;
    const auto record = record_at<PackageRecord>(packages, index - 1);
    if (record.ecosystem < file_->ecosystems.size() &&
        file_->ecosystems[record.ecosystem] == ecosystem && file_->text(record.name) == name) {
      return index - 1;
    }
  }
  return std::nullopt;
}

bool Database::has_package(std::string_view ecosystem, std::string_view name) const {
  return find(ecosystem, name).has_value();
}

std::size_t Database::for_each(std::string_view ecosystem, std::string_view name,
                               const std::function<void(const AffectedView&)>& take) const {
  const auto index = find(ecosystem, name);
  if (!index) return 0;
  const std::string_view strings = file_->section(SectionKind::kStrings);
  const auto record = record_at<PackageRecord>(file_->section(SectionKind::kPackages), *index);
  const std::string_view bytes = from(file_->section(SectionKind::kAffected), record.affected);
  Cursor cursor(bytes);
  const auto text = [&] { return text_at(strings, cursor.number()); };
  const std::uint64_t count = std::min<std::uint64_t>(cursor.number(), cursor.left());
  AffectedView view;
  for (std::uint64_t i = 0; i < count; ++i) {
    view.advisory += static_cast<std::uint32_t>(cursor.number());
    const std::uint64_t flags = cursor.number();
    view.status = static_cast<Status>(flags & 7U);
    view.note = (flags & kNote) != 0 ? text() : std::string_view();
    view.severity = (flags & kSeverity) != 0 ? text() : std::string_view();
    view.module = (flags & kModule) != 0 ? text() : std::string_view();
    const auto list = [&](std::uint64_t flag) {
      return (flags & flag) != 0 ? list_of(cursor, bytes, strings) : TextList();
    };
    view.architectures = list(kArchitectures);
    view.versions = list(kVersions);
    view.symbols = list(kSymbols);
    view.ranges.clear();
    const std::uint64_t ranges = std::min<std::uint64_t>(cursor.number(), cursor.left());
    for (std::uint64_t j = 0; j < ranges; ++j) {
      RangeView range;
      range.introduced = text();
      const std::uint64_t end = cursor.number();
      const std::string_view version = text_at(strings, end >> 1U);
      ((end & 1U) != 0 ? range.last_affected : range.fixed) = version;
      view.ranges.push_back(range);
    }
    if (view.advisory < advisories()) take(view);
  }
  return static_cast<std::size_t>(count);
}

const std::vector<std::string_view>& Database::ecosystems() const {
  return file_->ecosystems;
}

std::size_t Database::advisories() const {
  const std::string_view offsets = file_->section(SectionKind::kOffsets);
  const std::size_t blocks = std::max<std::size_t>(offsets.size() / sizeof(std::uint32_t), 1) - 1;
  return std::min<std::size_t>(record_at<std::uint32_t>(offsets, 0), blocks * kAdvisoriesPerBlock);
}

AdvisoryView Database::advisory(std::uint32_t index) const {
  const std::string_view strings = file_->section(SectionKind::kStrings);
  const auto offset = record_at<std::uint32_t>(file_->section(SectionKind::kOffsets),
                                               1 + index / kAdvisoriesPerBlock);
  Cursor block(from(file_->section(SectionKind::kAdvisories), offset));
  for (std::size_t i = 0; i < index % kAdvisoriesPerBlock; ++i) (void)block.text();
  const std::string_view bytes = block.text();
  Cursor cursor(bytes);
  const auto text = [&] { return text_at(strings, cursor.number()); };
  AdvisoryView view;
  view.id = text();
  view.aliases = list_of(cursor, bytes, strings);
  view.upstream = list_of(cursor, bytes, strings);
  view.cvss = text();
  view.severity = text();
  view.published = text();
  view.modified = text();
  view.weaknesses = list_of(cursor, bytes, strings);
  return view;
}

AdvisoryText Database::text(std::uint32_t index) const {
  const std::string_view texts = file_->section(SectionKind::kTexts);
  const std::size_t block = index / kTextsPerBlock;
  const auto begin = record_at<std::uint32_t>(texts, block);
  const auto end = record_at<std::uint32_t>(texts, block + 1);
  if (index >= advisories() || begin > end || end > texts.size()) return {};
  const std::string_view frame = texts.substr(begin, end - begin);
  const auto size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size > kMostText) return {};  // also what says no size
  std::string bytes(static_cast<std::size_t>(size), '\0');
  const std::size_t got = ZSTD_decompress(bytes.data(), bytes.size(), frame.data(), frame.size());
  if (ZSTD_isError(got) != 0) return {};
  Cursor cursor(std::string_view(bytes).substr(0, got));
  AdvisoryText text;
  for (std::size_t i = 0; i <= index % kTextsPerBlock; ++i) {
    text.summary = cursor.text();
    text.details = cursor.text();
    text.references.clear();
    const std::uint64_t urls = std::min<std::uint64_t>(cursor.number(), cursor.left());
    for (std::uint64_t j = 0; j < urls; ++j) text.references.emplace_back(cursor.text());
  }
  return text;
}

Evidence Database::evidence(std::string_view id) const {
  Evidence evidence;
  const auto key = cve_key(id);
  if (!key) return evidence;
  const std::string_view records = file_->section(SectionKind::kEvidence);
  std::size_t low = 0;
  std::size_t high = records.size() / sizeof(EvidenceRecord);
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (record_at<EvidenceRecord>(records, middle).key < *key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const auto record = record_at<EvidenceRecord>(records, low);
  if (record.key != *key) return evidence;
  evidence.cvss = file_->text(record.cvss);
  const auto has = [&record](EvidenceFlag flag) { return (record.flags & flag) != 0; };
  if (has(kHasEpss)) {
    evidence.prediction =
        ExploitPrediction{std::string(id), static_cast<float>(record.epss) / 65535,
                          static_cast<float>(record.percentile) / 65535};
  }
  if (has(kHasSsvc)) {
    using Exploitation = ExploitStatus::Exploitation;
    evidence.status =
        ExploitStatus{.id = std::string(id),
                      .exploitation = has(kActive)           ? Exploitation::kActive
                                      : has(kProofOfConcept) ? Exploitation::kProofOfConcept
                                                             : Exploitation::kNone,
                      .is_automatable = has(kAutomatable),
                      .is_total = has(kTotal),
                      .cvss = {}};
  }
  if (record.exploited != 0) {
    Cursor cursor(file_->section(SectionKind::kExploited));
    KnownExploited entry{.id = std::string(id)};
    for (std::size_t i = 0; i < record.exploited; ++i) {
      const std::uint64_t added = cursor.number();
      const std::uint64_t due = cursor.number();
      entry.is_used_by_ransomware = cursor.number() != 0;
      const std::uint64_t name = cursor.number();
      if (i + 1 < record.exploited) continue;
      entry.added = file_->text(added);
      entry.due = file_->text(due);
      entry.name = file_->text(name);
    }
    evidence.exploited = std::move(entry);
  }
  return evidence;
}

DatabaseStatus Database::status() const {
  Cursor cursor(file_->section(SectionKind::kSources));
  DatabaseStatus status;
  status.made = cursor.text();
  const std::uint64_t sources = std::min<std::uint64_t>(cursor.number(), cursor.left());
  for (std::uint64_t i = 0; i < sources; ++i) {
    DatabaseSource source;
    source.format = cursor.text();
    source.path = cursor.text();
    source.made = cursor.text();
    source.records = cursor.number();
    source.skipped = cursor.number();
    status.sources.push_back(std::move(source));
  }
  const std::uint64_t ecosystems = std::min<std::uint64_t>(cursor.number(), cursor.left());
  for (std::uint64_t i = 0; i < ecosystems; ++i) {
    Coverage coverage;
    coverage.ecosystem = cursor.text();
    coverage.advisories = cursor.number();
    coverage.newest = cursor.text();
    status.coverage.push_back(std::move(coverage));
  }
  return status;
}

std::uint64_t Database::bytes() const {
  return file_->bytes.size();
}

std::uint64_t Database::bytes_to_match() const {
  return bytes() - file_->section(SectionKind::kTexts).size();
}

Result<void> Database::verify() const {
  const std::string_view table = file_->bytes.substr(sizeof(Header), kSections * sizeof(Section));
  for (std::size_t i = 0; i < kSections; ++i) {
    const std::string_view bytes = file_->sections[i];
    if (XXH3_64bits(bytes.data(), bytes.size()) == record_at<Section>(table, i).sum) continue;
    return fail(ErrorCode::kInvalid,
                "damaged: its part '" + std::string(kSectionNames[i]) + "' is not what was written",
                file_->name);
  }
  return {};
}

}  // namespace plimsoll::advisory
