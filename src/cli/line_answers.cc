#include "cli/line_answers.h"

#include <unistd.h>

#include <cerrno>
#include <string>
#include <vector>

#include "cli/output.h"

namespace plimsoll::cli {
namespace {

class LineAnswers {
 public:
  explicit LineAnswers(const std::function<Result<std::string_view>(std::string_view)>& answer)
      : answer_(answer) {}

  /// Bytes as they come; what is not a whole line waits for more.
  void add(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::size_t end = bytes.find('\n');
      const std::string_view piece = bytes.substr(0, end);
      if (waiting_.size() + piece.size() > kMostLineBytes) {
        is_too_long_ = true;
      } else {
        waiting_ += piece;
      }
      if (end == std::string_view::npos) return;
      finish_line();
      bytes.remove_prefix(end + 1);
    }
  }

  void finish() {
    if (!waiting_.empty() || is_too_long_) finish_line();
  }

  /// @return false when nobody reads any more
  bool flush() {
    const auto written = write_output(out_, "");
    out_.clear();
    if (!written) complain(written.error().to_line());
    return written.has_value();
  }

  [[nodiscard]] Exit exit() const { return is_rejected_ ? Exit::kRejected : Exit::kClean; }

 private:
  void finish_line() {
    ++number_;
    std::string_view line = waiting_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (is_too_long_) {
      reject("longer than " + std::to_string(kMostLineBytes) + " bytes");
    } else if (!line.empty() && !line.starts_with("# ")) {
      const auto found = answer_(line);
      if (found) {
        out_ += *found;
      } else {
        reject(found.error().message);
      }
    }
    out_ += '\n';
    waiting_.clear();
    is_too_long_ = false;
  }

  void reject(const std::string& reason) {
    complain("line " + std::to_string(number_) + ": " + reason);
    out_ += "error";
    is_rejected_ = true;
  }

  const std::function<Result<std::string_view>(std::string_view)>& answer_;
  std::string waiting_;
  std::string out_;
  std::size_t number_ = 0;
  bool is_too_long_ = false;
  bool is_rejected_ = false;
};

}  // namespace

Exit answer_lines(const std::function<Result<std::string_view>(std::string_view line)>& answer) {
  constexpr std::size_t kPiece = 64U << 10U;
  std::vector<char> piece(kPiece);
  LineAnswers answers(answer);
  while (true) {
    const ssize_t count = ::read(STDIN_FILENO, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      complain("cannot read standard input");
      return Exit::kEnvironment;
    }
    if (count == 0) break;
    answers.add({piece.data(), static_cast<std::size_t>(count)});
    if (!answers.flush()) return Exit::kEnvironment;
  }
  answers.finish();
  return answers.flush() ? answers.exit() : Exit::kEnvironment;
}

}  // namespace plimsoll::cli
