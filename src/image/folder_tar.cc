#include "image/folder_tar.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

namespace plimsoll::image {
namespace {

constexpr std::size_t kBlock = 512;

char type_flag(Entry::Type type) {
  switch (type) {
    case Entry::Type::kFile: return '0';
    case Entry::Type::kHardLink: return '1';
    case Entry::Type::kSymbolicLink: return '2';
    case Entry::Type::kFolder: return '5';
    case Entry::Type::kDevice: return '3';
    case Entry::Type::kOther: return '6';
  }
  return '0';
}

/// One of a PAX header: "LENGTH KEY=VALUE\n", LENGTH counts itself.
std::string record(std::string_view key, std::string_view value) {
  std::size_t size = key.size() + value.size() + 3;
  std::size_t digits = std::to_string(size).size();
  while (std::to_string(size + digits).size() != digits) ++digits;
  return std::to_string(size + digits) + ' ' + std::string(key) + '=' + std::string(value) + '\n';
}

std::string padded(std::string text) {
  text.resize((text.size() + kBlock - 1) / kBlock * kBlock, '\0');
  return text;
}

std::string header(std::string_view path, std::string_view link, char type, std::uint64_t size,
                   std::uint32_t mode) {
  std::string block(kBlock, '\0');
  const auto put = [&block](std::size_t at, std::string_view text, std::size_t most) {
    std::memcpy(block.data() + at, text.data(), std::min(text.size(), most));
  };
  char number[24];
  const auto octal = [&](std::size_t at, int width, std::uint64_t value) {
    std::snprintf(number, sizeof number, "%0*llo", width, static_cast<unsigned long long>(value));
    put(at, number, static_cast<std::size_t>(width));
  };
  put(0, path, 100);
  octal(100, 7, mode);
  octal(108, 7, 0);
  octal(116, 7, 0);
  octal(124, 11, size);
  octal(136, 11, 0);
  put(148, "        ", 8);
  block[156] = type;
  put(157, link, 100);
  put(257,
      std::string_view("ustar\0"
                       "00",
                       8),
      8);
  unsigned sum = 0;
  for (const char c : block) sum += static_cast<unsigned char>(c);
  octal(148, 6, sum);
  block[154] = '\0';
  return block;
}

class FolderTar final : public archive::ByteStream {
 public:
  explicit FolderTar(FolderReader& folder) : folder_(folder) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    while (true) {
      if (at_ < ready_.size()) {
        const std::size_t size = std::min(buffer.size(), ready_.size() - at_);
        std::memcpy(buffer.data(), ready_.data() + at_, size);
        at_ += size;
        return size;
      }
      if (content_ > 0) return read_content(buffer);
      if (ended_) return 0;
      if (auto next = advance(); !next) return tl::unexpected(std::move(next.error()));
    }
  }

 private:
  Result<std::size_t> read_content(std::span<char> buffer) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), content_));
    auto got = folder_.read(buffer.first(wanted));
    if (!got) return got;
    std::size_t size = *got;
    if (size == 0) {  // it became shorter
      std::fill_n(buffer.begin(), wanted, '\0');
      size = wanted;
    }
    content_ -= size;
    if (content_ == 0) say(std::string(padding_, '\0'));
    return size;
  }

  Result<void> advance() {
    const auto entry = folder_.next();
    if (!entry) return tl::unexpected(entry.error());
    if (!*entry) {
      ended_ = true;
      say(std::string(2 * kBlock, '\0'));
      return {};
    }
    const Entry& file = **entry;
    const bool has_content = file.type == Entry::Type::kFile;
    // All that may not fit a header; numbers in it are of seven or eleven octal digits.
    const std::string more =
        record("path", file.path) + (file.link.empty() ? "" : record("linkpath", file.link)) +
        record("uid", std::to_string(file.user)) + record("gid", std::to_string(file.group)) +
        record("size", std::to_string(has_content ? file.size : 0));
    say(header("pax", {}, 'x', more.size(), 0) + padded(more) +
        header(file.path, file.link, type_flag(file.type), 0, file.mode));
    content_ = has_content ? file.size : 0;
    padding_ = static_cast<std::size_t>((kBlock - content_ % kBlock) % kBlock);
    return {};
  }

  void say(std::string bytes) {
    ready_ = std::move(bytes);
    at_ = 0;
  }

  FolderReader& folder_;
  std::string ready_;  ///< what comes next
  std::size_t at_ = 0;
  std::uint64_t content_ = 0;  ///< of the file, still to come
  std::size_t padding_ = 0;    ///< behind it
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<archive::ByteStream> tar_of(FolderReader& folder) {
  return std::make_unique<FolderTar>(folder);
}

}  // namespace plimsoll::image
