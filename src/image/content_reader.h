#pragma once

#include <string_view>

#include "image/entry.h"

namespace plimsoll::image {

/// Sees the content of a layer's files while it passes, piece by piece, in the layer's order. What
/// it finds it puts where it was told to when it was made.
class ContentReader {
 public:
  ContentReader() = default;
  ContentReader(const ContentReader&) = delete;
  ContentReader& operator=(const ContentReader&) = delete;
  virtual ~ContentReader() = default;

  /// @param entry  a file; its path is resolved, without leading slash
  /// @param head   how its content begins; all of a small file. It comes again as the first piece
  /// @return whether its pieces are wanted
  [[nodiscard]] virtual bool begin(const Entry& entry, std::string_view head) = 0;
  /// Once begin() said yes: whether it keeps all pieces until end().
  [[nodiscard]] virtual bool keeps_all() const { return false; }
  virtual void piece(std::string_view bytes) = 0;
  /// @param entry  the one of begin(), with its sum
  /// @param whole  false when the content broke off
  virtual void end(const Entry& entry, bool whole) = 0;
};

}  // namespace plimsoll::image
