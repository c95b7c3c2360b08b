#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace plimsoll::image {

/// A small ELF file for tests: loaded as it stands in the file, at address 0.
struct SampleElf {
  bool is_64 = true;
  bool is_big_endian = false;
  std::uint16_t machine = 62;
  std::string interpreter;
  std::vector<std::string> needed;
  std::string soname;
  std::string rpath;
  std::string runpath;
  std::vector<std::string> imports;
  std::string build_id;
  std::string package_note;                                   ///< JSON
  std::vector<std::pair<std::string, std::string>> sections;  ///< name and content
  bool is_dynamic = true;

  [[nodiscard]] std::string bytes() const { return Builder(*this).run(); }

 private:
  class Builder {
   public:
    explicit Builder(const SampleElf& elf) : elf_(elf), word_(elf.is_64 ? 8 : 4) {}

    std::string run() {
      struct Segment {
        std::uint32_t type;
        std::size_t offset;
        std::size_t size;
      };
      constexpr std::size_t kSegments = 4;
      const std::size_t header = elf_.is_64 ? 64 : 52;
      const std::size_t each_segment = elf_.is_64 ? 56 : 32;
      std::string data(header + kSegments * each_segment, '\0');
      std::vector<Segment> segments;
      const auto put = [&data](const std::string& bytes) {
        data.resize((data.size() + 15) / 16 * 16, '\0');
        const std::size_t offset = data.size();
        data += bytes;
        return offset;
      };
      if (!elf_.interpreter.empty()) {
        segments.push_back({3, put(elf_.interpreter + '\0'), elf_.interpreter.size() + 1});
      }
      if (elf_.is_dynamic) {
        std::string names(1, '\0');
        const auto name = [&names](const std::string& text) {
          const std::size_t at = names.size();
          names += text + '\0';
          return at;
        };
        std::string symbols(elf_.is_64 ? 24 : 16, '\0');
        for (const std::string& import : elf_.imports) {
          symbols += number(name(import), 4) + std::string(elf_.is_64 ? 20 : 12, '\0');
        }
        std::string dynamic;
        const auto entry = [&](std::uint64_t tag, std::uint64_t value) {
          dynamic += number(tag, word_) + number(value, word_);
        };
        for (const std::string& library : elf_.needed) entry(1, name(library));
        if (!elf_.soname.empty()) entry(14, name(elf_.soname));
        if (!elf_.rpath.empty()) entry(15, name(elf_.rpath));
        if (!elf_.runpath.empty()) entry(29, name(elf_.runpath));
        const std::size_t symbols_at = put(symbols);
        const std::size_t names_at = data.size();
        data += names;
        entry(5, names_at);
        entry(10, names.size());
        entry(6, symbols_at);
        entry(0, 0);
        segments.push_back({2, put(dynamic), dynamic.size()});
      }
      std::string notes;
      if (!elf_.build_id.empty()) notes += note("GNU", 3, elf_.build_id);
      if (!elf_.package_note.empty()) notes += note("FDO", 0xcafe1a7e, elf_.package_note);
      if (!notes.empty()) segments.push_back({4, put(notes), notes.size()});

      std::string section_names(1, '\0');
      std::string table(section_size(), '\0');
      for (const auto& [name, content] : elf_.sections) {
        table += section(section_names.size(), put(content), content.size());
        section_names += name + '\0';
      }
      table += section(0, put(section_names), section_names.size());
      const std::size_t table_at = put(table);

      segments.insert(segments.begin(), {1, 0, data.size()});
      std::string start(
          "\x7f"
          "ELF",
          4);
      start += static_cast<char>(elf_.is_64 ? 2 : 1);
      start += static_cast<char>(elf_.is_big_endian ? 2 : 1);
      start += '\1';
      start.resize(16, '\0');
      start += number(3, 2) + number(elf_.machine, 2) + number(1, 4) + number(0, word_) +
               number(header, word_) + number(table_at, word_) + number(0, 4) + number(header, 2) +
               number(each_segment, 2) + number(segments.size(), 2) + number(section_size(), 2) +
               number(elf_.sections.size() + 2, 2) + number(elf_.sections.size() + 1, 2);
      for (const Segment& each : segments) {
        const std::string type = number(each.type, 4);
        const std::string flags = number(6, 4);
        const std::string place = number(each.offset, word_) + number(each.offset, word_) +
                                  number(each.offset, word_) + number(each.size, word_) +
                                  number(each.size, word_);
        start += elf_.is_64 ? type + flags + place + number(16, 8)
                            : type + place + flags + number(16, 4);
      }
      return data.replace(0, start.size(), start);
    }

   private:
    [[nodiscard]] std::string number(std::uint64_t value, std::size_t size) const {
      std::string text(size, '\0');
      for (std::size_t i = 0; i < size; ++i) {
        text[elf_.is_big_endian ? size - 1 - i : i] = static_cast<char>(value >> (8 * i) & 0xffU);
      }
      return text;
    }
    [[nodiscard]] std::size_t section_size() const { return elf_.is_64 ? 64 : 40; }
    [[nodiscard]] std::string section(std::size_t name, std::size_t offset,
                                      std::size_t size) const {
      std::string record = number(name, 4) + number(1, 4) + number(0, word_) +
                           number(offset, word_) + number(offset, word_) + number(size, word_);
      record.resize(section_size(), '\0');
      return record;
    }
    [[nodiscard]] std::string note(std::string owner, std::uint32_t type,
                                   std::string content) const {
      owner += '\0';
      std::string text = number(owner.size(), 4) + number(content.size(), 4) + number(type, 4);
      owner.resize((owner.size() + 3) / 4 * 4, '\0');
      content.resize((content.size() + 3) / 4 * 4, '\0');
      return text + owner + content;
    }

    const SampleElf& elf_;
    std::size_t word_;
  };
};

/// Go's build information as it stands in a program since Go 1.18. Texts are shorter than 16 KiB.
inline std::string sample_go_build_info(const std::string& version, const std::string& modules) {
  const auto text = [](const std::string& value) {
    std::string size;
    std::size_t left = value.size();
    for (; left >= 0x80; left >>= 7U) size += static_cast<char>((left & 0x7fU) | 0x80U);
    return size + static_cast<char>(left) + value;
  };
  const std::string framed =
      modules.empty() ? modules : std::string(16, 's') + modules + std::string(16, 'e');
  return std::string("\xff Go buildinf:\x08\x02", 16) + std::string(16, '\0') + text(version) +
         text(framed);
}

}  // namespace plimsoll::image
