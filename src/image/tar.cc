#include "image/tar.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string_view>
#include <vector>

namespace plimsoll::image {
namespace {

constexpr std::uint64_t kBlock = 512;
constexpr std::uint64_t kMostMetadata = 1U << 20U;

// Fields of a header: offset and length.
struct Field {
  std::size_t at;
  std::size_t size;
};
constexpr Field kName{0, 100};
constexpr Field kMode{100, 8};
constexpr Field kUser{108, 8};
constexpr Field kGroup{116, 8};
constexpr Field kSize{124, 12};
constexpr Field kChecksum{148, 8};
constexpr std::size_t kType = 156;
constexpr Field kLink{157, 100};
constexpr Field kMagic{257, 8};
constexpr Field kPrefix{345, 155};

std::string_view text_of(const char* block, Field field) {
  const std::string_view whole(block + field.at, field.size);
  return whole.substr(0, whole.find('\0'));
}

/// Octal digits, or GNU's big-endian bytes behind a set highest bit. Nothing when neither.
std::optional<std::uint64_t> number_of(const char* block, Field field) {
  const auto first = static_cast<unsigned char>(block[field.at]);
  if ((first & 0x80U) != 0) {
    std::uint64_t value = first & 0x7FU;
    for (std::size_t i = 1; i < field.size; ++i) {
      if (value >> 55U != 0) return std::nullopt;
      value = value << 8U | static_cast<unsigned char>(block[field.at + i]);
    }
    return value;
  }
  std::string_view text = text_of(block, field);
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 8);
  if (!text.empty() && (error != std::errc() || end != text.data() + text.size())) {
    return std::nullopt;
  }
  return value;
}

bool is_empty(const char* block) {
  return std::all_of(block, block + kBlock, [](char c) { return c == 0; });
}

/// The sum of all bytes, those of the sum itself taken as blanks. Old writers summed signed bytes.
bool has_right_sum(const char* block) {
  const auto said = number_of(block, kChecksum);
  if (!said) return false;
  // In numbers that hold the sum, without branches, so that the compiler takes many bytes at once.
  std::uint32_t plain = 0;
  std::uint32_t high = 0;  // bytes that are negative where a byte has a sign
  const auto add = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      const auto byte = static_cast<unsigned char>(block[i]);
      plain += byte;
      high += byte >> 7U;
    }
  };
  add(0, kChecksum.at);
  add(kChecksum.at + kChecksum.size, kBlock);
  plain += static_cast<std::uint32_t>(' ' * kChecksum.size);  // as which it counts itself
  const std::int64_t with_signs = static_cast<std::int64_t>(plain) - 256 * std::int64_t{high};
  return *said == plain || static_cast<std::int64_t>(*said) == with_signs;
}

std::optional<std::uint64_t> decimal(std::string_view text) {
  std::uint64_t value = 0;
  // Times have fractions; sizes and ids have none.
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Entry::Type type_of(char flag) {
  switch (flag) {
    case '\0':
    case '0':
    case '7':
    case 'S': return Entry::Type::kFile;
    case '1': return Entry::Type::kHardLink;
    case '2': return Entry::Type::kSymbolicLink;
    case '3':
    case '4':
    case '6': return Entry::Type::kDevice;
    case '5': return Entry::Type::kFolder;
    default: return Entry::Type::kOther;
  }
}

/// One record of a PAX header: "LENGTH KEY=VALUE\n", LENGTH counts itself.
struct Record {
  std::string_view key;
  std::string_view value;
};
/// Takes it off `text`; nothing when there is none that is whole.
std::optional<Record> next_record(std::string_view& text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const auto length = decimal(text.substr(0, blank));
  if (!length || *length <= blank + 1 || *length > text.size() ||
      text[static_cast<std::size_t>(*length) - 1] != '\n') {
    return std::nullopt;
  }
  const auto size = static_cast<std::size_t>(*length);
  const std::string_view body = text.substr(blank + 1, size - blank - 2);
  text.remove_prefix(size);
  const std::size_t equals = body.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  return Record{body.substr(0, equals), body.substr(equals + 1)};
}

}  // namespace

bool is_tar_header(std::string_view block) {
  return block.size() >= kBlock && has_right_sum(block.data());
}

Result<bool> TarReader::read_block() {
  const auto got = archive::read_fully(stream_, block_);
  if (!got) return tl::unexpected(got.error());
  offset_ += *got;
  if (*got == 0) return false;
  if (*got < kBlock) return fail(ErrorCode::kInvalid, "the tar ends within a header");
  return true;
}

Result<void> TarReader::skip(std::uint64_t bytes) {
  auto skipped = stream_.skip(bytes);
  if (!skipped && skipped.error().code == ErrorCode::kInvalid) {
    skipped.error().message = "the tar ends within an entry";
  }
  if (skipped) offset_ += bytes;
  return skipped;
}

Result<std::string> TarReader::read_metadata(std::uint64_t size) {
  if (size > kMostMetadata) return fail(ErrorCode::kLimit, "a name or header is longer than 1 MiB");
  std::string text(static_cast<std::size_t>(size), '\0');
  const auto got = archive::read_fully(stream_, text);
  if (!got) return tl::unexpected(got.error());
  offset_ += *got;
  if (*got < text.size()) return fail(ErrorCode::kInvalid, "the tar ends within a header");
  if (auto skipped = skip((kBlock - size % kBlock) % kBlock); !skipped) {
    return tl::unexpected(skipped.error());
  }
  return text;
}

Entry TarReader::entry_of_block(const Overrides& overrides) const {
  Entry entry;
  entry.type = type_of(block_[kType]);
  entry.path = text_of(block_, kName);
  const bool is_ustar = std::string_view(block_ + kMagic.at, 6) == std::string_view("ustar\0", 6);
  if (is_ustar) {
    const std::string_view prefix = text_of(block_, kPrefix);
    if (!prefix.empty()) entry.path = std::string(prefix) + '/' + entry.path;
  }
  entry.link = text_of(block_, kLink);
  const auto pick = [](const std::optional<std::uint64_t>& first,
                       const std::optional<std::uint64_t>& second,
                       std::uint64_t own) { return first ? *first : second.value_or(own); };
  const auto number = [this](Field field) { return number_of(block_, field).value_or(0); };
  entry.mode = static_cast<std::uint32_t>(number(kMode) & 07777U);
  entry.user = static_cast<std::uint32_t>(pick(overrides.user, global_.user, number(kUser)));
  entry.group = static_cast<std::uint32_t>(pick(overrides.group, global_.group, number(kGroup)));
  if (global_.path) entry.path = *global_.path;
  if (overrides.path) entry.path = *overrides.path;
  if (global_.link) entry.link = *global_.link;
  if (overrides.link) entry.link = *overrides.link;
  // A trailing slash makes a folder of what version 7 had no type for.
  if (block_[kType] == '\0' && entry.path.ends_with('/')) entry.type = Entry::Type::kFolder;
  entry.offset = offset_;
  return entry;
}

Result<std::optional<Entry>> TarReader::next() {
  if (auto skipped = skip(content_ + padding_); !skipped) return tl::unexpected(skipped.error());
  content_ = padding_ = 0;
  Overrides overrides;
  while (true) {
    const auto more = read_block();
    if (!more) return tl::unexpected(more.error());
    if (!*more) return std::optional<Entry>();
    if (is_empty(block_)) {
      // The end is two empty blocks; one alone is skipped, as GNU tar does with a warning.
      const auto second = read_block();
      if (!second) return tl::unexpected(second.error());
      if (!*second || is_empty(block_)) return std::optional<Entry>();
    }
    if (!has_right_sum(block_)) return fail(ErrorCode::kInvalid, "no tar header: its sum is wrong");
    const auto own_size = number_of(block_, kSize);
    if (!own_size) return fail(ErrorCode::kInvalid, "no tar header: its size is no number");
    const char flag = block_[kType];
    if (flag == 'x' || flag == 'g' || flag == 'L' || flag == 'K') {
      auto text = read_metadata(*own_size);
      if (!text) return tl::unexpected(text.error());
      if (flag == 'L') {
        overrides.path = text->substr(0, text->find('\0'));
      } else if (flag == 'K') {
        overrides.link = text->substr(0, text->find('\0'));
      } else {
        Overrides& into = flag == 'x' ? overrides : global_;
        std::string_view rest = *text;
        while (const auto record = next_record(rest)) {
          if (record->key == "path") into.path = record->value;
          if (record->key == "linkpath") into.link = record->value;
          if (record->key == "size") into.size = decimal(record->value);
          if (record->key == "uid") into.user = decimal(record->value);
          if (record->key == "gid") into.group = decimal(record->value);
        }
        // Another reader may see other names in it.
        if (rest.find_first_not_of('\0') != std::string_view::npos) {
          return fail(ErrorCode::kInvalid, "a PAX header with a broken record");
        }
      }
      continue;
    }
    Entry entry = entry_of_block(overrides);
    const std::uint64_t size = overrides.size ? *overrides.size : global_.size.value_or(*own_size);
    // What may have content is written as tar(5) of libarchive says: links have none, whatever
    // their header claims, but for PAX files of hard links, which nobody makes images with.
    const bool has_content = entry.type == Entry::Type::kFile || entry.type == Entry::Type::kOther;
    entry.size = has_content ? size : 0;
    if (entry.size > (1ULL << 62U)) return fail(ErrorCode::kInvalid, "an entry is of no real size");
    content_ = entry.size;
    padding_ = (kBlock - entry.size % kBlock) % kBlock;
    return std::optional<Entry>(std::move(entry));
  }
}

Result<std::size_t> TarReader::read(std::span<char> buffer) {
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), content_));
  if (wanted == 0) return 0;
  const auto got = stream_.read(buffer.first(wanted));
  if (!got) return got;
  if (*got == 0) return fail(ErrorCode::kInvalid, "the tar ends within an entry");
  content_ -= *got;
  offset_ += *got;
  return got;
}

Result<std::uint64_t> TarReader::drain() {
  std::vector<char> scratch(64U << 10U);
  std::uint64_t rest = 0;
  while (true) {
    const auto got = stream_.read(scratch);
    if (!got) return tl::unexpected(got.error());
    if (*got == 0) return rest;
    offset_ += *got;
    rest += static_cast<std::uint64_t>(
        std::count_if(scratch.begin(), scratch.begin() + static_cast<std::ptrdiff_t>(*got),
                      [](char c) { return c != 0; }));
  }
}

}  // namespace plimsoll::image
