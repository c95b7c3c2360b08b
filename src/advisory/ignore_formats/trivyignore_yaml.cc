#include <utility>

#include "advisory/ignore_reader.h"
#include "advisory/purl_match.h"
#include "core/path.h"

namespace plimsoll::advisory::ignore_formats {
namespace {

bool read_entry(IgnoreReader& reader, const Node& entry, IgnoreRule& rule) {
  if (!reader.check_keys(entry, {"id", "paths", "purls", "expired_at", "statement"})) return false;
  const std::string id = reader.text(entry, "id");
  if (id.empty()) reader.problem(entry.span, "an entry without 'id'");
  rule.ids.push_back(id);
  rule.reason = reader.text(entry, "statement");
  rule.until = reader.date(entry, "expired_at");
  for (const Node* path : reader.list(entry, "paths")) reader.add_path(*path, rule);
  for (const Node* purl : reader.list(entry, "purls")) {
    if (auto url = comparable_purl(purl->str())) {
      rule.purls.push_back(*std::move(url));
    } else {
      reader.problem(purl->span, "this is no package URL");
    }
  }
  return true;
}

/// Findings of other kinds have lists of their own.
IgnoreFile read(const SourceFile& source) {
  IgnoreReader reader(source);
  const Node* root = reader.root(parse_yaml(source));
  if (root != nullptr &&
      reader.check_keys(*root, {"vulnerabilities", "misconfigurations", "secrets", "licenses"})) {
    reader.add_each(
        reader.list(*root, "vulnerabilities"),
        [&reader](const Node& entry, IgnoreRule& rule) { return read_entry(reader, entry, rule); });
  }
  return reader.finish();
}

bool recognises(std::string_view path) {
  const std::string_view name = path::name(path);
  return name == ".trivyignore.yaml" || name == ".trivyignore.yml";
}

}  // namespace

const IgnoreFormat& trivyignore_yaml() {
  static constexpr IgnoreFormat kFormat{
      .name = "trivyignore-yaml",
      .title = "Trivy's ignore file",
      .recognises = recognises,
      .read = read,
      .source = "https://trivy.dev/latest/docs/configuration/filtering/#trivyignoreyaml"};
  return kFormat;
}

}  // namespace plimsoll::advisory::ignore_formats
