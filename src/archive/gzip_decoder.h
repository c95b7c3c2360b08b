#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "archive/decoder.h"
#include "archive/inflater.h"

namespace plimsoll::archive {

/// RFC 1952. Sums and sizes are checked.
class GzipDecoder final : public Decoder {
 public:
  Result<Step> step(std::string_view in) override;
  [[nodiscard]] std::string_view piece() const override { return inflater_.piece(); }
  [[nodiscard]] bool is_full() const override { return inflater_.is_full(); }
  void drop() override { inflater_.drop(); }
  [[nodiscard]] bool begins(std::string_view in) const override;
  void restart() override;

 private:
  enum class At : std::uint8_t {
    kFixed,      ///< ten bytes that each member begins with
    kExtraSize,  //
    kExtra,      //
    kName,       //
    kComment,    //
    kHeaderSum,  //
    kData,       //
    kTrailer,    //
    kEnd,
  };

  /// What follows, of what the header says there is.
  void go_on_from(At done);
  [[nodiscard]] Result<void> take_header_byte(std::uint8_t byte);
  [[nodiscard]] Result<void> take_fixed_byte(std::uint8_t byte);
  [[nodiscard]] Result<std::size_t> inflate(std::string_view in);
  [[nodiscard]] Result<void> take_trailer_byte(std::uint8_t byte);
  /// Gathers numbers that come byte by byte. @return whether it has `size` bytes
  [[nodiscard]] bool gather(std::uint8_t byte, unsigned size);

  Inflater inflater_;
  At at_ = At::kFixed;
  std::uint8_t flags_ = 0;
  unsigned count_ = 0;         ///< bytes of the part that is read
  std::uint64_t number_ = 0;   ///< that they are
  std::uint32_t header_ = 0;   ///< CRC-32 of the header
  std::uint32_t content_ = 0;  ///< and of what was unpacked
  std::uint32_t size_ = 0;     ///< of that, modulo 2^32
  unsigned extra_ = 0;         ///< bytes of it
};

}  // namespace plimsoll::archive
