#include "base/entry_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <system_error>

#include "core/escape.h"
#include "report/json_fields.h"

namespace plimsoll::base {
namespace {

using Json = nlohmann::ordered_json;
using report::fields::number;
using report::fields::text;
using report::fields::texts;

constexpr std::string_view kSchema = "plimsoll/base@1";
constexpr std::size_t kMostOfLine = 1U << 20U;

Json list_of(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) list.push_back(to_utf8(text));
  return list;
}

tl::unexpected<Error> unwritten(const std::string& path, int number) {
  return fail(ErrorCode::kEnvironment,
              "cannot be written: " + std::generic_category().message(number), path);
}

/// 0, or what errno was.
int write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

std::string to_line(const Entry& entry) {
  const report::Settings& settings = entry.settings;
  const Json json{{"schema", kSchema},
                  {"names", list_of(entry.names)},
                  {"turn", entry.turn},
                  {"id", entry.id},
                  {"digest", to_utf8(entry.digest)},
                  {"platform", to_utf8(entry.platform)},
                  {"created", to_utf8(entry.created)},
                  {"os", to_utf8(entry.os)},
                  {"layers", list_of(entry.layers)},
                  {"bytes", entry.bytes},
                  {"size", entry.size},
                  {"packages", entry.packages},
                  {"environment", list_of(settings.environment)},
                  {"ports", list_of(settings.ports)},
                  {"volumes", list_of(settings.volumes)},
                  {"folder", to_utf8(settings.folder)},
                  {"healthcheck", settings.has_healthcheck}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Entry> entry_of_line(std::string_view line) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object()) return fail(ErrorCode::kInvalid, "its first line is no JSON object");
  if (const std::string schema = text(json, "schema"); schema != kSchema) {
    return fail(ErrorCode::kInvalid,
                "its schema is '" + schema + "', not '" + std::string(kSchema) + "'");
  }
  Entry entry{.names = texts(json, "names"),
              .turn = number(json, "turn"),
              .id = text(json, "id"),
              .digest = text(json, "digest"),
              .platform = text(json, "platform"),
              .created = text(json, "created"),
              .os = text(json, "os"),
              .layers = texts(json, "layers"),
              .bytes = number(json, "bytes"),
              .size = number(json, "size"),
              .packages = number(json, "packages")};
  if (entry.names.empty()) return fail(ErrorCode::kInvalid, "it has no name");
  entry.settings = {.environment = texts(json, "environment"),
                    .ports = texts(json, "ports"),
                    .volumes = texts(json, "volumes"),
                    .folder = text(json, "folder")};
  if (const auto found = json.find("healthcheck"); found != json.end()) {
    entry.settings.has_healthcheck = *found == true;
  }
  return entry;
}

Result<std::string> read_first_line(const std::string& path) {
  // Neither a link out of the folder nor a fifo that never ends.
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0) {
    return fail(ErrorCode::kUnreadable, std::generic_category().message(errno), path);
  }
  std::string line;
  std::array<char, 16U << 10U> piece{};
  struct stat about {};
  bool is_whole = ::fstat(file, &about) == 0 && !S_ISREG(about.st_mode);
  while (!is_whole && line.size() < kMostOfLine) {
    const ssize_t got = ::read(file, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    line.append(piece.data(), static_cast<std::size_t>(got));
    if (const std::size_t end = line.find('\n'); end != std::string::npos) {
      line.resize(end);
      is_whole = true;
    }
  }
  ::close(file);
  return line;
}

Result<void> write_whole(const std::string& path, std::string_view text) {
  std::string temporary = path + ".XXXXXX";
  const int file = ::mkstemp(temporary.data());
  if (file < 0) return unwritten(path, errno);
  int status = write_all(file, text);
  if (status == 0 && ::fsync(file) != 0) status = errno;
  if (::close(file) != 0 && status == 0) status = errno;
  if (status == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) status = errno;
  if (status == 0) return {};
  ::unlink(temporary.c_str());
  return unwritten(path, status);
}

FolderLock::FolderLock(const std::string& folder)
    : folder_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  // Where a file system has no locks, two changes at once may lose one of two names.
  while (folder_ >= 0 && ::flock(folder_, LOCK_EX) != 0 && errno == EINTR) continue;
}

FolderLock::~FolderLock() {
  if (folder_ >= 0) ::close(folder_);
}

}  // namespace plimsoll::base
