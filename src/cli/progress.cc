#include "cli/progress.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "report/painter.h"

namespace plimsoll::cli {
namespace {

using namespace std::chrono_literals;

bool is_watched() {
  const char* terminal = std::getenv("TERM");
  return ::isatty(STDERR_FILENO) == 1 && terminal != nullptr &&
         std::string_view(terminal) != "dumb";
}

}  // namespace

std::string progress_text(const scan::Progress& progress) {
  const std::size_t subjects = progress.subjects;
  if (subjects > 0) {
    return "judging " + std::to_string(progress.judged) + " of " + std::to_string(subjects) +
           " subjects";
  }
  const std::size_t files = progress.files;
  if (files == 0) return "looking for files";
  return "reading " + std::to_string(progress.read) + " of " + std::to_string(files) + " files";
}

std::string progress_text(const image::Progress& progress) {
  const std::uint64_t bytes = progress.bytes;
  std::string text = "reading " + report::size_text(progress.bytes_done);
  if (bytes > 0) text += " of " + report::size_text(bytes);
  if (const std::size_t layers = progress.layers; layers > 0) {
    text += ", " + std::to_string(progress.layers_done) + " of " + std::to_string(layers) +
            " layers done";
  }
  return text;
}

std::string progress_text(const update::Progress& progress) {
  return "downloading " + std::to_string(progress.files_done) + " of " +
         std::to_string(progress.files) + " files, " + report::size_text(progress.bytes);
}

ProgressLine::ProgressLine(std::function<std::string()> text, bool quiet) : text_(std::move(text)) {
  if (!quiet && is_watched()) thread_ = std::thread([this] { run(); });
}

ProgressLine::~ProgressLine() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    end_ = true;
  }
  ended_.notify_one();
  thread_.join();
}

void ProgressLine::run() {
  std::unique_lock lock(mutex_);
  bool shown = false;
  for (auto wait = 500ms; !ended_.wait_for(lock, wait, [this] { return end_; }); wait = 100ms) {
    std::fprintf(stderr, "\r\x1b[K%s", text_().c_str());
    std::fflush(stderr);
    shown = true;
  }
  if (shown) std::fputs("\r\x1b[K", stderr);
}

}  // namespace plimsoll::cli
