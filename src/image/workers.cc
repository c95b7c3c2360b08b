#include "image/workers.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <thread>
#include <utility>

#include "image/descriptor.h"
#include "image/folder_tar.h"
#include "image/wire.h"
#include "image/worker.h"
#include "image/worker_message.h"

namespace plimsoll::image {
namespace {

constexpr int kPatience = 300'000;  // milliseconds without a word
constexpr std::size_t kLines = std::size(kControls);

}  // namespace

class Workers::Process {
 public:
  static Result<std::shared_ptr<Process>> start(const std::string& executable) {
    std::array<Descriptor, kLines> own;
    std::array<Descriptor, kLines> other;
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    for (std::size_t i = 0; i < kLines; ++i) {
      int ends[2];
      if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        ::posix_spawn_file_actions_destroy(&actions);
        return fail(ErrorCode::kEnvironment, std::strerror(errno));
      }
      own[i] = Descriptor(ends[0]);
      other[i] = away_from_controls(Descriptor(ends[1]));
      ::posix_spawn_file_actions_adddup2(&actions, other[i].get(), kControls[i]);
    }
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
    auto process = std::make_shared<Process>(child, std::move(own));
    for (Descriptor& end : other) end.reset();
    auto sandbox = process->await(0, nullptr);
    if (!sandbox) return tl::unexpected(std::move(sandbox.error()));
    process->sandbox = *std::move(sandbox);
    return process;
  }

  Process(pid_t child, std::array<Descriptor, kLines> controls)
      : child_(child), controls_(std::move(controls)) {}
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() {
    for (Descriptor& control : controls_) control.reset();  // it ends when nobody asks any more
    if (child_ > 0) ::waitpid(child_, nullptr, 0);
  }

  Result<std::string> ask(std::size_t line, Ask question, std::string_view body,
                          archive::ByteStream& stream, Progress* progress) {
    const int control = controls_[line].get();
    question.body = body.size();
    const auto range = stream.range();
    if (range) {
      question.has_range = true;
      question.offset = range->offset;
      question.size = range->size;
      if (!send_ask(control, question, range->descriptor) || !send_all(control, body)) {
        return died();
      }
      return await(line, progress);
    }
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
      return fail(ErrorCode::kEnvironment, std::strerror(errno));
    }
    Descriptor own(ends[0]);
    Descriptor other(ends[1]);
    if (!send_ask(control, question, other.get()) || !send_all(control, body)) return died();
    other.reset();
    const auto pumped = pump(stream, own.get());
    own.reset();
    auto result = await(line, progress);
    // What is missing is missing because of this.
    if (result && !pumped) return tl::unexpected(pumped.error());
    return result;
  }

  [[nodiscard]] bool is_alive() {
    const std::lock_guard lock(mutex_);
    return child_ > 0;
  }

  std::string sandbox;
  // Of Workers, who has the lock for them:
  std::array<bool, kLines> taken{};
  bool had_company = false;  ///< both lines were taken at once, the last time one was

 private:
  /// A number that the child's own will not be put over before it was used.
  static Descriptor away_from_controls(Descriptor end) {
    const int least = 1 + *std::max_element(std::begin(kControls), std::end(kControls));
    if (end.get() >= least) return end;
    return Descriptor(::fcntl(end.get(), F_DUPFD_CLOEXEC, least));
  }

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
  Result<std::string> await(std::size_t line, Progress* progress) {
    const int control = controls_[line].get();
    while (true) {
      pollfd wait{control, POLLIN, 0};
      int ready = 0;
      do {
        ready = ::poll(&wait, 1, kPatience);
      } while (ready < 0 && errno == EINTR);
      if (ready == 0) {
        (void)died(true);
        return fail(ErrorCode::kLimit, "the process that read it said nothing for five minutes");
      }
      Answer answer;
      if (!receive_all(control, &answer, sizeof answer)) return died();
      if (answer.kind == Answer::Kind::kProgress) {
        if (progress != nullptr) progress->bytes_done += answer.size;
        continue;
      }
      if (answer.size > kLargestMessage) return fail(ErrorCode::kLimit, "it tells too much");
      std::string text(static_cast<std::size_t>(answer.size), '\0');
      if (!receive_all(control, text.data(), text.size())) return died();
      return text;
    }
  }

  /// @param by_us  it is ended now
  tl::unexpected<Error> died(bool by_us = false) {
    const std::lock_guard lock(mutex_);
    if (child_ > 0) {
      if (by_us) ::kill(child_, SIGKILL);
      ::waitpid(child_, &status_, 0);
    }
    child_ = -1;
    std::string how = "the process that read it ended";
    if (WIFSIGNALED(status_)) how += " by signal " + std::to_string(WTERMSIG(status_));
    return fail(ErrorCode::kLimit, how);
  }

  std::mutex mutex_;  // of what follows
  pid_t child_;
  int status_ = 0;

  std::array<Descriptor, kLines> controls_;
};

Workers::Workers(std::string executable, const AnalysisSettings& settings, std::size_t processes)
    : executable_(std::move(executable)),
      settings_(to_bytes(settings)),
      processes_(processes != 0 ? processes : std::max(1U, std::thread::hardware_concurrency())) {}
Workers::~Workers() = default;

std::size_t Workers::seats() const {
  return processes_ * kLines;
}

Result<Workers::Seat> Workers::take(bool alone) {
  const std::lock_guard lock(mutex_);
  const auto find = [this](std::size_t busy) {
    return std::find_if(all_.begin(), all_.end(), [busy](const auto& process) {
      return process->is_alive() && std::count(process->taken.begin(), process->taken.end(),
                                               true) == static_cast<std::ptrdiff_t>(busy);
    });
  };
  auto found = find(0);
  if (found == all_.end() && (alone || all_.size() < processes_)) {
    auto started = Process::start(executable_);
    if (!started) return tl::unexpected(std::move(started.error()));
    found = all_.insert(all_.end(), *std::move(started));
  }
  if (found == all_.end()) found = find(1);
  if (found == all_.end()) {
    auto started = Process::start(executable_);
    if (!started) return tl::unexpected(std::move(started.error()));
    found = all_.insert(all_.end(), *std::move(started));
  }
  Process& process = **found;
  const std::size_t line = process.taken[0] ? 1 : 0;
  process.had_company = process.taken[0] || process.taken[1];
  process.taken[line] = true;
  if (alone) process.taken.fill(true);
  return Seat{*found, line};
}

bool Workers::give_back(const Seat& seat, bool alone) {
  const std::lock_guard lock(mutex_);
  seat.process->taken[seat.line] = false;
  if (alone) seat.process->taken.fill(false);
  if (seat.process->is_alive()) return false;
  std::erase(all_, seat.process);
  return seat.process->had_company;
}

Result<std::string> Workers::ask(const Ask& question, std::string_view body,
                                 archive::ByteStream& stream, Progress* progress) {
  const auto once = [&](bool alone, bool& died_beside) -> Result<std::string> {
    auto seat = take(alone);
    if (!seat) return tl::unexpected(std::move(seat.error()));
    auto answer = seat->process->ask(seat->line, question, body, stream, progress);
    const bool died = give_back(*seat, alone);
    died_beside = died && !answer;
    return answer;
  };
  bool died_beside = false;
  auto answer = once(false, died_beside);
  // The other layer may be what killed it. A stream that is no part of a file is used up.
  if (died_beside && stream.range()) answer = once(true, died_beside);
  return answer;
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
  const Ask question{.task = Task::kAnalyse, .sums_stored = layer.how.sums_stored};
  auto opened = open(std::move(layer));
  if (!opened) return tl::unexpected(std::move(opened.error()));
  const auto answer = ask(question, settings_, *opened->stream, &progress);
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
  const auto answer =
      ask({.task = Task::kReadPackages}, to_bytes(wanted), *opened->stream, nullptr);
  if (!answer) return tl::unexpected(answer.error());
  return from_bytes<PackageReadings>(*answer);
}

Result<ArchiveMembers> Workers::read_archive(std::unique_ptr<archive::ByteStream> stream,
                                             Progress& progress) {
  const auto answer = ask({.task = Task::kReadArchive}, settings_, *stream, &progress);
  if (!answer) return tl::unexpected(answer.error());
  return from_bytes<ArchiveMembers>(*answer);
}

Result<SbomContent> Workers::read_sbom(const std::string& path,
                                       std::unique_ptr<archive::ByteStream> file) {
  const auto answer = ask({.task = Task::kReadSbom}, path, *file, nullptr);
  if (!answer) return tl::unexpected(answer.error());
  auto reading = from_bytes<SbomReading>(*answer);
  if (!reading) return tl::unexpected(std::move(reading.error()));
  if (!reading->failure.empty()) return tl::unexpected(std::move(reading->failure.front()));
  return std::move(reading->content);
}

Result<std::string> Workers::sandbox() {
  auto seat = take(false);
  if (!seat) return tl::unexpected(std::move(seat.error()));
  std::string text = seat->process->sandbox;
  (void)give_back(*seat, false);
  return text;
}

}  // namespace plimsoll::image
