#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "scan/progress.h"

namespace plimsoll::cli {

/// "reading 1200 of 40000 files", "judging 12 of 900 subjects".
[[nodiscard]] std::string progress_text(const scan::Progress& progress);

/// While it lives, and once half a second has passed, one line on the terminal of standard error
/// says how far the work is; it is wiped away at the end. Nothing when standard error is no
/// terminal or `quiet`.
class ProgressLine {
 public:
  ProgressLine(const scan::Progress& progress, bool quiet);
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();

 private:
  void run();

  const scan::Progress& progress_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool end_ = false;
  std::thread thread_;
};

}  // namespace plimsoll::cli
