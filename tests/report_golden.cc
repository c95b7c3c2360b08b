#include "report_golden.h"

#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>

#include "core/report.h"
#include "report/baseline.h"
#include "report/format.h"

namespace plimsoll::test {
namespace {

constexpr RuleInfo kPrivileged{.slug = "privileged-container",
                               .why =
                                   "A privileged container is root on its host: it may load "
                                   "kernel modules and mount every disk."};
constexpr RuleInfo kRunsAsRoot{.slug = "image-runs-as-root",
                               .why = "What breaks out of a process of root is root outside."};
constexpr RuleInfo kNoHealth{.slug = "healthcheck-missing",
                             .why = "Nothing notices that it hangs."};
constexpr RuleInfo kLatest{.slug = "base-image-latest", .why = "It moves…"};
constexpr RuleInfo kUpdates{.slug = "base-images-not-updated", .why = "Old images keep old holes."};

const SourceFile& add_file(Report& report, std::string path, std::string text) {
  report.sources.push_back(std::make_unique<SourceFile>(std::move(path), std::move(text)));
  return *report.sources.back();
}

Finding& add_finding(Report& report, const RuleInfo& rule, Severity severity, std::string message) {
  Finding& finding = report.findings.emplace_back();
  finding.fingerprint = "fingerprint-" + std::to_string(report.findings.size());
  finding.rule = rule.slug;
  finding.severity = severity;
  finding.message = std::move(message);
  return finding;
}

void place(Finding& finding, const SourceFile& file, std::string_view text, std::string subject) {
  const auto begin = static_cast<std::uint32_t>(file.text().find(text));
  finding.file = &file;
  finding.span = {begin, begin + static_cast<std::uint32_t>(text.size())};
  finding.subject = std::move(subject);
}

void score(Report& report) {
  report.score.known = true;
  report.score.percent = 62;
  for (std::size_t i = 0; i < kControlCount; ++i) {
    ControlScore& control = report.score.controls[i];
    control.control = static_cast<Control>(i);
    control.status = static_cast<Status>(i % 4);
    control.passed = static_cast<int>(i % 3);
    control.failed = static_cast<int>(i % 2);
    control.unknown = i % 4 == 3 ? 1 : 0;
  }
  report.score.subjects = {{"compose.yaml#web", 20, 10, 6, {}}, {"Dockerfile", 5, 5, 0, {}}};
}

Report ordinary() {
  Report report;
  const SourceFile& dockerfile =
      add_file(report, "Dockerfile", "FROM node:latest\nRUN npm ci\nCMD [\"node\", \"a.js\"]\n");
  const SourceFile& compose =
      add_file(report, "deploy/compose.yaml", "services:\n  web: {privileged: true}\n  db: {}\n");
  report.subjects = {{"Dockerfile", "dockerfile", "Dockerfile", "Dockerfile"},
                     {"a", "service", "api", "deploy/compose.yaml"},
                     {"d", "service", "db", "deploy/compose.yaml"},
                     {"w", "service", "web", "deploy/compose.yaml"},
                     {"x", "service", "worker", "deploy/compose.yaml"}};
  report.rules = {&kLatest, &kUpdates, &kNoHealth, &kRunsAsRoot, &kPrivileged};

  Finding& latest = add_finding(report, kLatest, Severity::kMedium,
                                "'node:latest' names another image every few days");
  place(latest, dockerfile, "node:latest", "Dockerfile");
  latest.because("image", "docker.io/library/node:latest").because("written", "node:latest");
  Finding& root = add_finding(
      report, kRunsAsRoot, Severity::kHigh,
      "the image runs as root: no stage sets a USER and the base image node:latest sets none "
      "either, so every process that starts in it may write to what the image holds");
  place(root, dockerfile, "CMD", "Dockerfile");
  root.fix = Fix{"add USER node before CMD", {{{0, 0}, "USER node\n"}}, FixSafety::kUnsafe};
  Finding& kept = add_finding(report, kNoHealth, Severity::kLow, "no HEALTHCHECK");
  place(kept, dockerfile, "CMD", "Dockerfile");
  kept.suppressed = Suppression{"hadolint", "the platform probes it", "2027-01-01"};

  Finding& privileged = add_finding(report, kPrivileged, Severity::kCritical, "runs privileged");
  place(privileged, compose, "privileged: true", "w");
  privileged.also = {"a", "d", "x"};
  privileged.because("spec.template.spec.containers[web].securityContext.privileged",
                     "must be false or absent");
  Finding& health =
      add_finding(report, kNoHealth, Severity::kLow, "nothing tells whether it is up");
  place(health, compose, "db", "d");
  health.also = {"w"};

  add_finding(report, kUpdates, Severity::kInfo, "no bot updates the base images");
  report.hidden = 12;
  score(report);
  return report;
}

Report unfinished() {
  Report report;
  report.incomplete.push_back({"read", "", "standard input ended early", "", true});
  report.incomplete.push_back(
      {"parse", "charts/app.yaml", "is a template: render it, then audit the result", "", false});
  for (int i = 0; i < 8; ++i) {
    report.incomplete.push_back({"limit", "d" + std::to_string(i) + "/Dockerfile",
                                 "findings of one subject", "10000", false});
  }
  return report;
}

/// Whoever writes the audited file chooses these strings.
Report hostile() {
  Report report;
  const SourceFile& file = add_file(report, "a\x1b[2J\n\u202e.yaml", "x");
  report.subjects = {{"s", "service", "web\x1b]0;title\x07", ""}};
  report.rules = {&kPrivileged};
  Finding& finding = add_finding(report, kPrivileged, Severity::kHigh,
                                 "'\xFF\xC2\x9B\r' and " + std::string(700, 'm'));
  place(finding, file, "x", "s");
  finding.because("field[\x1b[1A\r]", "\xE2\x80\xAEvalue\n");
  finding.because("é漢", "wide labels");
  finding.suppressed = Suppression{"plim\x1bsoll", "be\bcause", ""};
  finding.fix = Fix{"write\t\x1b[0m", {{{0, 1}, "y"}}, FixSafety::kSafe};
  report.incomplete.push_back({"read", "p\x1b[7m", "no\x9Bsuch\ufeff", "", false});
  return report;
}

Golden picture(const std::string& name, const Report& report,
               const report::Appearance& appearance) {
  return {name + ".txt",
          report::find_format("table")->render(report::document_of(report, false), appearance)};
}

/// The same report in every format for programs.
void add_formats(const std::string& name, const report::Document& document,
                 std::vector<Golden>& goldens) {
  for (const auto& [format, extension] : {std::pair{"csv", ".csv"},
                                          {"github", ".github.txt"},
                                          {"gitlab", ".gitlab.json"},
                                          {"json", ".json"},
                                          {"junit", ".junit.xml"},
                                          {"markdown", ".md"},
                                          {"sarif", ".sarif"}}) {
    goldens.push_back(
        {name + extension, report::find_format(format)->render(document, {.with_source = true})});
  }
}

/// An image whose packages differ as packages can: licences of every kind, the same one twice,
/// sources, no package URL, bytes that are no text.
report::Document image_of_packages() {
  report::Document document{.version = "1.2.3"};
  const std::string digest = "sha256:" + std::string(64, 'a');
  const std::string layer = "sha256:" + std::string(64, 'b');
  document.image = ImageSummary{.reference = "app:1",
                                .digest = digest,
                                .platform = "linux/amd64",
                                .os = "debian 12",
                                .os_title = "Debian GNU/Linux 12 (bookworm)",
                                .created = "2026-02-28T12:00:00.123+01:00"};
  document.image->layers.push_back({.diff_id = layer});
  const auto add = [&](std::string ecosystem, std::string name, std::string version,
                       std::string purl, std::vector<std::string> licenses) -> Package& {
    Package& package = document.packages.emplace_back();
    package.ecosystem = std::move(ecosystem);
    package.name = std::move(name);
    package.version = std::move(version);
    package.purl = std::move(purl);
    package.licenses = std::move(licenses);
    package.path = "var/lib/dpkg/status";
    package.layer = layer;
    return package;
  };
  Package& source = add("Debian", "libgcc-s1", "12.2.0-14",
                        "pkg:deb/debian/libgcc-s1@12.2.0-14?arch=amd64&distro=debian-12&upstream="
                        "gcc-12%401:12.2.0-14",
                        {"gpl-3.0-only WITH gcc-exception-3.1", "Artistic"});
  source.source_name = "gcc-12";
  source.source_version = "1:12.2.0-14";
  add("Debian", "tzdata", "2024a-0+deb12u1",
      "pkg:deb/debian/tzdata@2024a-0%2Bdeb12u1?arch=all&distro=debian-12", {"mit OR apache-2.0"});
  add("Elsewhere", "no-url <&>", "", "", {"LicenseRef-ours", "a\tb"});
  add("generic", "node", "22.1.0", "pkg:generic/node@22.1.0", {});
  add("npm", "@a/b", "1.0.0", "pkg:npm/%40a/b@1.0.0", {"mit"}).path = "app/one/package.json";
  Package& second = add("npm", "@a/b", "1.0.0", "pkg:npm/%40a/b@1.0.0", {"MIT", "ISC"});
  second.path = "app/two/package.json";
  second.dev = true;
  add("npm", "\xFF\x1b<text>\n", "1", "pkg:npm/%FF@1", {});
  return document;
}

/// The bills of materials of an image, and of a single file that was read in part.
void add_bills(std::vector<Golden>& goldens) {
  unsetenv("SOURCE_DATE_EPOCH");  // the image says the time, wherever this is built
  const report::Document image = image_of_packages();
  report::Document file = image;
  file.image.reset();
  file.packages.resize(1);
  file.incomplete.push_back({.stage = "packages", .path = "a", .limit = "broken"});
  for (const auto& [format, extension] : {std::pair{"cyclonedx", ".cdx.json"},
                                          {"cyclonedx-1.5", ".1.5.cdx.json"},
                                          {"cyclonedx-xml", ".cdx.xml"},
                                          {"spdx-json", ".spdx.json"},
                                          {"spdx-tag-value", ".spdx"},
                                          {"spdx-3", ".spdx3.json"}}) {
    const report::Format* found = report::find_format(format);
    goldens.push_back({"image" + std::string(extension), found->render(image, {})});
    goldens.push_back({"file" + std::string(extension), found->render(file, {})});
  }
}

/// Against a baseline that knows one finding and holds one that is fixed.
report::Document compared(const Report& report) {
  report::Document document = report::document_of(report, true);
  report::Baseline baseline = report::baseline_of(document);
  baseline.findings.resize(1);
  report::Entry& fixed = baseline.findings.emplace_back();
  fixed.rule = "docker-socket-mounted";
  fixed.severity = Severity::kCritical;
  fixed.message = "the socket of the engine is mounted";
  fixed.path = "compose.yaml";
  fixed.fingerprint = "f1";
  compare(baseline, document);
  return document;
}

}  // namespace

std::vector<std::pair<std::string, report::Document>> report_documents() {
  return {{"ordinary", report::document_of(ordinary(), true)},
          {"baseline", compared(ordinary())},
          {"unfinished", report::document_of(unfinished(), true)},
          {"hostile", report::document_of(hostile(), true)},
          {"image", image_of_packages()}};
}

std::vector<Golden> report_goldens() {
  const Report usual = ordinary();
  Report nothing;
  nothing.hidden = 3;
  std::vector<Golden> goldens;
  goldens.push_back(picture("width_60", usual, {.width = 60}));
  goldens.push_back(picture("width_80", usual, {.width = 80}));
  goldens.push_back(picture("width_120", usual, {.width = 120}));
  goldens.push_back(picture("color", usual, {.color = true, .width = 80}));
  goldens.push_back(picture("ascii", usual, {.width = 80, .unicode = false, .verbose = true}));
  goldens.push_back(picture("verbose", usual, {.width = 80, .verbose = true}));
  goldens.push_back(picture("show_suppressed", usual, {.width = 80, .show_suppressed = true}));
  goldens.push_back(picture("incomplete", unfinished(), {.width = 80}));
  goldens.push_back(picture("incomplete_verbose", unfinished(), {.width = 80, .verbose = true}));
  goldens.push_back(picture("nothing_found", nothing, {.width = 80}));
  const report::Appearance everything{.width = 80, .verbose = true, .show_suppressed = true};
  goldens.push_back(picture("hostile", hostile(), everything));
  const report::Document against = compared(usual);
  goldens.push_back({"baseline.txt", report::find_format("table")->render(against, {.width = 80})});
  add_formats("ordinary", report::document_of(usual, true), goldens);
  add_formats("baseline", against, goldens);
  add_formats("hostile", report::document_of(hostile(), true), goldens);
  add_bills(goldens);
  return goldens;
}

}  // namespace plimsoll::test
