#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "image/progress.h"
#include "scan/progress.h"
#include "update/file_update.h"

namespace plimsoll::cli {

/// "reading 1200 of 40000 files", "judging 12 of 900 subjects".
[[nodiscard]] std::string progress_text(const scan::Progress& progress);
/// "reading 38 MB of 250 MB, 3 of 9 layers done".
[[nodiscard]] std::string progress_text(const image::Progress& progress);
/// "downloading 12 of 34 files, 38 MB".
[[nodiscard]] std::string progress_text(const update::Progress& progress);

/// While it lives, and once half a second has passed, one line on the terminal of standard error
/// says how far the work is; it is wiped away at the end. Nothing when standard error is no
/// terminal or `quiet`.
class ProgressLine {
 public:
  /// @param text  asked for every line; from another thread
  ProgressLine(std::function<std::string()> text, bool quiet);
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();

 private:
  void run();

  std::function<std::string()> text_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool end_ = false;
  std::thread thread_;
};

}  // namespace plimsoll::cli
