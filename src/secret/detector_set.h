#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "secret/configuration.h"
#include "secret/detector.h"

struct hs_database;
struct hs_scratch;

namespace re2 {
class RE2;
}

namespace plimsoll::secret {

/// Detectors made ready: one database of all their keywords, patterns compiled when first needed.
/// Immutable from outside; any number of threads may scan with one.
class DetectorSet {
 public:
  /// The built-in detectors as far as the configuration leaves them on, and its own.
  explicit DetectorSet(Configuration configuration = {});
  DetectorSet(const DetectorSet&) = delete;
  DetectorSet& operator=(const DetectorSet&) = delete;
  ~DetectorSet();

  /// A built-in detector that is on.
  struct Ready {
    const Detector* detector = nullptr;
    std::string_view family;
    std::size_t index = 0;
    /// The pattern takes any number of bytes: where keywords follow each other closely in one run
    /// of them, only the first is asked, or the work would be the square of the run.
    bool open_ended = false;
  };
  /// A keyword and whose it is.
  struct Keyword {
    std::string_view text;
    bool caseless = false;
    /// None of them wants fewer bytes of a token right behind it (Detector::run).
    std::size_t run = 0;
    std::vector<std::uint16_t> detectors;  ///< of detectors()
  };

  [[nodiscard]] const std::vector<Ready>& detectors() const { return detectors_; }
  [[nodiscard]] const std::vector<Keyword>& keywords() const { return keywords_; }
  [[nodiscard]] const std::vector<std::uint16_t>& pairs() const { return pairs_; }
  [[nodiscard]] std::size_t longest_keyword() const { return longest_keyword_; }
  [[nodiscard]] const Configuration& configuration() const { return configuration_; }
  /// Compiled at the first call. Never null for a detector that has a pattern.
  [[nodiscard]] const re2::RE2& pattern(const Ready& ready) const;

  /// Null when no detector is on.
  [[nodiscard]] const hs_database* database() const { return database_; }
  /// This thread's, good for database().
  [[nodiscard]] hs_scratch* scratch() const;

 private:
  struct Patterns;

  void add(const Detector& detector, std::string_view family);
  void compile();

  Configuration configuration_;
  std::vector<Ready> detectors_;
  std::vector<Keyword> keywords_;
  std::vector<std::uint16_t> pairs_;
  std::size_t longest_keyword_ = 0;
  hs_database* database_ = nullptr;
  std::uint64_t id_ = 0;
  std::unique_ptr<Patterns> patterns_;
};

}  // namespace plimsoll::secret
