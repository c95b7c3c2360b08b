#include "image/worker.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "image/archive_stream.h"
#include "image/descriptor.h"
#include "image/layer_analysis.h"
#include "image/layers_in_turns.h"
#include "image/sandbox.h"
#include "image/sbom_content.h"
#include "image/turns.h"
#include "image/wire.h"
#include "image/worker_message.h"

namespace plimsoll::image {
namespace {

constexpr std::uint64_t kProgressStep = 4U << 20U;

/// What comes through a socket, until its other end is closed.
class SocketStream final : public archive::ByteStream {
 public:
  SocketStream(int descriptor, Turns& turns) : descriptor_(descriptor), turns_(turns) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    turns_.await(descriptor_);
    ssize_t got = 0;
    do {
      got = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
    } while (got < 0 && errno == EINTR);
    if (got < 0) return fail(ErrorCode::kUnreadable, std::strerror(errno));
    return static_cast<std::size_t>(got);
  }

 private:
  int descriptor_;
  Turns& turns_;
};

/// Tells how much was read.
class Told final : public archive::ByteStream {
 public:
  Told(std::unique_ptr<archive::ByteStream> source, int control)
      : source_(std::move(source)), control_(control) {}
  ~Told() override { tell(); }
  Result<std::size_t> read(std::span<char> buffer) override {
    auto got = source_->read(buffer);
    if (got) count(*got);
    return got;
  }
  Result<void> skip(std::uint64_t bytes) override {
    auto skipped = source_->skip(bytes);
    if (skipped) count(bytes);
    return skipped;
  }

 private:
  void count(std::uint64_t bytes) {
    untold_ += bytes;
    if (untold_ >= kProgressStep) tell();
  }
  void tell() {
    const Answer answer{.kind = Answer::Kind::kProgress, .size = untold_};
    (void)send_all(control_, bytes_of(answer));
    untold_ = 0;
  }

  std::unique_ptr<archive::ByteStream> source_;
  int control_;
  std::uint64_t untold_ = 0;
};

/// Of the last settings that came: nearly always those of all layers. A task keeps what it began
/// with, also when the other one brings others.
std::shared_ptr<const Analysers> analysers_of(std::string_view settings) {
  static std::string last;
  static std::shared_ptr<const Analysers> analysers;
  if (!analysers || last != settings) {
    last = settings;
    analysers = std::make_shared<Analysers>(
        from_bytes<AnalysisSettings>(settings).value_or(AnalysisSettings()));
  }
  return analysers;
}

std::string do_task(const Ask& ask, std::unique_ptr<archive::ByteStream> stream,
                    std::string_view body, LayersInTurns& layers) {
  switch (ask.task) {
    case Task::kAnalyse:
      return to_bytes(analyse({.stream = std::move(stream),
                               .folder = {},
                               .how = {.sums_stored = ask.sums_stored, .in_turns = &layers}},
                              *analysers_of(body)));
    case Task::kReadPackages: {
      const auto wanted = from_bytes<WantedReaders>(body);
      if (!wanted) return {};
      return to_bytes(read_packages_of({.stream = std::move(stream), .folder = {}}, *wanted));
    }
    case Task::kReadSbom: {
      SbomReading reading;
      auto content = read_sbom(std::string(body), std::move(stream));
      if (content) {
        reading.content = *std::move(content);
      } else {
        reading.failure.push_back(std::move(content.error()));
      }
      return to_bytes(reading);
    }
    case Task::kReadArchive: return to_bytes(read_members(std::move(stream), *analysers_of(body)));
  }
  return {};
}

/// Does what is asked on one line until nobody asks any more. @return whether all was told
bool serve(int control, Turns& turns, LayersInTurns& layers) {
  while (true) {
    turns.await(control);
    const auto asked = receive_ask(control);
    if (!asked) return true;
    const auto& [ask, number] = *asked;
    std::string body(static_cast<std::size_t>(std::min(ask.body, kLargestMessage)), '\0');
    Descriptor file(number);
    if (!receive_all(control, body.data(), body.size())) return false;
    std::unique_ptr<archive::ByteStream> stream;
    if (ask.has_range) {
      stream = archive::file_stream(file.get(), ask.offset, ask.size, {});
    } else {
      stream = std::make_unique<SocketStream>(file.get(), turns);
    }
    const std::string result =
        do_task(ask, std::make_unique<Told>(std::move(stream), control), body, layers);
    file.reset();  // who still sends is told that nobody listens
    const Answer answer{.kind = Answer::Kind::kResult, .size = result.size()};
    if (!send_all(control, bytes_of(answer)) || !send_all(control, result)) return false;
  }
}

}  // namespace

int run_worker() {
  (void)image_package_files();  // made once; what asks for memory later is bounded
  const std::string sandbox = close_process().to_string();
  const Answer first{.kind = Answer::Kind::kSandbox, .size = sandbox.size()};
  if (!send_all(kControls[0], bytes_of(first)) || !send_all(kControls[0], sandbox)) return 1;
  bool good[] = {false, false};
  const auto line = [&good](std::size_t i, Turns& turns, LayersInTurns& layers) {
    good[i] = serve(kControls[i], turns, layers);
  };
  std::optional<LayersInTurns> layers;
  Turns turns([&] { line(0, turns, *layers); }, [&] { line(1, turns, *layers); });
  layers.emplace(turns);
  turns.run();
  return good[0] && good[1] ? 0 : 1;
}

}  // namespace plimsoll::image
