#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// For tests: headers of RPM and the two forms of databases that have no library.
namespace plimsoll::image::sample_rpm {

inline std::string number(std::uint32_t value, std::size_t size, bool big) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t shift = 8 * (big ? size - 1 - i : i);
    bytes += static_cast<char>(value >> shift & 0xFFU);
  }
  return bytes;
}
inline std::string big(std::uint32_t value) {
  return number(value, 4, true);
}
inline std::string little(std::uint32_t value) {
  return number(value, 4, false);
}

/// A header being put together.
class Header {
 public:
  Header& text(std::uint32_t tag, std::string_view value) {
    return add(tag, 6, 1, std::string(value) + '\0');
  }
  Header& texts(std::uint32_t tag, const std::vector<std::string>& values) {
    std::string data;
    for (const std::string& value : values) data += value + '\0';
    return add(tag, 8, static_cast<std::uint32_t>(values.size()), data);
  }
  Header& numbers(std::uint32_t tag, const std::vector<std::uint32_t>& values) {
    std::string data;
    for (const std::uint32_t value : values) data += big(value);
    return add(tag, 4, static_cast<std::uint32_t>(values.size()), data);
  }
  [[nodiscard]] std::string blob() const {
    return big(entries_) + big(static_cast<std::uint32_t>(data_.size())) + index_ + data_;
  }

 private:
  Header& add(std::uint32_t tag, std::uint32_t type, std::uint32_t count, const std::string& data) {
    index_ += big(tag) + big(type) + big(static_cast<std::uint32_t>(data_.size())) + big(count);
    data_ += data;
    ++entries_;
    return *this;
  }

  std::uint32_t entries_ = 0;
  std::string index_;
  std::string data_;
};

inline Header package(std::string_view name, std::string_view version, std::string_view release) {
  Header header;
  header.text(1000, name).text(1001, version).text(1002, release).text(1022, "x86_64");
  return header;
}

/// `Packages.db`: a page of slots, then each blob in blocks of 16 bytes.
inline std::string ndb(const std::vector<std::string>& blobs) {
  std::string slots = "RpmP" + little(0) + little(1) + little(1) + little(99);
  slots.resize(32, '\0');
  std::string data;
  for (std::size_t i = 0; i < blobs.size(); ++i) {
    const auto id = static_cast<std::uint32_t>(i + 1);
    const auto length = static_cast<std::uint32_t>(blobs[i].size());
    std::string block = "BlbS" + little(id) + little(1) + little(length) + blobs[i];
    block.resize((block.size() + 12 + 15) / 16 * 16 - 12, '\0');
    block += little(0) + little(length) + "BlbE";
    slots += "Slot" + little(id) + little(static_cast<std::uint32_t>((4096 + data.size()) / 16)) +
             little(static_cast<std::uint32_t>(block.size() / 16));
    data += block;
  }
  while (slots.size() < 4096) slots += "Slot" + std::string(12, '\0');
  return slots + data;
}

/// `Packages`: one hash page, then chains of overflow pages, each page of 512 bytes.
inline std::string berkeley(const std::vector<std::string>& blobs, bool is_big) {
  constexpr std::size_t kPage = 512;
  constexpr std::size_t kRoom = kPage - 26;
  const auto u32 = [is_big](std::size_t value) {
    return number(static_cast<std::uint32_t>(value), 4, is_big);
  };
  const auto u16 = [is_big](std::size_t value) {
    return number(static_cast<std::uint32_t>(value), 2, is_big);
  };
  const auto page = [&](std::size_t number, std::size_t next, std::size_t entries,
                        std::size_t offset, char type) {
    return std::string(8, '\0') + u32(number) + u32(0) + u32(next) + u16(entries) + u16(offset) +
           '\0' + type;
  };
  std::string overflow;
  std::string items(kPage, '\0');
  std::string slots;
  std::size_t used = 0;
  std::size_t entries = 0;
  const auto add_item = [&](const std::string& item) {
    used += item.size();
    items.replace(kPage - used, item.size(), item);
    slots += u16(kPage - used);
    ++entries;
  };
  add_item('\1' + u32(0));
  add_item('\1' + u32(blobs.size()));
  for (std::size_t i = 0; i < blobs.size(); ++i) {
    std::size_t next = 2 + overflow.size() / kPage;
    add_item('\1' + u32(i + 1));
    add_item(std::string("\3\0\0\0", 4) + u32(next) + u32(blobs[i].size()));
    for (std::size_t at = 0; at < blobs[i].size(); at += kRoom, ++next) {
      const std::string part = blobs[i].substr(at, kRoom);
      const bool is_last = at + kRoom >= blobs[i].size();
      std::string bytes = page(next, is_last ? 0 : next + 1, 1, part.size(), '\7') + part;
      bytes.resize(kPage, '\0');
      overflow += bytes;
    }
  }
  std::string meta = std::string(8, '\0') + u32(0) + u32(0x061561) + u32(9) + u32(kPage);
  meta += std::string("\0\x08", 2);
  meta.resize(kPage, '\0');
  const std::string head = page(1, 0, entries, kPage - used, '\x0D') + slots;
  items.replace(0, head.size(), head);
  return meta + items + overflow;
}

}  // namespace plimsoll::image::sample_rpm
