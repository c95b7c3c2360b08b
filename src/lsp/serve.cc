#include "lsp/serve.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "lsp/framing.h"
#include "lsp/server.h"

namespace plimsoll::lsp {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// Shorter than people notice, longer than the gap between messages that an editor sends together.
constexpr milliseconds kPause{20};
/// Who holds a key down still sees something.
constexpr milliseconds kLongestWait{300};

class Conversation {
 public:
  Conversation(const FileSystem& disk, Date today, int input, int output)
      : input_(input),
        output_(output),
        server_(disk, today, [this](const std::string& message) { write(frame(message)); }) {}

  Exit run() {
    for (;;) {
      while (auto message = reader_.next()) {
        if (*message) {
          server_.handle(**message);
        } else {
          server_.refuse(message->error());
        }
        if (server_.ended()) return *server_.ended();
        if (broken_) return Exit::kEnvironment;
      }
      if (reader_.lost()) return Exit::kRejected;
      if (const auto ended = await_input()) return *ended;
    }
  }

 private:
  /// Publishes what is due once nothing comes for a while, then reads.
  std::optional<Exit> await_input() {
    if (!server_.has_due()) {
      due_since_.reset();
    } else if (!due_since_) {
      due_since_ = Clock::now();
    }
    if (due_since_ && !comes_within(wait_left())) {
      server_.publish_due();
      due_since_.reset();
      if (broken_) return Exit::kEnvironment;
    }
    return read();
  }

  [[nodiscard]] milliseconds wait_left() const {
    const auto waited = std::chrono::duration_cast<milliseconds>(Clock::now() - *due_since_);
    return std::clamp(kLongestWait - waited, milliseconds(0), kPause);
  }

  [[nodiscard]] bool comes_within(milliseconds time) const {
    pollfd waiting{input_, POLLIN, 0};
    return time.count() > 0 && ::poll(&waiting, 1, static_cast<int>(time.count())) > 0;
  }

  std::optional<Exit> read() {
    std::array<char, 1U << 16U> bytes;
    for (;;) {
      const ssize_t count = ::read(input_, bytes.data(), bytes.size());
      if (count > 0) {
        reader_.feed({bytes.data(), static_cast<std::size_t>(count)});
        return std::nullopt;
      }
      // The editor is gone: as `exit` without `shutdown`.
      if (count == 0) return Exit::kFindings;
      if (errno != EINTR) return Exit::kEnvironment;
    }
  }

  void write(std::string_view bytes) {
    while (!bytes.empty() && !broken_) {
      const ssize_t count = ::write(output_, bytes.data(), bytes.size());
      if (count >= 0) {
        bytes.remove_prefix(static_cast<std::size_t>(count));
      } else if (errno != EINTR) {
        broken_ = true;
      }
    }
  }

  int input_;
  int output_;
  bool broken_ = false;
  FrameReader reader_;
  Server server_;
  std::optional<Clock::time_point> due_since_;
};

}  // namespace

Exit serve(const FileSystem& disk, Date today, int input, int output) {
  return Conversation(disk, today, input, output).run();
}

}  // namespace plimsoll::lsp
