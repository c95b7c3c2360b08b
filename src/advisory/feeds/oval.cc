#include <algorithm>
#include <utility>
#include <vector>

#include "advisory/erratum.h"
#include "advisory/feed.h"
#include "advisory/feed_text.h"
#include "advisory/feed_xml.h"
#include "advisory/oval_criteria.h"
#include "advisory/rpm_release.h"
#include "core/ascii.h"
#include "core/path.h"

namespace plimsoll::advisory::feeds {
namespace {

/// Azure Linux, CBL-Mariner before, names itself without its release: "azurelinux-3.0-oval.xml" and
/// "cbl-mariner-2.0-oval.xml" have it. OSV calls both Azure Linux.
std::string azure_ecosystem(std::string_view path) {
  const std::string_view name = path::name(path);
  for (std::size_t at = 0; at + 2 < name.size(); ++at) {
    const bool is_release = name[at] == '-' && ascii::is_digit(name[at + 1]) && name[at + 2] == '.';
    if (is_release) return "Azure Linux:" + std::string(name.substr(at + 1, 1));
  }
  return {};
}

bool is_azure(pugi::xml_node root) {
  const std::string_view product =
      xml::text(xml::child(xml::child(root, "generator"), "product_name"));
  return product.starts_with("Azure Linux") || product.starts_with("CBL-Mariner");
}

/// What holds for all definitions of a document.
struct Document {
  OvalTests tests;
  std::string azure;  ///< its ecosystem; "" for others
};

/// Of an update the first word of its title, "ELSA-2007-0057:"; of a vulnerability its CVE.
std::string id_of(pugi::xml_node definition, pugi::xml_node metadata) {
  std::string_view title = xml::text(xml::child(metadata, "title"));
  std::string_view first = take_word(title);
  if (xml::attribute(definition, "class") != "patch") return std::string(find_cve(first));
  while (first.ends_with(':')) first.remove_suffix(1);
  return std::string(first);
}

void take_references(pugi::xml_node metadata, Advisory& advisory) {
  for (const pugi::xml_node each : metadata.children()) {
    if (xml::name(each) != "reference") continue;
    const std::string_view url = xml::attribute(each, "ref_url");
    if (!url.empty()) advisory.references.emplace_back(url);
    const std::string_view cve = find_cve(xml::attribute(each, "ref_id"));
    if (!cve.empty()) advisory.upstream.emplace_back(cve);
  }
  const pugi::xml_node details = xml::child(metadata, "advisory");
  for (const pugi::xml_node each : details.children()) {
    if (xml::name(each) != "cve") continue;
    const std::string_view cve = find_cve(xml::text(each));
    if (!cve.empty()) advisory.upstream.emplace_back(cve);
  }
  leave_once(advisory.upstream);
  if (is_cve(advisory.id)) advisory.upstream.clear();
}

/// Severity and days stand in an "advisory", or beside the title.
void take_metadata(pugi::xml_node metadata, Advisory& advisory) {
  pugi::xml_node details = xml::child(metadata, "advisory");
  if (!details) details = metadata;
  advisory.severity = xml::text(xml::child(details, "severity"));
  advisory.published = xml::attribute(xml::child(details, "issued"), "date");
  if (advisory.published.empty()) {
    advisory.published = xml::text(xml::child(details, "advisory_date"));
  }
  advisory.modified = xml::attribute(xml::child(details, "updated"), "date");
  advisory.summary = xml::text(xml::child(metadata, "title"));
  advisory.details = xml::text(xml::child(metadata, "description"));
}

std::vector<std::string> platforms_of(pugi::xml_node metadata) {
  std::vector<std::string> all;
  for (const pugi::xml_node each : xml::child(metadata, "affected").children()) {
    auto ecosystem = ecosystem_of_platform(xml::text(each));
    if (ecosystem) all.push_back(std::move(*ecosystem));
  }
  return all;
}

/// Azure Linux names source packages, and says here whether there is or was anything to mend.
void take_azure(pugi::xml_node metadata, std::vector<Affected>& all) {
  const bool is_not = xml::text(xml::child(metadata, "patchable")) == "Not Applicable";
  for (Affected& each : all) {
    each.architectures = {"src"};
    if (!is_not) continue;
    each.status = Status::kNotAffected;
    each.ranges.clear();
  }
}

void take_definition(const FeedFile& file, const Document& document, pugi::xml_node definition,
                     FeedSink& sink) {
  const pugi::xml_node metadata = xml::child(definition, "metadata");
  Advisory advisory{.id = id_of(definition, metadata)};
  const std::string where = std::string(xml::attribute(definition, "id")) + ": ";
  if (advisory.id.empty()) {
    sink.skip(unread(file, where + "neither an update nor a CVE"));
    return;
  }
  take_metadata(metadata, advisory);
  take_references(metadata, advisory);
  auto platforms =
      document.azure.empty() ? platforms_of(metadata) : std::vector<std::string>{document.azure};
  std::size_t not_read = 0;
  advisory.affected =
      oval_packages(xml::child(definition, "criteria"), document.tests, platforms, not_read);
  if (!document.azure.empty()) take_azure(metadata, advisory.affected);
  if (not_read != 0) {
    sink.skip(unread(file, where + std::to_string(not_read) + " tests of packages not understood"));
  }
  if (const std::size_t count = leave_out_flavours(advisory.affected); count != 0) {
    sink.skip(unread(file, where + std::to_string(count) +
                               " builds for ksplice or FIPS, whose versions stand alone"));
  }
  for (Affected& each : advisory.affected) each.severity = advisory.severity;
  if (!advisory.affected.empty()) {
    sink.add(std::move(advisory));
  } else if (not_read == 0) {
    sink.skip(unread(file, where + "no package of a known distribution"));
  }
}

Result<void> read(const FeedFile& file, FeedSink& sink) {
  const auto parsed = xml::parse(file.bytes);
  if (!parsed) return tl::unexpected(parsed.error());
  const pugi::xml_node root = xml::child(**parsed, "oval_definitions");
  if (!root) return fail(ErrorCode::kInvalid, "no OVAL definitions", file.path);
  Document document{.tests = OvalTests(root)};
  if (is_azure(root)) {
    document.azure = azure_ecosystem(file.path);
    if (document.azure.empty()) {
      return fail(ErrorCode::kInvalid, "OVAL of Azure Linux whose file names no release",
                  file.path);
    }
  }
  sink.made(xml::text(xml::child(xml::child(root, "generator"), "timestamp")));
  for (const pugi::xml_node each : xml::child(root, "definitions").children()) {
    if (xml::name(each) == "definition") take_definition(file, document, each, sink);
  }
  return {};
}

bool recognises(std::string_view /*path*/, std::string_view head) {
  const std::size_t at = head.find("oval_definitions");
  return at != std::string_view::npos && at > 0 && at < 4096 &&
         (head[at - 1] == '<' || head[at - 1] == ':');
}

}  // namespace

/// OVAL definitions of Oracle, SUSE, Red Hat, Photon and Azure Linux: each binary package with the
/// version that mends it. SUSE's sub-packages have versions of their own and keep them.
const FeedFormat& oval() {
  static constexpr FeedFormat kFormat{
      .name = "oval",
      .title = "OVAL definitions of distributions with RPMs",
      .recognises = recognises,
      .read = read,
      .source = "https://oval-community-guidelines.readthedocs.io/"};
  return kFormat;
}

}  // namespace plimsoll::advisory::feeds
