#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The database file, for its writer and its reader alone. All numbers are little-endian.
///
///     header     Header, then `sections` × Section
///     names      u32 count, per ecosystem: text
///     slots      u32 × 2^n: 1 + index of a package, 0 for none; by hash_of(ecosystem, name)
///     packages   PackageRecord × n
///     affected   per package: varint count, then its entries as database_builder.cc says
///     offsets    u32 count of advisories, then u32 × blocks of kAdvisoriesPerBlock
///     advisories per advisory a text that holds texts and lists
///     strings    texts, each once; a reference is the offset of its length
///     evidence   EvidenceRecord × n, by key
///     exploited  per entry of the catalogue of known exploited: texts
///     texts      blocks of kTextsPerBlock advisories, each a zstd frame, behind u32 × (blocks + 1)
///     sources    what was imported, for people
///
/// A text is a varint length and its bytes. A list is a varint count and as many references.
namespace plimsoll::advisory::format {

inline constexpr char kMagic[8] = {'P', 'L', 'I', 'M', 'S', 'A', 'D', 'V'};
inline constexpr std::uint32_t kVersion = 2;

enum class SectionKind : std::uint32_t {
  kNames,
  kSlots,
  kPackages,
  kAffected,
  kOffsets,
  kAdvisories,
  kStrings,
  kEvidence,
  kExploited,
  kTexts,
  kSources,
};
inline constexpr std::uint32_t kSections = 11;

struct Header {
  char magic[8];
  std::uint32_t version;
  std::uint32_t sections;
  std::uint64_t size;  ///< of the file
  std::uint64_t sum;   ///< XXH3 of the table of sections
};
struct Section {
  std::uint64_t offset;
  std::uint64_t size;
  std::uint64_t sum;  ///< XXH3
};
struct PackageRecord {
  std::uint32_t name;       ///< reference
  std::uint32_t ecosystem;  ///< index into names
  std::uint32_t affected;   ///< offset
};
struct EvidenceRecord {
  std::uint32_t key;         ///< cve_key()
  std::uint16_t epss;        ///< of 65535
  std::uint16_t percentile;  ///< of 65535
  std::uint16_t flags;
  std::uint16_t exploited;  ///< 1 + index into that section, 0 for none
  std::uint32_t cvss;       ///< reference
};
enum EvidenceFlag : std::uint16_t {
  kHasEpss = 1,
  kHasSsvc = 2,
  kProofOfConcept = 4,
  kActive = 8,
  kAutomatable = 16,
  kTotal = 32,
};

/// Beside the status of an entry, which takes the lowest three bits.
enum EntryFlag : std::uint64_t {
  kNote = 8,
  kSeverity = 16,
  kModule = 32,
  kArchitectures = 64,
  kVersions = 128,
  kSymbols = 256,
};

inline constexpr std::size_t kTextsPerBlock = 64;
inline constexpr std::size_t kAdvisoriesPerBlock = 16;

/// Year and number of "CVE-2021-44228" in the order of both; nothing for what is none.
[[nodiscard]] std::optional<std::uint32_t> cve_key(std::string_view id);

[[nodiscard]] std::uint64_t hash_of(std::string_view ecosystem, std::string_view name);

void put_number(std::string& out, std::uint64_t value);  ///< LEB128
void put_text(std::string& out, std::string_view text);

/// Takes what was put off the front of bytes that may be anything: past the end all is 0 and "".
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !bytes_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
    bytes_ = {};
    return 0;
  }
  std::string_view text() {
    const std::uint64_t size = number();
    if (size > bytes_.size()) {
      bytes_ = {};
      return {};
    }
    const std::string_view text = bytes_.substr(0, static_cast<std::size_t>(size));
    bytes_.remove_prefix(text.size());
    return text;
  }
  [[nodiscard]] bool is_at_end() const { return bytes_.empty(); }
  [[nodiscard]] std::size_t left() const { return bytes_.size(); }

 private:
  std::string_view bytes_;
};

}  // namespace plimsoll::advisory::format
