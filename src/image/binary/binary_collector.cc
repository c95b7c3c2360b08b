#include "image/binary/binary_collector.h"

#include <algorithm>
#include <utility>

#include "core/ascii.h"
#include "core/path.h"
#include "image/binary/binary_facts_of.h"
#include "image/binary/elf_file.h"
#include "image/binary/find_bytes.h"
#include "image/binary/go_build_info.h"

namespace plimsoll::image {
namespace {

constexpr std::uint64_t kStart = 16U << 20U;     // headers, symbols and names are here
constexpr std::uint64_t kMostRange = 5U << 20U;  // of what else is kept
constexpr std::size_t kMostRanges = 16;
constexpr std::uint64_t kBeforeSections = 64U << 10U;  // their names stand there
constexpr std::size_t kLongestScriptLine = 256;
constexpr std::uint32_t kAnyRight = 0111;

/// What stands behind "#!"; "" without, or when the file cannot be run.
std::string script_line(const Entry& entry, std::string_view head) {
  if (!head.starts_with("#!") || (entry.mode & kAnyRight) == 0) return {};
  const std::string_view line = head.substr(2, head.find('\n') - 2);
  return std::string(ascii::trim(line.substr(0, kLongestScriptLine)));
}

/// Object files and memory dumps are nothing that runs.
bool can_be_loaded(std::string_view head) {
  if (!ElfFile::has_magic(head) || head.size() < 20) return false;
  const auto order = head[5] == 2 ? ByteOrder::kBig : ByteOrder::kLittle;
  const std::uint32_t type = number_at(head, 16, 2, order);
  return type == 2 || type == 3;
}

/// A program for Windows or macOS. Libraries of .NET begin as the former do and are many, so a
/// program has its ending, too.
bool is_foreign_program(std::string_view path, std::string_view head) {
  if (head.starts_with("MZ")) return ascii::iequals(path::extension(path), ".exe");
  return head.starts_with("\xcf\xfa\xed\xfe") || head.starts_with("\xce\xfa\xed\xfe");
}

}  // namespace

bool BinaryCollector::begin(const Entry& entry, std::string_view head) {
  // Of one path the last holds.
  into_.erase(entry.path);
  bytes_.clear();
  offset_ = 0;
  searches_.clear();
  captures_.clear();
  go_offset_.reset();
  if (head.empty()) return false;
  is_elf_ = can_be_loaded(head);
  is_foreign_ = is_foreign_program(entry.path, head);
  if (auto line = script_line(entry, head); !line.empty()) {
    into_[entry.path].interpreter = std::move(line);
  }
  for (const Classifier* classifier : classifiers_of(entry.path, is_elf_)) {
    searches_.emplace_back(*classifier, entry.path);
  }
  if (!is_elf_ && !is_foreign_ && searches_.empty()) return false;
  is_large_ = entry.size > limits_.most_kept;
  if (is_large_ && is_elf_) plan_captures(head);
  if (!is_large_) bytes_.reserve(static_cast<std::size_t>(entry.size));
  return true;
}

void BinaryCollector::plan_captures(std::string_view head) {
  const auto add = [this](std::uint64_t offset, std::uint64_t size) {
    if (captures_.size() < kMostRanges) {
      captures_.push_back({offset, std::min(size, kMostRange), {}});
    }
  };
  captures_.push_back({0, kStart, {}});
  const auto file = ElfFile::parse(FileRanges(head));
  if (!file) return;
  const std::uint64_t sections = file->section_table();
  add(sections - std::min(sections, kBeforeSections), kMostRange);
  for (const ElfFile::Segment& segment : file->segments()) {
    if (segment.type == ElfFile::kDynamic || segment.type == ElfFile::kInterpreter ||
        segment.type == ElfFile::kNotes) {
      add(segment.offset, segment.size);
    }
  }
}

void BinaryCollector::piece(std::string_view bytes) {
  if (is_large_) {
    while (!bytes.empty()) {
      const std::string_view part = bytes.substr(0, limits_.window);
      bytes_ += part;
      bytes.remove_prefix(part.size());
      if (bytes_.size() >= limits_.window) look(false);
    }
  } else if (bytes.size() <= limits_.most_kept - bytes_.size()) {
    bytes_ += bytes;
  }
}

void BinaryCollector::look(bool is_last) {
  for (VersionSearch& search : searches_) search.look(bytes_, offset_ == 0, is_last);
  if (is_elf_ || is_foreign_) {
    if (!go_offset_) find_go();
    fill_captures();
  }
  const std::size_t done = bytes_.size() - std::min(bytes_.size(), VersionSearch::kOverlap);
  bytes_.erase(0, done);
  offset_ += done;
}

void BinaryCollector::find_go() {
  constexpr std::uint64_t kAlignment = 16;
  for (std::size_t at = find_bytes(bytes_, kGoMagic); at != std::string::npos;
       at = find_bytes(bytes_, kGoMagic, at + 1)) {
    if ((offset_ + at) % kAlignment != 0) continue;
    if (!is_go_header(std::string_view(bytes_).substr(at))) continue;
    go_offset_ = offset_ + at;
    captures_.push_back({*go_offset_, kMostGoBuildInfo, {}});
    return;
  }
}

void BinaryCollector::fill_captures() {
  const std::uint64_t end = offset_ + bytes_.size();
  for (Capture& capture : captures_) {
    const std::uint64_t next = capture.offset + capture.bytes.size();
    const std::uint64_t wanted = capture.size - capture.bytes.size();
    if (wanted == 0 || next < offset_ || next >= end) continue;
    capture.bytes.append(bytes_, static_cast<std::size_t>(next - offset_),
                         static_cast<std::size_t>(std::min(wanted, end - next)));
  }
}

void BinaryCollector::end_foreign(const Entry& entry) {
  const bool is_kept = is_large_ && !captures_.empty();
  auto info = find_go_build_info(is_kept ? captures_.front().bytes : bytes_);
  if (info) {
    PackageList list("Go", entry.path);
    add_go_packages(*info, list);
    for (Package& package : std::move(list).finish()) {
      into_[entry.path].packages.push_back(std::move(package));
    }
  } else if (info.error().code != ErrorCode::kNotFound) {
    info.error().path = entry.path;
    into_[entry.path].problems.push_back(std::move(info.error()));
  }
}

void BinaryCollector::end(const Entry& entry, bool whole) {
  if (is_large_) {
    look(true);
  } else {
    for (VersionSearch& search : searches_) search.look(bytes_, true, true);
  }
  if (is_elf_) {
    FileRanges ranges;
    if (!is_large_) ranges.add(0, bytes_);
    for (const Capture& capture : captures_) ranges.add(capture.offset, capture.bytes);
    BinaryFacts facts = binary_facts_of(ranges, entry.path, !is_large_, go_offset_);
    // What broke off cannot be told from what is not there.
    facts.is_understood = facts.is_understood && whole;
    if (facts.is_elf) into_[entry.path] = std::move(facts);
  }
  if (is_foreign_) end_foreign(entry);
  for (const VersionSearch& search : searches_) {
    const auto version = search.version();
    if (!version || !whole) continue;
    const std::string name(search.classifier().name);
    into_[entry.path].packages.push_back({.name = name,
                                          .version = *version,
                                          .ecosystem = "generic",
                                          .purl = "pkg:generic/" + name + '@' + *version,
                                          .path = entry.path});
  }
  bytes_.clear();
  // The next file is likely small.
  if (bytes_.capacity() > kStart) bytes_.shrink_to_fit();
  captures_.clear();
}

}  // namespace plimsoll::image
