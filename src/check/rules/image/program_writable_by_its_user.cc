#include <cstdint>
#include <string>

#include "check/image_account.h"
#include "check/image_origin.h"
#include "check/image_program.h"
#include "check/image_start.h"
#include "check/rule.h"
#include "core/path.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "program-writable-by-its-user",
    .title = "The account that the image runs as may change the program",
    .severity = Severity::kLow,
    .control = Control::kReadOnlyFilesystem,
    .why =
        "An intruder who may write files can then replace the code that runs next, and stay after "
        "the hole is closed.",
    .fix_note =
        "Leave programs to root (no --chown, or --chmod without w) and give the user only the "
        "folders that it writes to; or run with a read-only root file system.",
    .sources = "https://docs.docker.com/build/building/best-practices/#user",
};

constexpr std::uint32_t kSticky = 01000;

/// How the account may change what is at `path`; "" when it may not.
std::string way_to_change(const image::Inventory& image, const ImageUser& user,
                          const ImageProgram& program) {
  if (user.may_write(image.tree.entry(program.id))) return "may write";
  const auto folder = image.tree.find(path::folder(program.path));
  if (!folder) return {};
  const image::Entry& entry = image.tree.entry(*folder);
  const bool may_replace = entry.type == image::Entry::Type::kFolder && user.may_write(entry) &&
                           ((entry.mode & kSticky) == 0 || entry.user == user.number);
  return may_replace ? "may replace, in a folder that it may write," : std::string();
}

void check(const image::Inventory& image, Sink& sink) {
  const auto user = user_of(image);
  if (!user) {
    sink.unknown("the image does not say which number its user has");
    return;
  }
  if (user->number == 0) return;
  for (const ImageProgram& program : started_programs(image)) {
    const std::string way = way_to_change(image, *user, program);
    if (way.empty()) continue;
    Finding& finding = sink.report_file(
        program.path, "the image runs as account " + std::to_string(user->number) + ", which " +
                          way + " the program '/" + program.path + "'");
    add_origin(finding, image, program.id.layer);
    return;
  }
}

constexpr Example kExamples[] = {
    {.name = "its own file",
     .before = "config {\"User\": \"10001\", \"Entrypoint\": [\"/app/server\"]}\n"
               "layer COPY --chown=10001 server /app/\ndrwxr-xr-x 0:0 0 app\n"
               "-rwxr-xr-x 10001:0 9 «app/server»\n"},
    {.name = "by a name, in PATH, through a link",
     .before = "config {\"User\": \"app\", \"Cmd\": [\"server\"]}\nlayer COPY . /\n"
               "text etc/passwd app:x:5:6::/:/bin/sh\n"
               "lrwxrwxrwx 0:0 0 usr/bin/server -> /opt/server\n"
               "-rwxrwxr-x 0:6 9 «opt/server»\n"},
    {.name = "a script that an interpreter starts",
     .before = "config {\"User\": \"1000:1000\", \"WorkingDir\": \"/app\", \"Entrypoint\": "
               "[\"tini\", \"--\"], \"Cmd\": [\"node\", \"--enable-source-maps\", \"main.js\"]}\n"
               "layer COPY --chown=1000 . /app\n-rwxr-xr-x 0:0 9 usr/bin/tini\n"
               "-rwxr-xr-x 0:0 9 usr/bin/node\n-rw-r--r-- 1000:0 9 «app/main.js»\n"},
    {.name = "the folder",
     .before = "config {\"User\": \"1000\", \"Cmd\": [\"/app/server\"]}\n"
               "layer COPY server /app/\ndrwxr-xr-x 1000:0 0 app\n-rwxr-xr-x 0:0 9 «app/server»\n"},
    {.name = "root's",
     .before = "config {\"User\": \"1000\", \"Cmd\": [\"/app/server\"]}\n"
               "layer COPY server /app/\ndrwxr-xr-x 0:0 0 app\n-rwxr-xr-x 0:0 9 app/server\n"},
    {.name = "started by root",
     .before = "config {\"Cmd\": [\"/app/server\"]}\nlayer COPY server /app/\n"
               "-rwxrwxrwx 0:0 9 app/server\n"},
    {.name = "what it only reads",
     .before = "config {\"User\": \"1000\", \"Cmd\": [\"server\", \"/etc/server.conf\"]}\n"
               "layer COPY . /\n-rwxr-xr-x 0:0 9 usr/bin/server\n"
               "-rw-r--r-- 1000:0 9 etc/server.conf\n"},
};

}  // namespace

const Rule& program_writable_by_its_user() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
