#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

#include "check/ended_release.h"
#include "check/image_origin.h"
#include "check/rule.h"
#include "image/inventory.h"
#include "workload/end_of_life.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "image-release-ended",
    .title = "The image's operating system is past its end of life",
    .severity = Severity::kHigh,
    .control = Control::kBaseImageUpdates,
    .enabled = true,
    .why =
        "Nobody fixes its packages any more: each vulnerability that is found from now on stays in "
        "the image, and no update will take it away.",
    .fix_note =
        "Build on a supported release; the end of life of the next one is known in advance.",
    .sources = "https://endoflife.date",
};

/// The image that has the tags of a distribution. Those that roll are left out: they never end.
struct Source {
  std::string_view id;  ///< of os-release
  std::string_view image;
};
constexpr Source kSources[] = {
    {"almalinux", "almalinux"}, {"alpine", "alpine"},
    {"amzn", "amazonlinux"},    {"centos", "centos"},
    {"debian", "debian"},       {"fedora", "fedora"},
    {"ol", "oraclelinux"},      {"opensuse-leap", "opensuse/leap"},
    {"photon", "photon"},       {"raspbian", "debian"},
    {"rocky", "rockylinux"},    {"ubuntu", "ubuntu"},
};

std::optional<ImageReference> reference_of(const image::OsRelease& release) {
  const auto* const source =
      std::find_if(std::begin(kSources), std::end(kSources),
                   [&](const Source& each) { return each.id == release.id; });
  // "3.21_alpha20241107" is Alpine's edge.
  if (source == std::end(kSources) || release.version_id.empty() ||
      release.version_id.find('_') != std::string::npos) {
    return std::nullopt;
  }
  const bool is_stream = ascii::contains(release.pretty_name, "Stream");
  auto reference =
      parse_image_reference(is_stream ? "quay.io/centos/centos:stream" + release.version_id
                                      : std::string(source->image) + ':' + release.version_id);
  if (!reference) return std::nullopt;
  return *reference;
}

/// Where the image says it.
std::string path_of_release(const image::Inventory& image) {
  std::string path = image.tree.real_path("etc/os-release");
  return path.empty() ? image.tree.real_path("usr/lib/os-release") : path;
}

void check(const image::Inventory& image, Sink& sink) {
  const auto reference = reference_of(image.release);
  if (!reference) return;
  const Date today = sink.options().today;
  for (const EndOfLife& release : end_of_life(*reference)) {
    if (!release.ended(today)) continue;
    const std::string path = path_of_release(image);
    Finding& finding = sink.report_file(path, describe_ended(release, today));
    if (supported_by_others(release, today)) finding.severity = Severity::kLow;
    if (!release.note.empty()) finding.because("note", std::string(release.note));
    if (const auto id = image.tree.find(path)) add_origin(finding, image, id->layer);
    return;
  }
}

constexpr Example kExamples[] = {
    {.name = "Alpine",
     .before = "config {}\nlayer ADD rootfs.tar /\n"
               "text «etc/os-release» ID=alpine\\nVERSION_ID=3.12.1\n"},
    {.name = "CentOS",
     .before = "config {}\nlayer ADD rootfs.tar /\n"
               "text «etc/os-release» ID=centos\\nVERSION_ID=7\n"},
    {.name = "CentOS Stream",
     .before = "config {}\nlayer ADD rootfs.tar /\ntext «etc/os-release» "
               "ID=centos\\nVERSION_ID=8\\nPRETTY_NAME=\"CentOS Stream 8\"\n"},
    {.name = "a version that says only its number",
     .before = "config {}\nlayer ADD rootfs.tar /\n"
               "text «etc/os-release» ID=ubuntu\\nVERSION_ID=18.04\n"},
    {.name = "supported",
     .before =
         "config {}\nlayer ADD rootfs.tar /\ntext etc/os-release ID=debian\\nVERSION_ID=13\n"},
    {.name = "a newer stream",
     .before = "config {}\nlayer ADD rootfs.tar /\ntext etc/os-release "
               "ID=centos\\nVERSION_ID=10\\nPRETTY_NAME=\"CentOS Stream 10\"\n"},
    {.name = "rolling",
     .before = "config {}\nlayer ADD rootfs.tar /\ntext etc/os-release ID=arch\n"},
    {.name = "Alpine's edge",
     .before = "config {}\nlayer ADD rootfs.tar /\n"
               "text etc/os-release ID=alpine\\nVERSION_ID=3.12_alpha20200428\n"},
    {.name = "Wolfi",
     .before = "config {}\nlayer ADD rootfs.tar /\n"
               "text etc/os-release ID=wolfi\\nVERSION_ID=20230201\n"},
};

}  // namespace

const Rule& image_release_ended() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
