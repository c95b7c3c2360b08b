#include <algorithm>
#include <utility>

#include "advisory/erratum.h"
#include "advisory/feed.h"
#include "advisory/feed_text.h"
#include "advisory/feed_xml.h"
#include "core/ascii.h"
#include "core/date.h"

namespace plimsoll::advisory::feeds {
namespace {

constexpr auto kNone = std::string_view::npos;

/// "2024-10-30 12:00:00" is no time of a known zone; its day is.
std::string day_of(pugi::xml_node update, std::string_view element) {
  const std::string_view day = xml::attribute(xml::child(update, element), "date").substr(0, 10);
  return std::string(parse_date(day) ? day : std::string_view());
}

/// Fedora's word for what nobody has rated is not that there is none.
std::string_view severity_of(pugi::xml_node update) {
  const std::string_view word = xml::text(xml::child(update, "severity"));
  return ascii::iequals(word, "none") ? std::string_view() : word;
}

void take_cves(std::string_view text, std::vector<std::string>& cves) {
  for (std::string_view cve = find_cve(text); !cve.empty(); cve = find_cve(text)) {
    cves.emplace_back(cve);
    text.remove_prefix(static_cast<std::size_t>(cve.data() + cve.size() - text.data()));
  }
}

/// Amazon's references are CVEs. Fedora's are bugs, whose titles name CVEs; where no bug does, what
/// is told of the update does.
void take_references(pugi::xml_node update, Advisory& advisory) {
  auto& urls = advisory.references;
  std::string_view own;  // comes first
  for (const pugi::xml_node each : xml::child(update, "references").children()) {
    if (xml::name(each) != "reference") continue;
    const std::string_view url = xml::attribute(each, "href");
    const bool is_own = own.empty() && xml::attribute(each, "type") == "self";
    if (is_own) own = url;
    if (!is_own && !url.empty()) urls.emplace_back(url);
    take_cves(xml::attribute(each, "id"), advisory.upstream);
    take_cves(xml::attribute(each, "title"), advisory.upstream);
  }
  if (!own.empty()) urls.emplace(urls.begin(), own);
  if (advisory.upstream.empty()) take_cves(advisory.summary, advisory.upstream);
  if (advisory.upstream.empty()) take_cves(advisory.details, advisory.upstream);
  leave_once(advisory.upstream);
}

/// "go-toolset:rhel8" of <module name="go-toolset" stream="rhel8"/>; "" without.
std::string module_of(pugi::xml_node collection) {
  const pugi::xml_node module = xml::child(collection, "module");
  const std::string_view name = xml::attribute(module, "name");
  const std::string_view stream = xml::attribute(module, "stream");
  if (name.empty() || stream.empty()) return {};
  return std::string(name) + ':' + std::string(stream);
}

/// @return how many packages are of no distribution that is known
std::size_t take_packages(pugi::xml_node update, Advisory& advisory) {
  std::size_t unknown = 0;
  for (const pugi::xml_node collection : xml::child(update, "pkglist").children()) {
    const std::string module = module_of(collection);
    for (const pugi::xml_node each : collection.children()) {
      if (xml::name(each) != "package") continue;
      const ErratumPackage package{.name = xml::attribute(each, "name"),
                                   .epoch = xml::attribute(each, "epoch"),
                                   .version = xml::attribute(each, "version"),
                                   .release = xml::attribute(each, "release"),
                                   .architecture = xml::attribute(each, "arch")};
      if (!add_erratum_package(package, module, advisory)) ++unknown;
    }
  }
  return unknown;
}

/// @param newest  day of the newest update so far
void take_update(const FeedFile& file, pugi::xml_node update, std::string& newest, FeedSink& sink) {
  Advisory advisory{.id = std::string(xml::text(xml::child(update, "id")))};
  const auto skip = [&](std::string why) {
    sink.skip(unread(file, advisory.id + ": " + std::move(why)));
  };
  if (advisory.id.empty()) return skip("an update without an id");
  if (xml::attribute(update, "type") != "security") return skip("no update of security");
  advisory.summary = xml::text(xml::child(update, "title"));
  advisory.details = xml::text(xml::child(update, "description"));
  advisory.severity = severity_of(update);
  advisory.published = day_of(update, "issued");
  advisory.modified = std::max(day_of(update, "updated"), advisory.published);
  take_references(update, advisory);
  if (const std::size_t unknown = take_packages(update, advisory); unknown != 0) {
    skip(std::to_string(unknown) + " packages without a version of a known distribution");
  }
  if (const std::size_t count = leave_out_flavours(advisory.affected); count != 0) {
    skip(std::to_string(count) + " builds for ksplice or FIPS, whose versions stand alone");
  }
  newest = std::max(newest, advisory.modified);
  if (!advisory.affected.empty()) sink.add(std::move(advisory));
}

Result<void> read(const FeedFile& file, FeedSink& sink) {
  if (xml::root_name(file.bytes) != "updates") {
    return fail(ErrorCode::kInvalid, "no list of updates", file.path);
  }
  std::string newest;
  xml::Elements updates(file.bytes, "update");
  while (updates.next()) {
    const auto update = xml::parse(updates.element());
    if (update) {
      take_update(file, (*update)->document_element(), newest, sink);
    } else {
      sink.skip(unread(file, update.error().message));
    }
  }
  sink.made(newest);
  const bool ends = updates.element().empty() || file.bytes.rfind("</updates") != kNone;
  if (updates.is_cut() || !ends) {
    return fail(ErrorCode::kInvalid, "it ends before the list of updates does", file.path);
  }
  return {};
}

bool recognises(std::string_view /*path*/, std::string_view head) {
  return xml::root_name(head) == "updates";
}

}  // namespace

/// What createrepo_c puts beside the packages of a repository for dnf and zypper: Amazon Linux,
/// Fedora, AlmaLinux, Rocky Linux, Oracle Linux. Packages are binary ones.
const FeedFormat& updateinfo() {
  static constexpr FeedFormat kFormat{
      .name = "updateinfo",
      .title = "updateinfo.xml of repositories of RPMs",
      .recognises = recognises,
      .read = read,
      .source = "https://github.com/rpm-software-management/createrepo_c"};
  return kFormat;
}

}  // namespace plimsoll::advisory::feeds
