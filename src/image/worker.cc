#include "image/worker.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include "image/archive_stream.h"
#include "image/descriptor.h"
#include "image/layer_analysis.h"
#include "image/sandbox.h"
#include "image/sbom_content.h"
#include "image/wire.h"
#include "image/worker_message.h"

namespace plimsoll::image {
namespace {

constexpr std::uint64_t kProgressStep = 4U << 20U;

/// What comes through a socket, until its other end is closed.
class SocketStream final : public archive::ByteStream {
 public:
  explicit SocketStream(int descriptor) : descriptor_(descriptor) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    ssize_t got = 0;
    do {
      got = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
    } while (got < 0 && errno == EINTR);
    if (got < 0) return fail(ErrorCode::kUnreadable, std::strerror(errno));
    return static_cast<std::size_t>(got);
  }

 private:
  int descriptor_;
};

/// Tells how much was read.
class Told final : public archive::ByteStream {
 public:
  explicit Told(std::unique_ptr<archive::ByteStream> source) : source_(std::move(source)) {}
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
    (void)send_all(kControl, bytes_of(answer));
    untold_ = 0;
  }

  std::unique_ptr<archive::ByteStream> source_;
  std::uint64_t untold_ = 0;
};

/// Of the last settings that came: nearly always those of all layers.
const Analysers& analysers_of(std::string_view settings) {
  static std::string last;
  static std::unique_ptr<Analysers> analysers;
  if (!analysers || last != settings) {
    last = settings;
    analysers = std::make_unique<Analysers>(
        from_bytes<AnalysisSettings>(settings).value_or(AnalysisSettings()));
  }
  return *analysers;
}

std::string do_task(const Ask& ask, std::unique_ptr<archive::ByteStream> stream,
                    std::string_view body) {
  switch (ask.task) {
    case Task::kAnalyse:
      return to_bytes(analyse({.stream = std::move(stream), .folder = {}}, analysers_of(body)));
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
    case Task::kReadArchive: return to_bytes(read_members(std::move(stream), analysers_of(body)));
  }
  return {};
}

}  // namespace

int run_worker() {
  (void)image_package_files();  // made once; what asks for memory later is bounded
  const std::string sandbox = close_process().to_string();
  const Answer first{.kind = Answer::Kind::kSandbox, .size = sandbox.size()};
  if (!send_all(kControl, bytes_of(first)) || !send_all(kControl, sandbox)) return 1;
  while (const auto asked = receive_ask(kControl)) {
    const auto& [ask, number] = *asked;
    std::string body(static_cast<std::size_t>(std::min(ask.body, kLargestMessage)), '\0');
    Descriptor file(number);
    if (!receive_all(kControl, body.data(), body.size())) return 1;
    std::unique_ptr<archive::ByteStream> stream;
    if (ask.has_range) {
      stream = archive::file_stream(file.get(), ask.offset, ask.size, {});
    } else {
      stream = std::make_unique<SocketStream>(file.get());
    }
    const std::string result = do_task(ask, std::make_unique<Told>(std::move(stream)), body);
    file.reset();  // who still sends is told that nobody listens
    const Answer answer{.kind = Answer::Kind::kResult, .size = result.size()};
    if (!send_all(kControl, bytes_of(answer)) || !send_all(kControl, result)) return 1;
  }
  return 0;
}

}  // namespace plimsoll::image
