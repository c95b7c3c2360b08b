#include "update/public_feed.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/near_name.h"
#include "http/url.h"

namespace plimsoll::update {
namespace {

// Where publishers write down their addresses:
//   OSV      https://google.github.io/osv.dev/data/#data-dumps (its bucket, also over HTTPS)
//   KEV      https://www.cisa.gov/known-exploited-vulnerabilities-catalog; CISA's own copy of it,
//            for networks that cisa.gov does not answer: https://github.com/cisagov/kev-data
//   EPSS     https://www.first.org/epss/data_stats
//   Arch     https://wiki.archlinux.org/title/Arch_Security_Team, https://security.archlinux.org/
//   Oracle   https://linux.oracle.com/security/oval/
//   Photon   https://github.com/vmware/photon/wiki/Security-Advisories
//   Debian   https://security-tracker.debian.org/tracker/ ("Download tracker data in JSON")
//   Wolfi, Chainguard  https://github.com/chainguard-dev/vulnerability-scanner-support
//   Azure    https://github.com/microsoft/AzureLinuxVulnerabilityData
//   SSVC     https://github.com/cisagov/vulnrichment
//   Amazon   /etc/yum.repos.d/ of its images; https://docs.aws.amazon.com/linux/al2023/ug/
//   Fedora   /etc/yum.repos.d/ of its images; releases that have ended are in its archive
//
// Not here, because no reader in advisory/feeds/ takes them as they are published: the archives of
// VEX of Red Hat and SUSE (tar), Ubuntu's tracker (git). OSV has the advisories of all of them.

constexpr PublicFile kOsv[] = {
    {"AlmaLinux/all.zip", "AlmaLinux"},
    {"Alpine/all.zip", "Alpine"},
    {"Azure Linux/all.zip", "Azure Linux"},
    {"Bitnami/all.zip", "Bitnami"},
    {"CRAN/all.zip", "CRAN"},
    {"Chainguard/all.zip", "Chainguard"},
    {"Debian/all.zip", "Debian"},
    {"Echo/all.zip", "Echo", false},
    {"Go/all.zip", "Go"},
    {"Hackage/all.zip", "Hackage"},
    {"Hex/all.zip", "Hex"},
    {"Julia/all.zip", "Julia", false},
    {"Mageia/all.zip", "Mageia", false},
    {"Maven/all.zip", "Maven"},
    {"MinimOS/all.zip", "MinimOS", false},
    {"NuGet/all.zip", "NuGet"},
    {"Packagist/all.zip", "Packagist"},
    {"Pub/all.zip", "Pub"},
    {"PyPI/all.zip", "PyPI"},
    {"Red Hat/all.zip", "Red Hat"},
    {"Rocky Linux/all.zip", "Rocky Linux"},
    {"RubyGems/all.zip", "RubyGems"},
    {"SUSE/all.zip", "SUSE"},
    {"SwiftURL/all.zip", "SwiftURL"},
    {"Ubuntu/all.zip", "Ubuntu"},
    {"Wolfi/all.zip", "Wolfi"},
    {"crates.io/all.zip", "crates.io"},
    {"npm/all.zip", "npm"},
    {"openEuler/all.zip", "openEuler", false},
    {"openSUSE/all.zip", "openSUSE"},
};
constexpr PublicFile kKev[] = {{"known_exploited_vulnerabilities.json", ""}};
constexpr PublicFile kEpss[] = {{"epss_scores-current.csv.gz", ""}};
constexpr PublicFile kArch[] = {{"all.json", "Arch Linux"}};
constexpr PublicFile kOracle[] = {{"com.oracle.elsa-all.xml.bz2", "Oracle Linux"}};
constexpr PublicFile kPhoton[] = {
    {"cve_data_photon3.0.json", "Photon OS"},
    {"cve_data_photon4.0.json", "Photon OS"},
    {"cve_data_photon5.0.json", "Photon OS"},
};
constexpr PublicFile kDebian[] = {{"json", "Debian"}};
constexpr PublicFile kSecurityJson[] = {{"security.json", "Wolfi"}};
constexpr PublicFile kChainguard[] = {{"security.json", "Chainguard"}};
constexpr PublicFile kAzure[] = {
    {"azurelinux-3.0-oval.xml", "Azure Linux"},
    {"cbl-mariner-2.0-oval.xml", "CBL-Mariner"},
};
constexpr PublicFile kSsvc[] = {{"develop.zip", ""}};

// The advisories of a release name its packages of every architecture, in each repository of it.
// Fedora's have an update only while no later one of the same package is there, also one that
// mends no vulnerability (_fetch_updates() in bodhi/server/metadata.py): who asks for them by name
// knows that some are missing.
constexpr PublicFile kAmazon[] = {
    {.path = "2/updateinfo.xml",
     .ecosystem = "Amazon Linux",
     .repository = "2/core/latest/x86_64/mirror.list"},
    {.path = "2023/updateinfo.xml",
     .ecosystem = "Amazon Linux",
     .repository = "al2023/core/mirrors/latest/x86_64/mirror.list"},
};
constexpr PublicFile kFedora[] = {
    {.path = "43/updateinfo.xml", .ecosystem = "Fedora", .repository = "43/Everything/x86_64/"},
    {.path = "44/updateinfo.xml", .ecosystem = "Fedora", .repository = "44/Everything/x86_64/"},
};

constexpr PublicFeed kFeeds[] = {
    {.name = "osv",
     .covers = "packages of languages and of distributions",
     .format = "osv",
     .licence = "CC-BY-4.0 and others, by source",
     .addresses = "https://osv-vulnerabilities.storage.googleapis.com/",
     .files = kOsv,
     .has_deltas = true},
    {.name = "kev",
     .covers = "what CISA knows to be exploited",
     .format = "kev",
     .licence = "CC0-1.0",
     .addresses = "https://www.cisa.gov/sites/default/files/feeds/ "
                  "https://raw.githubusercontent.com/cisagov/kev-data/develop/",
     .files = kKev,
     .is_packed_on_the_way = true},
    {.name = "epss",
     .covers = "how likely FIRST thinks an exploit is",
     .format = "epss",
     .licence = "free, with attribution to FIRST",
     .addresses = "https://epss.empiricalsecurity.com/",
     .files = kEpss},
    {.name = "arch",
     .covers = "Arch Linux",
     .format = "arch",
     .licence = "not stated",
     .addresses = "https://security.archlinux.org/",
     .files = kArch,
     .is_packed_on_the_way = true},
    {.name = "oracle",
     .covers = "Oracle Linux",
     .format = "oval",
     .licence = "not stated",
     .addresses = "https://linux.oracle.com/security/oval/",
     .files = kOracle},
    {.name = "photon",
     .covers = "Photon OS",
     .format = "photon",
     .licence = "not stated",
     .addresses = "https://packages.broadcom.com/photon/photon_cve_metadata/",
     .files = kPhoton,
     .is_packed_on_the_way = true},
    {.name = "amazon",
     .covers = "Amazon Linux 2 and 2023, without the extras of 2",
     .format = "updateinfo",
     .licence = "not stated",
     .addresses = "https://cdn.amazonlinux.com/",
     .files = kAmazon},
    {.name = "fedora",
     .covers = "Fedora 43 and 44, of each package the last update only",
     .format = "updateinfo",
     .licence = "not stated",
     .addresses = "https://dl.fedoraproject.org/pub/fedora/linux/updates/ "
                  "https://dl.fedoraproject.org/pub/archive/fedora/linux/updates/",
     .files = kFedora,
     .is_usual = false},
    {.name = "debian-tracker",
     .covers = "Debian, with what it decided not to mend",
     .format = "debian-tracker",
     .licence = "not stated",
     .addresses = "https://security-tracker.debian.org/tracker/data/",
     .files = kDebian,
     .is_usual = false,
     .is_packed_on_the_way = true},
    {.name = "wolfi-secdb",
     .covers = "Wolfi, as it publishes itself",
     .format = "alpine-secdb",
     .licence = "Chainguard's terms",
     .addresses = "https://packages.wolfi.dev/os/",
     .files = kSecurityJson,
     .is_usual = false,
     .is_packed_on_the_way = true},
    {.name = "chainguard-secdb",
     .covers = "Chainguard, as it publishes itself",
     .format = "alpine-secdb",
     .licence = "Chainguard's terms",
     .addresses = "https://packages.cgr.dev/chainguard/",
     .files = kChainguard,
     .is_usual = false,
     .is_packed_on_the_way = true},
    {.name = "azure-oval",
     .covers = "Azure Linux and CBL-Mariner, as Microsoft publishes it",
     .format = "oval",
     .licence = "MIT",
     .addresses = "https://raw.githubusercontent.com/microsoft/AzureLinuxVulnerabilityData/main/",
     .files = kAzure,
     .is_usual = false,
     .is_packed_on_the_way = true},
    {.name = "ssvc",
     .covers = "CISA's view of attacks, and CVSS where a CVE has none",
     .format = "cve-record",
     .licence = "CC0-1.0",
     .addresses = "https://github.com/cisagov/vulnrichment/archive/refs/heads/",
     .files = kSsvc,
     .is_usual = false},
};

/// "redhat" of "Red Hat", "red-hat" and "RED_HAT".
std::string plain(std::string_view name) {
  std::string text = ascii::lower(name);
  std::erase_if(text, [](char c) { return c == ' ' || c == '-' || c == '_'; });
  return text;
}

std::string address_of(std::string_view base, const PublicFile& file) {
  return std::string(base) + escape_path(file.repository.empty() ? file.path : file.repository);
}

Error unknown(std::string_view kind, const std::string& name,
              const std::vector<std::string_view>& known) {
  std::string message = "no feed ";
  message += kind;
  message += " '" + name + "'";
  if (const std::string_view near = nearest_name(name, known); !near.empty()) {
    message += " (did you mean '" + std::string(near) + "'?)";
  } else {
    message += "; `plimsoll db update --list` shows all";
  }
  return fail(ErrorCode::kUsage, std::move(message)).value();
}

Result<std::vector<const PublicFeed*>> feeds_of(const std::vector<std::string>& names) {
  std::vector<const PublicFeed*> feeds;
  for (const PublicFeed& feed : kFeeds) {
    const bool is_named = std::find(names.begin(), names.end(), feed.name) != names.end();
    if (names.empty() ? feed.is_usual : is_named) feeds.push_back(&feed);
  }
  for (const std::string& name : names) {
    const auto is_it = [&name](const PublicFeed& feed) { return feed.name == name; };
    if (std::any_of(std::begin(kFeeds), std::end(kFeeds), is_it)) continue;
    std::vector<std::string_view> known;
    for (const PublicFeed& feed : kFeeds) known.push_back(feed.name);
    return tl::unexpected(unknown("is called", name, known));
  }
  return feeds;
}

Result<void> check_ecosystems(const std::vector<const PublicFeed*>& feeds,
                              const std::vector<std::string>& ecosystems) {
  std::vector<std::string_view> known{"all"};
  for (const PublicFeed* feed : feeds) {
    for (const PublicFile& file : feed->files) {
      if (!file.ecosystem.empty()) known.push_back(file.ecosystem);
    }
  }
  for (const std::string& name : ecosystems) {
    const auto is_it = [&name](std::string_view each) { return plain(each) == plain(name); };
    if (std::any_of(known.begin(), known.end(), is_it)) continue;
    return tl::unexpected(unknown("that is chosen has the ecosystem", name, known));
  }
  return {};
}

bool is_chosen(const PublicFile& file, const std::vector<std::string>& ecosystems) {
  if (ecosystems.empty()) return file.is_usual;
  if (file.ecosystem.empty()) return true;
  return std::any_of(ecosystems.begin(), ecosystems.end(), [&file](const std::string& name) {
    return plain(name) == "all" || plain(name) == plain(file.ecosystem);
  });
}

}  // namespace

std::span<const PublicFeed> public_feeds() {
  return kFeeds;
}

std::string escape_path(std::string_view path) {
  std::string escaped;
  for (const std::string_view part : ascii::split(path, '/')) {
    if (!escaped.empty()) escaped += '/';
    escaped += http::escape_query(part);
  }
  return escaped;
}

std::string FeedFile::path() const {
  return std::string(feed->name) + '/' + std::string(file->path);
}

std::vector<std::string> FeedFile::addresses() const {
  std::vector<std::string> all;
  for (const std::string_view base : ascii::split(feed->addresses, ' ')) {
    all.push_back(address_of(base, *file));
  }
  return all;
}

Result<std::vector<FeedFile>> choose(const Choice& choice) {
  const auto feeds = feeds_of(choice.feeds);
  if (!feeds) return tl::unexpected(feeds.error());
  if (auto known = check_ecosystems(*feeds, choice.ecosystems); !known) {
    return tl::unexpected(known.error());
  }
  std::vector<FeedFile> files;
  for (const PublicFeed* feed : *feeds) {
    for (const PublicFile& file : feed->files) {
      if (is_chosen(file, choice.ecosystems)) files.push_back({.feed = feed, .file = &file});
    }
  }
  return files;
}

std::string feeds_as_markdown() {
  std::string text = "| feed | what it covers | addresses | licence |\n|---|---|---|---|\n";
  for (const PublicFeed& feed : kFeeds) {
    text += "| `" + std::string(feed.name) + '`' + (feed.is_usual ? "" : " (when named)") + " | " +
            std::string(feed.covers);
    if (feed.files.front().ecosystem != feed.files.back().ecosystem) {
      text += ':';
      for (const PublicFile& file : feed.files) {
        const bool is_first = &file == &feed.files.front();
        if (!is_first && file.ecosystem == (&file - 1)->ecosystem) continue;
        text += (is_first ? " " : ", ") + std::string(file.ecosystem);
        if (!file.is_usual) text += " (when named)";
      }
    }
    text += " |";
    for (const std::string_view base : ascii::split(feed.addresses, ' ')) {
      if (&feed == &kFeeds[0]) {
        text += " `" + std::string(base) + "ECOSYSTEM/all.zip`";
        continue;
      }
      for (const PublicFile& file : feed.files) {
        text += " `" + address_of(base, file) + '`';
      }
    }
    text += " | " + std::string(feed.licence) + " |\n";
  }
  return text;
}

}  // namespace plimsoll::update
