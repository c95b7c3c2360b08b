#include "image/workers.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "image/descriptor.h"
#include "image/folder_tar.h"
#include "image/wire.h"
#include "image/worker.h"
#include "image/worker_message.h"

namespace plimsoll::image {
namespace {

constexpr int kPatience = 300'000;  // milliseconds without a word

}  // namespace

class Workers::Process {
 public:
  static Result<std::unique_ptr<Process>> start(const std::string& executable) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
      return fail(ErrorCode::kEnvironment, std::strerror(errno));
    }
    Descriptor own(ends[0]);
    const Descriptor other(ends[1]);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, other.get(), kControl);
    ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    std::string argument(kWorkerArgument);
    std::string name = "plimsoll";
    char* const arguments[] = {name.data(), argument.data(), nullptr};
    char* const environment[] = {nullptr};
    pid_t child = -1;
    const int failed =
        ::posix_spawn(&child, executable.c_str(), &actions, nullptr, arguments, environment);
    ::posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
      return fail(
          ErrorCode::kEnvironment,
          std::string("no process to read images in can be started: ") + std::strerror(failed));
    }
    auto process = std::make_unique<Process>(child, std::move(own));
    auto sandbox = process->await(nullptr);
    if (!sandbox) return tl::unexpected(std::move(sandbox.error()));
    process->sandbox = *std::move(sandbox);
    return process;
  }

  Process(pid_t child, Descriptor control) : child_(child), control_(std::move(control)) {}
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() {
    control_.reset();  // it ends when nobody asks any more
    if (child_ > 0) ::waitpid(child_, nullptr, 0);
  }

  Result<std::string> ask(Ask question, std::string_view body, archive::ByteStream& stream,
                          Progress* progress) {
    question.body = body.size();
    const auto range = stream.range();
    if (range) {
      question.has_range = true;
      question.offset = range->offset;
      question.size = range->size;
      if (!send_ask(control_.get(), question, range->descriptor) ||
          !send_all(control_.get(), body)) {
        return died();
      }
      return await(progress);
    }
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
      return fail(ErrorCode::kEnvironment, std::strerror(errno));
    }
    Descriptor own(ends[0]);
    Descriptor other(ends[1]);
    if (!send_ask(control_.get(), question, other.get()) || !send_all(control_.get(), body)) {
      return died();
    }
    other.reset();
    const auto pumped = pump(stream, own.get());
    own.reset();
    auto result = await(progress);
    // What is missing is missing because of this.
    if (result && !pumped) return tl::unexpected(pumped.error());
    return result;
  }

  std::string sandbox;

 private:
  static Result<void> pump(archive::ByteStream& stream, int to) {
    std::vector<char> buffer(256U << 10U);
    while (true) {
      const auto got = stream.read(buffer);
      if (!got) return tl::unexpected(got.error());
      if (*got == 0) return {};
      // It may have seen enough: the error that it saw is its answer.
      if (!send_all(to, {buffer.data(), *got})) return {};
    }
  }

  /// The next result.
  Result<std::string> await(Progress* progress) {
    while (true) {
      pollfd wait{control_.get(), POLLIN, 0};
      int ready = 0;
      do {
        ready = ::poll(&wait, 1, kPatience);
      } while (ready < 0 && errno == EINTR);
      if (ready == 0) {
        ::kill(child_, SIGKILL);
        (void)died();
        return fail(ErrorCode::kLimit, "the process that read it said nothing for five minutes");
      }
      Answer answer;
      if (!receive_all(control_.get(), &answer, sizeof answer)) return died();
      if (answer.kind == Answer::Kind::kProgress) {
        if (progress != nullptr) progress->bytes_done += answer.size;
        continue;
      }
      if (answer.size > kLargestMessage) return fail(ErrorCode::kLimit, "it tells too much");
      std::string text(static_cast<std::size_t>(answer.size), '\0');
      if (!receive_all(control_.get(), text.data(), text.size())) return died();
      return text;
    }
  }

  tl::unexpected<Error> died() {
    int status = 0;
    if (child_ > 0) ::waitpid(child_, &status, 0);
    child_ = -1;
    std::string how = "the process that read it ended";
    if (WIFSIGNALED(status)) how += " by signal " + std::to_string(WTERMSIG(status));
    return fail(ErrorCode::kLimit, how);
  }

  pid_t child_;
  Descriptor control_;

 public:
  [[nodiscard]] bool is_alive() const { return child_ > 0; }
};

Workers::Workers(std::string executable, const AnalysisSettings& settings)
    : executable_(std::move(executable)), settings_(to_bytes(settings)) {}
Workers::~Workers() = default;

Result<std::unique_ptr<Workers::Process>> Workers::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto process = std::move(idle_.back());
      idle_.pop_back();
      return process;
    }
  }
  return Process::start(executable_);
}

void Workers::give_back(std::unique_ptr<Process> process) {
  if (!process->is_alive()) return;
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(process));
}

namespace {

/// The bytes of a layer, whichever they are.
struct Opened {
  std::unique_ptr<FolderReader> folder;
  std::unique_ptr<archive::ByteStream> stream;
};

Result<Opened> open(LayerBytes layer) {
  Opened opened;
  if (layer.stream) {
    opened.stream = std::move(layer.stream);
    return opened;
  }
  auto folder = FolderReader::open(layer.folder);
  if (!folder) return tl::unexpected(std::move(folder.error()));
  opened.folder = *std::move(folder);
  opened.stream = tar_of(*opened.folder);
  return opened;
}

}  // namespace

Result<LayerAnalysis> Workers::analyse(LayerBytes layer, Progress& progress) {
  auto opened = open(std::move(layer));
  if (!opened) return tl::unexpected(std::move(opened.error()));
  auto process = take();
  if (!process) return tl::unexpected(std::move(process.error()));
  const auto answer =
      (*process)->ask({.task = Task::kAnalyse}, settings_, *opened->stream, &progress);
  give_back(*std::move(process));
  if (!answer) return tl::unexpected(answer.error());
  auto analysis = from_bytes<LayerAnalysis>(*answer);
  if (analysis && opened->folder) {
    // Of a tar that nobody else has.
    analysis->content.diff_id.clear();
    analysis->content.stored.clear();
    for (Error& problem : opened->folder->take_problems()) {
      analysis->content.problems.push_back(std::move(problem));
    }
  }
  return analysis;
}

Result<PackageReadings> Workers::read_packages(LayerBytes layer, const WantedReaders& wanted) {
  auto opened = open(std::move(layer));
  if (!opened) return tl::unexpected(std::move(opened.error()));
  auto process = take();
  if (!process) return tl::unexpected(std::move(process.error()));
  const auto answer =
      (*process)->ask({.task = Task::kReadPackages}, to_bytes(wanted), *opened->stream, nullptr);
  give_back(*std::move(process));
  if (!answer) return tl::unexpected(answer.error());
  return from_bytes<PackageReadings>(*answer);
}

Result<ArchiveMembers> Workers::read_archive(std::unique_ptr<archive::ByteStream> stream,
                                             Progress& progress) {
  auto process = take();
  if (!process) return tl::unexpected(std::move(process.error()));
  const auto answer = (*process)->ask({.task = Task::kReadArchive}, settings_, *stream, &progress);
  give_back(*std::move(process));
  if (!answer) return tl::unexpected(answer.error());
  return from_bytes<ArchiveMembers>(*answer);
}

Result<SbomContent> Workers::read_sbom(const std::string& path,
                                       std::unique_ptr<archive::ByteStream> file) {
  auto process = take();
  if (!process) return tl::unexpected(std::move(process.error()));
  const auto answer = (*process)->ask({.task = Task::kReadSbom}, path, *file, nullptr);
  give_back(*std::move(process));
  if (!answer) return tl::unexpected(answer.error());
  auto reading = from_bytes<SbomReading>(*answer);
  if (!reading) return tl::unexpected(std::move(reading.error()));
  if (!reading->failure.empty()) return tl::unexpected(std::move(reading->failure.front()));
  return std::move(reading->content);
}

Result<std::string> Workers::sandbox() {
  auto process = take();
  if (!process) return tl::unexpected(std::move(process.error()));
  std::string text = (*process)->sandbox;
  give_back(*std::move(process));
  return text;
}

}  // namespace plimsoll::image
