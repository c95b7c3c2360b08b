#include "cli/output.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "core/ascii.h"
#include "core/escape.h"

namespace plimsoll::cli {
namespace {

tl::unexpected<Error> write_error(const std::string& path, int number) {
  return fail(ErrorCode::kEnvironment, std::string("cannot write: ") + std::strerror(number),
              path.empty() ? "standard output" : path);
}

/// 0 on success, else errno.
int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

Result<void> write_to_special(std::string_view text, const std::string& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) return write_error(path, errno);
  int status = write_all(fd, text);
  if (::close(fd) != 0 && status == 0) status = errno;
  if (status != 0) return write_error(path, status);
  return {};
}

std::size_t terminal_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 100;
}

bool is_utf8_locale() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return ascii::icontains(value, "utf-8") || ascii::icontains(value, "utf8");
  }
  return true;  // nothing said (containers, CI): every terminal of this decade reads UTF-8
}

}  // namespace

report::Appearance appearance_of_stdout(bool no_color) {
  report::Appearance appearance;
  const bool terminal = ::isatty(STDOUT_FILENO) == 1;
  const char* no_color_variable = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool dumb = term != nullptr && std::strcmp(term, "dumb") == 0;
  appearance.color = terminal && !no_color && !dumb &&
                     (no_color_variable == nullptr || *no_color_variable == '\0');
  appearance.width = terminal ? terminal_width() : 100;
  appearance.unicode = is_utf8_locale();
  return appearance;
}

Result<void> write_output(std::string_view text, const std::string& path) {
  if (path.empty() || path == "-") {
    const int status = write_all(STDOUT_FILENO, text);
    // The reader had enough (`| head`): that is no failure of ours.
    if (status != 0 && status != EPIPE) return write_error("", status);
    return {};
  }
  // A device or a pipe is written to, never replaced: /dev/null must stay what it is.
  struct stat existing {};
  if (::stat(path.c_str(), &existing) == 0 && !S_ISREG(existing.st_mode)) {
    return write_to_special(text, path);
  }
  std::string temporary = path + ".XXXXXX";
  const int fd = ::mkstemp(temporary.data());
  if (fd < 0) return write_error(path, errno);
  int status = write_all(fd, text);
  if (status == 0 && ::fchmod(fd, 0644) != 0) status = errno;
  if (status == 0 && ::fsync(fd) != 0) status = errno;
  if (::close(fd) != 0 && status == 0) status = errno;
  if (status == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) status = errno;
  if (status != 0) {
    ::unlink(temporary.c_str());
    return write_error(path, status);
  }
  return {};
}

void complain(std::string_view message) {
  const Charset charset = is_utf8_locale() ? Charset::kUnicode : Charset::kAscii;
  const std::string line = "plimsoll: " + escape_terminal(message, 2000, charset) + '\n';
  (void)write_all(STDERR_FILENO, line);
}

}  // namespace plimsoll::cli
