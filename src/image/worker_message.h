#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

/// What is said between a worker and who asks it, over a socket of their own. Both are the same
/// executable, so structs go as they are.
namespace plimsoll::image {

inline constexpr std::uint64_t kLargestMessage = 2ULL << 30U;

enum class Task : std::uint8_t { kAnalyse, kReadPackages, kReadArchive, kReadSbom };

/// What is asked; a descriptor comes with it and `body` bytes follow.
struct Ask {
  Task task = Task::kAnalyse;
  bool has_range = false;
  bool sums_stored = true;  ///< of kAnalyse: see LayerReading
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t body = 0;
};

/// What is answered: some kProgress, then one kResult.
struct Answer {
  enum class Kind : std::uint8_t { kSandbox, kProgress, kResult };
  Kind kind = Kind::kResult;
  std::uint64_t size = 0;  ///< of what follows; of kProgress how many bytes were read
};

[[nodiscard]] bool send_all(int to, std::string_view bytes);
[[nodiscard]] bool receive_all(int from, void* into, std::size_t size);
/// A descriptor goes with it, which stays the caller's.
[[nodiscard]] bool send_ask(int to, const Ask& ask, int descriptor);
/// With the descriptor that came, which is the caller's. Nothing when nobody asks any more.
[[nodiscard]] std::optional<std::pair<Ask, int>> receive_ask(int from);

template <class T>
[[nodiscard]] std::string_view bytes_of(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

}  // namespace plimsoll::image
