#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/severity.h"
#include "core/source_file.h"

namespace plimsoll::secret {

class DetectorSet;

/// A secret. Its value is not here, on purpose: nothing that prints can leak it.
struct Hit {
  std::string_view detector;  ///< id; lives as long as the DetectorSet
  std::string_view title;
  std::string_view family;
  Severity severity = Severity::kHigh;
  bool severity_unknown = false;  ///< of a configured detector that names none
  std::uint64_t begin = 0;        ///< bytes of the file
  std::uint64_t end = 0;
  Position position;      ///< of `begin`
  Position end_position;  ///< of `end`
  std::string shown;      ///< "ghp_…": at most four bytes of the value
  /// Of the value, to tell equal ones from others. Never print it: a short value could be guessed
  /// from it.
  std::uint64_t digest = 0;
};

struct Outcome {
  std::vector<Hit> hits;  ///< by place; no two of one detector at the same bytes
  bool flooded = false;   ///< more than kMostHits: the rest is not told
  bool cut = false;       ///< more bytes than the scan was made for: the rest was not looked at
};

inline constexpr std::size_t kMostHits = 1'000;            ///< of one file
inline constexpr std::uint64_t kMostBytes = 64ULL << 20U;  ///< of one file

/// The built-in detectors, made ready at the first call (some milliseconds). Safe to share.
[[nodiscard]] const DetectorSet& builtin_detectors();

/// Finds secrets in one file, given in pieces of any size: what is found does not depend on where
/// they are cut. Binary or text, any bytes. Cheap to make; holds at most some 300 KiB, whatever the
/// file's size, and as much as was fed for a small one. One thread at a time; any number of them
/// share a DetectorSet, which must outlive the scan.
///
///   SecretScan scan(builtin_detectors(), "app/.env");
///   while (…) scan.feed(piece);
///   Outcome outcome = std::move(scan).finish();
class SecretScan {
 public:
  /// @param path        relative to the root that is scanned: some detectors are for some files
  /// only
  /// @param most_bytes  the scan takes as little memory for more of them
  SecretScan(const DetectorSet& detectors, std::string_view path,
             std::uint64_t most_bytes = kMostBytes);
  SecretScan(SecretScan&&) noexcept;
  SecretScan& operator=(SecretScan&&) noexcept;
  ~SecretScan();

  void feed(std::span<const char> bytes);
  /// A whole text in place of pieces, which nothing is copied of. It must outlive finish().
  void take_whole(std::string_view text);
  [[nodiscard]] Outcome finish() &&;

 private:
  class State;
  std::unique_ptr<State> state_;
};

/// A whole file at once.
[[nodiscard]] Outcome scan_text(const DetectorSet& detectors, std::string_view path,
                                std::string_view text);

/// Why a file of this path is not worth scanning, as a phrase for people ("a lock file", "a
/// picture", "under tests/"): what gitleaks and Trivy skip by name. Empty: scan it.
/// @param path  relative to the root that is scanned
[[nodiscard]] std::string_view why_skipped(const DetectorSet& detectors, std::string_view path);

}  // namespace plimsoll::secret
