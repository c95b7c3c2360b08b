#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "image/binary/binary_facts.h"
#include "image/binary/classifier.h"
#include "image/content_reader.h"

namespace plimsoll::image {

/// Reads what executables and libraries tell, and the few other files that say which program they
/// are of. A file of usual size is kept until it is whole. Of a larger one are kept its beginning,
/// what its program headers point at and a Go program's build information; where it would take
/// more to answer, that is a problem and not an answer.
class BinaryCollector final : public ContentReader {
 public:
  struct Limits {
    std::uint64_t most_kept = 48U << 20U;  ///< of one file; a longer one is searched as it passes
    std::size_t window = 256U << 10U;      ///< at once
  };

  explicit BinaryCollector(Binaries& into) : BinaryCollector(into, Limits()) {}
  BinaryCollector(Binaries& into, const Limits& limits) : into_(into), limits_(limits) {}

  bool begin(const Entry& entry, std::string_view head) override;
  [[nodiscard]] bool keeps_all() const override { return !is_large_; }
  void piece(std::string_view bytes) override;
  void end(const Entry& entry, bool whole) override;

 private:
  /// Bytes of a large file that are kept.
  struct Capture {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::string bytes;
  };

  void plan_captures(std::string_view head);
  /// Looks at what passed of a large file.
  void look(bool is_last);
  void find_go();
  void fill_captures();
  /// What a Go program for another system was made of.
  void end_foreign(const Entry& entry);

  Binaries& into_;
  Limits limits_;
  bool is_elf_ = false;
  bool is_foreign_ = false;  ///< a program for Windows or macOS
  bool is_large_ = false;
  std::vector<VersionSearch> searches_;
  std::string bytes_;         ///< all of it; of a large one the last that passed
  std::uint64_t offset_ = 0;  ///< where `bytes_` begins
  std::vector<Capture> captures_;
  std::optional<std::uint64_t> go_offset_;  ///< of the build information, in a large one
};

}  // namespace plimsoll::image
