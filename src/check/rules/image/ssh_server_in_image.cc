#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "check/image_origin.h"
#include "check/image_program.h"
#include "check/rule.h"
#include "core/path.h"
#include "image/inventory.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ssh-server-in-image",
    .title = "The image has a login service",
    .severity = Severity::kHigh,
    .control = Control::kMinimalBaseImage,
    .enabled = true,
    .aliases = "cis-docker:5.7",
    .why =
        "sshd in a container needs root, keys and patches of its own, and is a way in that no "
        "orchestrator sees. Host keys that are part of the image are everybody's: who pulls it can "
        "pass for each of its containers.",
    .fix_note =
        "Take the server out of the image and use docker exec or kubectl exec. Where it has to be, "
        "remove the host keys in the RUN that installs it and make them when the container starts.",
    .sources =
        "https://docs.docker.com/build/building/best-practices/ "
        "https://cwe.mitre.org/data/definitions/321.html",
};

constexpr std::string_view kServers[] = {"sshd",    "dropbear",   "in.telnetd", "telnetd",  "xrdp",
                                         "in.rshd", "in.rlogind", "Xvnc",       "Xtigervnc"};

bool is_host_key(std::string_view path) {
  if (path.starts_with("etc/dropbear/")) return path.ends_with("_host_key");
  return path.starts_with("etc/ssh/ssh_host_") && path.ends_with("_key");
}

void check(const image::Inventory& image, Sink& sink) {
  std::vector<ImageItem> found;
  for (const std::string_view name : kServers) {
    auto program = find_program(image, name);
    if (!program) continue;
    // A program of many faces, BusyBox, has one of them switched off or on by its configuration.
    if (path::name(program->path) == "busybox") continue;
    found.push_back({std::move(program->path), program->id.layer});
  }
  if (found.empty()) return;
  std::string message = "the image has the login service " + name_paths(found);
  std::vector<ImageItem> keys;
  image.tree.for_each([&](const std::string& path, image::EntryId id) {
    if (is_host_key(path) && image.tree.entry(id).size > 0) keys.push_back({path, id.layer});
  });
  const bool has_keys = !keys.empty();
  if (has_keys) message += ", and host keys that all its containers share";
  std::move(keys.begin(), keys.end(), std::back_inserter(found));
  Finding& finding = report_files(image, found, std::move(message), sink);
  if (!has_keys) finding.severity = Severity::kMedium;
}

constexpr Example kExamples[] = {
    {.name = "with host keys",
     .before = "config {}\nlayer RUN apt-get install openssh-server\n"
               "-rwxr-xr-x 0:0 9 «usr/sbin/sshd»\n-rw------- 0:0 9 etc/ssh/ssh_host_rsa_key\n"},
    {.name = "keys are made later",
     .before = "config {}\nlayer RUN apk add dropbear\n-rwxr-xr-x 0:0 9 «usr/sbin/dropbear»\n"},
    {.name = "the client's half",
     .before = "config {}\nlayer RUN apt-get install openssh-client\n"
               "-rwxr-xr-x 0:0 9 usr/bin/ssh\n-rw-r--r-- 0:0 9 etc/ssh/ssh_config\n"},
    {.name = "BusyBox",
     .before = "config {}\nlayer ADD rootfs.tar /\n-rwxr-xr-x 0:0 9 bin/busybox\n"
               "lrwxrwxrwx 0:0 0 usr/sbin/telnetd -> /bin/busybox\n"},
};

}  // namespace

const Rule& ssh_server_in_image() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
