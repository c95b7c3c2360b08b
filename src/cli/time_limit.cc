#include "cli/time_limit.h"

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include <charconv>

#include "core/exit.h"

namespace plimsoll::cli {
namespace {

constexpr std::chrono::seconds kLongest = std::chrono::hours(24 * 365);

/// Only what a signal may do: what was begun is left as it is. Files are put in place whole, so
/// that none is half written.
void give_up(int /*signal*/) {
  constexpr std::string_view kMessage = "plimsoll: --timeout is over, nothing was judged\n";
  (void)!::write(STDERR_FILENO, kMessage.data(), kMessage.size());
  ::_exit(static_cast<int>(Exit::kIncomplete));
}

std::optional<std::chrono::seconds> unit_of(char letter) {
  switch (letter) {
    case 'h': return std::chrono::hours(1);
    case 'm': return std::chrono::minutes(1);
    case 's': return std::chrono::seconds(1);
    default: return std::nullopt;
  }
}

}  // namespace

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  std::chrono::seconds sum{0};
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (error != std::errc() || text.empty()) return std::nullopt;
    const auto unit = unit_of(text.front());
    if (!unit || number > kLongest.count()) return std::nullopt;
    sum += *unit * number;
    text.remove_prefix(1);
  }
  if (sum < std::chrono::seconds(1) || sum > kLongest) return std::nullopt;
  return sum;
}

void end_after(std::chrono::seconds limit) {
  itimerval running{};
  getitimer(ITIMER_REAL, &running);
  if (running.it_value.tv_sec > 0 || running.it_value.tv_usec > 0) return;
  struct sigaction action {};
  action.sa_handler = give_up;
  sigaction(SIGALRM, &action, nullptr);
  const itimerval timer{.it_interval = {}, .it_value = {.tv_sec = limit.count(), .tv_usec = 0}};
  setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace plimsoll::cli
