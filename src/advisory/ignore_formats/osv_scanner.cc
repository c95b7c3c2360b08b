#include <utility>

#include "advisory/ignore_reader.h"
#include "core/path.h"
#include "parse/toml.h"

namespace plimsoll::advisory::ignore_formats {
namespace {

bool read_vulnerability(IgnoreReader& reader, const Node& entry, IgnoreRule& rule) {
  if (!reader.check_keys(entry, {"id", "ignoreUntil", "reason"})) return false;
  const std::string id = reader.text(entry, "id");
  if (id.empty()) reader.problem(entry.span, "an entry without 'id'");
  rule.ids.push_back(id);
  rule.until = reader.date(entry, "ignoreUntil");
  rule.reason = reader.text(entry, "reason");
  return true;
}

/// Overrides are about licences, too.
bool ignores_vulnerabilities(IgnoreReader& reader, const Node& entry) {
  const Node* vulnerability = entry.find("vulnerability");
  const bool of_package = reader.flag(entry, "ignore");
  if (vulnerability == nullptr || !reader.check_keys(*vulnerability, {"ignore"})) {
    return of_package;
  }
  return reader.flag(*vulnerability, "ignore") || of_package;
}

bool read_package(IgnoreReader& reader, const Node& entry, IgnoreRule& rule) {
  if (!reader.check_keys(entry, {"name", "version", "ecosystem", "group", "nameIsRegex", "ignore",
                                 "vulnerability", "license", "effectiveUntil", "reason"})) {
    return false;
  }
  if (!ignores_vulnerabilities(reader, entry)) return false;
  if (reader.flag(entry, "nameIsRegex")) {
    rule.package = reader.pattern(entry, "name");
  } else if (std::string name = reader.text(entry, "name"); !name.empty()) {
    rule.package = NamePattern::exact(std::move(name));
  }
  rule.version = reader.text(entry, "version");
  rule.ecosystem = reader.text(entry, "ecosystem");
  rule.until = reader.date(entry, "effectiveUntil");
  rule.reason = reader.text(entry, "reason");
  const std::string group = reader.text(entry, "group");
  rule.dev_only = group == "dev";
  if (group.empty() || rule.dev_only) return true;
  reader.note(entry.span, "an entry for the group '" + group.substr(0, 80) +
                              "' ignores nothing: only 'dev' is known of packages");
  return false;
}

IgnoreFile read(const SourceFile& source) {
  IgnoreReader reader(source);
  const Node* root = reader.root(parse_toml(source));
  if (root == nullptr ||
      !reader.check_keys(*root, {"IgnoredVulns", "PackageOverrides", "GoVersionOverride",
                                 "ScanGoModVersion", "LoadPath"})) {
    return reader.finish();
  }
  reader.add_each(reader.list(*root, "IgnoredVulns"),
                  [&reader](const Node& entry, IgnoreRule& rule) {
                    return read_vulnerability(reader, entry, rule);
                  });
  reader.add_each(
      reader.list(*root, "PackageOverrides"),
      [&reader](const Node& entry, IgnoreRule& rule) { return read_package(reader, entry, rule); });
  return reader.finish();
}

bool recognises(std::string_view path) {
  return path::name(path) == "osv-scanner.toml";
}

}  // namespace

const IgnoreFormat& osv_scanner() {
  static constexpr IgnoreFormat kFormat{
      .name = "osv-scanner",
      .title = "OSV-Scanner's configuration",
      .recognises = recognises,
      .read = read,
      .source = "https://google.github.io/osv-scanner/configuration/"};
  return kFormat;
}

}  // namespace plimsoll::advisory::ignore_formats
