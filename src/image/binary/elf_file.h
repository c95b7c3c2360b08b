#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "image/byte_order.h"

namespace plimsoll::image {

/// The bytes of a file as far as they are at hand: all of a small one, ranges of a large one.
class FileRanges {
 public:
  FileRanges() = default;
  /// One range that is the whole file.
  explicit FileRanges(std::string_view whole) { add(0, whole); }

  /// @param bytes  must outlive this
  void add(std::uint64_t offset, std::string_view bytes);
  /// Nothing when not all of them are at hand, or the file ends before.
  [[nodiscard]] std::optional<std::string_view> at(std::uint64_t offset, std::uint64_t size) const;
  /// From `offset` on, at most `most`: as many as are at hand.
  [[nodiscard]] std::string_view from(std::uint64_t offset, std::uint64_t most) const;

 private:
  std::vector<std::pair<std::uint64_t, std::string_view>> ranges_;
};

/// What is read of an executable, library or object file. Every length in it is a claim: what
/// leads out of the file, or to what is not at hand, is not there. Source: System V ABI, "Object
/// Files" and "Program Loading and Dynamic Linking"; ELF-64 Object File Format.
class ElfFile {
 public:
  struct Segment {
    std::uint32_t type = 0;
    std::uint32_t flags = 0;
    std::uint64_t offset = 0;
    std::uint64_t address = 0;
    std::uint64_t size = 0;  ///< in the file
  };
  struct Section {
    std::string_view name;
    std::uint32_t type = 0;
    std::uint64_t address = 0;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
  };
  /// What the dynamic linker is told. Views are into the bytes.
  struct Dynamic {
    std::vector<std::string_view> needed;
    std::string_view soname;
    std::string_view rpath;
    std::string_view runpath;
    bool is_whole = false;  ///< all of it could be read
    /// What comes from elsewhere, by names of at most 32 bytes; nothing when it cannot be told.
    std::optional<std::vector<std::string_view>> imports;
  };

  static constexpr std::uint32_t kLoad = 1;
  static constexpr std::uint32_t kDynamic = 2;
  static constexpr std::uint32_t kInterpreter = 3;
  static constexpr std::uint32_t kNotes = 4;

  [[nodiscard]] static bool has_magic(std::string_view head);
  /// Nothing when it is none, or its header is broken.
  [[nodiscard]] static std::optional<ElfFile> parse(const FileRanges& bytes);

  [[nodiscard]] bool is_64() const { return is_64_; }
  [[nodiscard]] ByteOrder order() const { return order_; }
  [[nodiscard]] std::uint32_t machine() const { return machine_; }
  [[nodiscard]] const std::vector<Segment>& segments() const { return segments_; }
  /// In a large file they are not at hand.
  [[nodiscard]] const std::vector<Section>& sections() const { return sections_; }
  /// Where the table of sections stands in the file; 0 without.
  [[nodiscard]] std::uint64_t section_table() const { return section_table_; }
  [[nodiscard]] std::string_view interpreter() const;
  [[nodiscard]] std::optional<Dynamic> dynamic() const;
  /// Content of the note of this owner and type; "" without.
  [[nodiscard]] std::string_view note(std::string_view owner, std::uint32_t type) const;
  [[nodiscard]] std::string_view section(std::string_view name) const;
  /// The bytes that are loaded at `address`, at most `most`.
  [[nodiscard]] std::string_view memory(std::uint64_t address, std::uint64_t most) const;

 private:
  explicit ElfFile(const FileRanges& bytes) : bytes_(bytes) {}
  [[nodiscard]] std::uint64_t number(std::string_view record, std::size_t offset,
                                     std::size_t size) const;
  void read_segments(std::string_view header);
  void read_sections(std::string_view header);
  [[nodiscard]] std::string_view note_in(std::string_view notes, std::string_view owner,
                                         std::uint32_t type) const;
  [[nodiscard]] std::optional<std::vector<std::string_view>> imports(
      std::uint64_t symbols, std::uint64_t names, std::uint64_t names_size) const;

  FileRanges bytes_;
  bool is_64_ = false;
  ByteOrder order_ = ByteOrder::kLittle;
  std::uint32_t machine_ = 0;
  std::uint64_t section_table_ = 0;
  std::vector<Segment> segments_;
  std::vector<Section> sections_;
};

}  // namespace plimsoll::image
