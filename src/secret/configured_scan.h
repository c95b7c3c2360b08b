#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "secret/line_count.h"
#include "secret/secret_scan.h"

namespace plimsoll::secret {

struct ConfiguredDetector;

/// Runs the detectors that a user configured. Their patterns are any and need no keyword, so they
/// see the text in windows of 1 MiB, each with 4 KiB of the next; a match may not be longer than
/// that where a window ends.
class ConfiguredScan {
 public:
  ConfiguredScan(const DetectorSet& detectors, std::string_view path);

  [[nodiscard]] static bool is_needed(const DetectorSet& detectors);

  void feed(std::string_view bytes);
  [[nodiscard]] std::vector<Hit> finish();

 private:
  void look(bool last);
  void look_for(const ConfiguredDetector& detector, std::size_t owned,
                const std::vector<std::pair<std::size_t, std::size_t>>& blocks);
  void add(const ConfiguredDetector& detector, std::size_t begin, std::size_t end,
           std::string_view match);

  const DetectorSet& detectors_;
  std::string path_;
  std::string window_;
  std::string lower_;  ///< the window, for keywords
  std::uint64_t base_ = 0;
  LineCount lines_;
  std::vector<Hit> hits_;
};

}  // namespace plimsoll::secret
