#pragma once

#include <cstdint>
#include <string_view>

#include "core/source_file.h"

namespace plimsoll::secret {

/// Lines and columns of text that goes by in pieces.
class LineCount {
 public:
  /// `text` follows what went by before, and is gone by.
  void advance(std::string_view text);

  /// The place behind `text`, which follows what went by. Places that are asked for in order cost
  /// no more than the text does; the answers are the same in any order.
  [[nodiscard]] Position position(std::string_view text);

 private:
  struct Mark {
    std::uint64_t bytes = 0;
    std::uint32_t line = 1;
    std::uint32_t column = 1;
  };
  static Mark after(Mark mark, std::string_view text);

  Mark start_;  ///< of the text to come
  Mark last_;   ///< asked for last, relative to start_
};

}  // namespace plimsoll::secret
