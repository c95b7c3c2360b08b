#include "image/binary/elf_file.h"

#include <algorithm>

namespace plimsoll::image {
namespace {

// Real files stay far below; what a header claims beyond is not looked at.
constexpr std::uint64_t kMostSegments = 2'048;
constexpr std::uint64_t kMostSections = 65'535;
constexpr std::uint64_t kMostDynamic = 4'096;
constexpr std::uint64_t kMostSymbols = 4'000'000;
constexpr std::size_t kLongestName = 4'096;
constexpr std::size_t kLongestImport = 32;  // what is asked for is shorter
constexpr std::uint64_t kMostSectionNames = 1U << 20U;
constexpr std::uint64_t kMostNotes = 1U << 20U;
constexpr std::uint32_t kNoteSection = 7;
constexpr std::uint32_t kDynamicSymbols = 11;

/// "" for what is longer.
std::string_view text_at(std::string_view table, std::uint64_t offset,
                         std::size_t longest = kLongestName) {
  if (offset >= table.size()) return {};
  const std::string_view rest = table.substr(static_cast<std::size_t>(offset), longest + 1);
  const std::size_t end = rest.find('\0');
  return end == std::string_view::npos ? std::string_view() : rest.substr(0, end);
}

std::uint64_t rounded(std::uint64_t size) {
  return (size + 3) / 4 * 4;
}

}  // namespace

void FileRanges::add(std::uint64_t offset, std::string_view bytes) {
  ranges_.emplace_back(offset, bytes);
}

std::string_view FileRanges::from(std::uint64_t offset, std::uint64_t most) const {
  std::string_view best;
  for (const auto& [start, bytes] : ranges_) {
    if (offset < start || offset - start >= bytes.size()) continue;
    const std::string_view here =
        bytes.substr(static_cast<std::size_t>(offset - start), static_cast<std::size_t>(most));
    if (here.size() > best.size()) best = here;
  }
  return best;
}

std::optional<std::string_view> FileRanges::at(std::uint64_t offset, std::uint64_t size) const {
  const std::string_view found = from(offset, size);
  if (found.size() != size) return std::nullopt;
  return found;
}

bool ElfFile::has_magic(std::string_view head) {
  return head.starts_with(
      "\x7f"
      "ELF");
}

std::uint64_t ElfFile::number(std::string_view record, std::size_t offset, std::size_t size) const {
  if (size <= 4) return number_at(record, offset, size, order_);
  const std::uint64_t first = number_at(record, offset, 4, order_);
  const std::uint64_t second = number_at(record, offset + 4, 4, order_);
  return order_ == ByteOrder::kBig ? first << 32U | second : second << 32U | first;
}

std::optional<ElfFile> ElfFile::parse(const FileRanges& bytes) {
  const auto start = bytes.at(0, 52);
  if (!start || !has_magic(*start)) return std::nullopt;
  const char wide = (*start)[4];
  const char order = (*start)[5];
  if ((wide != 1 && wide != 2) || (order != 1 && order != 2)) return std::nullopt;
  ElfFile file(bytes);
  file.is_64_ = wide == 2;
  file.order_ = order == 1 ? ByteOrder::kLittle : ByteOrder::kBig;
  const auto header = bytes.at(0, file.is_64_ ? 64 : 52);
  if (!header) return std::nullopt;
  file.machine_ = static_cast<std::uint32_t>(file.number(*header, 18, 2));
  file.read_segments(*header);
  file.read_sections(*header);
  return file;
}

void ElfFile::read_segments(std::string_view header) {
  const std::uint64_t offset = is_64_ ? number(header, 32, 8) : number(header, 28, 4);
  const std::uint64_t size = number(header, is_64_ ? 54 : 42, 2);
  const std::uint64_t count = number(header, is_64_ ? 56 : 44, 2);
  if (size < (is_64_ ? 56U : 32U)) return;
  const std::uint64_t most = std::min(count, kMostSegments);
  for (std::uint64_t i = 0; i < most; ++i) {
    const std::uint64_t place = offset + i * size;
    const auto record = place < offset ? std::nullopt : bytes_.at(place, size);
    if (!record) return;
    Segment segment;
    segment.type = static_cast<std::uint32_t>(number(*record, 0, 4));
    if (is_64_) {
      segment.flags = static_cast<std::uint32_t>(number(*record, 4, 4));
      segment.offset = number(*record, 8, 8);
      segment.address = number(*record, 16, 8);
      segment.size = number(*record, 32, 8);
    } else {
      segment.flags = static_cast<std::uint32_t>(number(*record, 24, 4));
      segment.offset = number(*record, 4, 4);
      segment.address = number(*record, 8, 4);
      segment.size = number(*record, 16, 4);
    }
    segments_.push_back(segment);
  }
}

void ElfFile::read_sections(std::string_view header) {
  const std::uint64_t offset = is_64_ ? number(header, 40, 8) : number(header, 32, 4);
  const std::uint64_t size = number(header, is_64_ ? 58 : 46, 2);
  std::uint64_t count = number(header, is_64_ ? 60 : 48, 2);
  std::uint64_t names = number(header, is_64_ ? 62 : 50, 2);
  section_table_ = offset;
  if (offset == 0 || size < (is_64_ ? 64U : 40U)) return;
  const auto record_at = [&](std::uint64_t i) -> std::optional<std::string_view> {
    const std::uint64_t place = offset + i * size;
    if (place < offset) return std::nullopt;
    return bytes_.at(place, size);
  };
  const auto first = record_at(0);
  if (!first) return;
  // Counts that need more than 16 bits are in the first record.
  if (count == 0) count = is_64_ ? number(*first, 32, 8) : number(*first, 20, 4);
  if (names == 0xffff) names = number(*first, is_64_ ? 40 : 24, 4);
  std::vector<std::uint64_t> name_offsets;
  const std::uint64_t most = std::min(count, kMostSections);
  for (std::uint64_t i = 0; i < most; ++i) {
    const auto record = record_at(i);
    if (!record) break;
    Section section;
    name_offsets.push_back(number(*record, 0, 4));
    section.type = static_cast<std::uint32_t>(number(*record, 4, 4));
    if (is_64_) {
      section.address = number(*record, 16, 8);
      section.offset = number(*record, 24, 8);
      section.size = number(*record, 32, 8);
    } else {
      section.address = number(*record, 12, 4);
      section.offset = number(*record, 16, 4);
      section.size = number(*record, 20, 4);
    }
    sections_.push_back(section);
  }
  if (names >= sections_.size()) return;
  const Section table = sections_[static_cast<std::size_t>(names)];
  const std::string_view text = bytes_.from(table.offset, std::min(table.size, kMostSectionNames));
  for (std::size_t i = 0; i < sections_.size(); ++i) {
    sections_[i].name = text_at(text, name_offsets[i]).substr(0, 64);
  }
}

std::string_view ElfFile::interpreter() const {
  for (const Segment& segment : segments_) {
    if (segment.type != kInterpreter) continue;
    const std::string_view text = bytes_.from(segment.offset, std::min(segment.size, kLongestName));
    return text.substr(0, text.find('\0'));
  }
  return {};
}

std::string_view ElfFile::memory(std::uint64_t address, std::uint64_t most) const {
  for (const Segment& segment : segments_) {
    if (segment.type != kLoad || address < segment.address) continue;
    const std::uint64_t within = address - segment.address;
    if (within >= segment.size || segment.offset + within < within) continue;
    return bytes_.from(segment.offset + within, std::min(most, segment.size - within));
  }
  return {};
}

std::string_view ElfFile::section(std::string_view name) const {
  for (const Section& section : sections_) {
    if (section.name == name) {
      return bytes_.at(section.offset, section.size).value_or(std::string_view());
    }
  }
  return {};
}

std::string_view ElfFile::note_in(std::string_view notes, std::string_view owner,
                                  std::uint32_t type) const {
  while (notes.size() >= 12) {
    const std::uint64_t name_size = number(notes, 0, 4);
    const std::uint64_t size = number(notes, 4, 4);
    const std::uint64_t own_type = number(notes, 8, 4);
    const std::uint64_t start = 12 + rounded(name_size);
    if (start > notes.size() || size > notes.size() - start) return {};
    std::string_view name = notes.substr(12, static_cast<std::size_t>(name_size));
    if (name.ends_with('\0')) name.remove_suffix(1);
    if (name == owner && own_type == type) {
      return notes.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(size));
    }
    notes.remove_prefix(
        static_cast<std::size_t>(std::min<std::uint64_t>(notes.size(), start + rounded(size))));
  }
  return {};
}

std::string_view ElfFile::note(std::string_view owner, std::uint32_t type) const {
  // Of all together: a header may name the same bytes thousands of times.
  std::uint64_t left = kMostNotes;
  const auto look = [&](std::uint64_t offset, std::uint64_t size) {
    const std::string_view notes = bytes_.from(offset, std::min(size, left));
    left -= notes.size();
    return note_in(notes, owner, type);
  };
  for (const Segment& segment : segments_) {
    if (segment.type != kNotes) continue;
    if (const auto found = look(segment.offset, segment.size); !found.empty()) return found;
  }
  for (const Section& section : sections_) {
    if (section.type != kNoteSection) continue;
    if (const auto found = look(section.offset, section.size); !found.empty()) return found;
  }
  return {};
}

std::optional<ElfFile::Dynamic> ElfFile::dynamic() const {
  const auto segment = std::find_if(segments_.begin(), segments_.end(),
                                    [](const Segment& each) { return each.type == kDynamic; });
  if (segment == segments_.end()) return std::nullopt;
  enum : std::uint64_t {
    kEnd,
    kNeeded = 1,
    kNames = 5,
    kSymbols = 6,
    kNamesSize = 10,
    kSoname = 14,
    kRpath = 15,
    kRunpath = 29
  };
  const std::size_t word = is_64_ ? 8 : 4;
  const std::string_view table =
      bytes_.from(segment->offset, std::min(segment->size, kMostDynamic * 2 * word));
  std::vector<std::uint64_t> needed;
  std::optional<std::uint64_t> soname;
  std::optional<std::uint64_t> rpath;
  std::optional<std::uint64_t> runpath;
  std::uint64_t names_address = 0;
  std::uint64_t names_size = 0;
  std::uint64_t symbols = 0;
  bool ended = false;
  for (std::size_t at = 0; !ended && table.size() - at >= 2 * word; at += 2 * word) {
    const std::uint64_t value = number(table, at + word, word);
    switch (number(table, at, word)) {
      case kEnd: ended = true; break;
      case kNeeded: needed.push_back(value); break;
      case kNames: names_address = value; break;
      case kSymbols: symbols = value; break;
      case kNamesSize: names_size = value; break;
      case kSoname: soname = value; break;
      case kRpath: rpath = value; break;
      case kRunpath: runpath = value; break;
      default: break;
    }
  }
  const std::string_view names = memory(names_address, names_size);
  Dynamic dynamic;
  dynamic.is_whole = ended && names.size() == names_size;
  const auto text = [&](std::uint64_t offset) {
    const std::string_view found = text_at(names, offset);
    dynamic.is_whole = dynamic.is_whole && !found.empty();
    return found;
  };
  for (const std::uint64_t each : needed) dynamic.needed.push_back(text(each));
  std::erase(dynamic.needed, std::string_view());
  if (soname) dynamic.soname = text(*soname);
  if (rpath) dynamic.rpath = text_at(names, *rpath);  // may well be empty
  if (runpath) dynamic.runpath = text_at(names, *runpath);
  if (dynamic.is_whole) dynamic.imports = imports(symbols, names_address, names_size);
  return dynamic;
}

/// How many symbols there are only sections say plainly; without them the names follow the symbols
/// in nearly every file, and where they do not it is not known.
std::optional<std::vector<std::string_view>> ElfFile::imports(std::uint64_t symbols,
                                                              std::uint64_t names,
                                                              std::uint64_t names_size) const {
  const std::uint64_t each = is_64_ ? 24 : 16;
  std::uint64_t size = 0;
  for (const Section& section : sections_) {
    if (section.type == kDynamicSymbols && section.address == symbols) size = section.size;
  }
  if (size == 0 && names > symbols) size = (names - symbols) / each * each;
  if (size == 0 || size / each > kMostSymbols) return std::nullopt;
  const std::string_view table = memory(symbols, size);
  const std::string_view text = memory(names, names_size);
  if (table.size() != size) return std::nullopt;
  std::vector<std::string_view> found;
  for (std::size_t at = 0; table.size() - at >= each; at += each) {
    if (number(table, at + (is_64_ ? 6 : 14), 2) != 0) continue;  // it is defined here
    const std::string_view name = text_at(text, number(table, at, 4), kLongestImport);
    if (!name.empty()) found.push_back(name);
  }
  return found;
}

}  // namespace plimsoll::image
