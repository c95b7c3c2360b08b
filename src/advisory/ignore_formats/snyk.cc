#include <string>
#include <string_view>

#include "advisory/ignore_reader.h"
#include "core/ascii.h"
#include "core/path.h"

namespace plimsoll::advisory::ignore_formats {
namespace {

constexpr std::string_view kAnyParent = "* > ";

/// "*", or "* > name@1.2.3": the packages of any chain of dependencies that ends so. Which chain
/// led to a package is not known, and a range of versions not decided.
bool read_chain(std::string_view chain, IgnoreRule& rule) {
  if (chain == "*") return true;
  if (!chain.starts_with(kAnyParent)) return false;
  std::string_view name = chain.substr(kAnyParent.size());
  if (ascii::contains(name, " > ") || ascii::contains(name, "*")) return false;
  if (const std::size_t at = name.rfind('@'); at != std::string_view::npos && at > 0) {
    const std::string_view version = name.substr(at + 1);
    const bool is_range = version.find_first_of("^~<>=|*xX ") != std::string_view::npos;
    if (version.empty() || is_range) return false;
    rule.version = version;
    name = name.substr(0, at);
  }
  rule.package = NamePattern::exact(std::string(name));
  return true;
}

bool read_entry(IgnoreReader& reader, std::string_view id, const Node::Entry& entry,
                IgnoreRule& rule) {
  const Node& said = *entry.value;
  rule.ids.emplace_back(id);
  if (!said.is_null()) {
    if (!reader.check_keys(said, {"reason", "reasonType", "expires", "created", "source",
                                  "ignoredBy", "disregardIfFixable", "path", "type"})) {
      return false;
    }
    rule.reason = reader.text(said, "reason");
    rule.until = reader.date(said, "expires");
    if (reader.flag(said, "disregardIfFixable")) {
      rule.fix_states = {FixState::kUnknown, FixState::kNotFixed, FixState::kWontFix};
    }
  }
  const std::string_view chain = ascii::trim(entry.key->str());
  if (read_chain(chain, rule)) return true;
  reader.note(entry.key->span, "an entry for the chain '" + std::string(chain.substr(0, 80)) +
                                   "' ignores nothing: only '*' and '* > package' are decided");
  return false;
}

IgnoreFile read(const SourceFile& source) {
  IgnoreReader reader(source);
  const Node* root = reader.root(parse_yaml(source));
  if (root == nullptr) return reader.finish();
  reader.check_keys(*root, {"version", "ignore", "patch", "exclude", "language-settings",
                            "failThreshold", "suggest", "skipVerifyPatch", "python"});
  const Node* ignore = root->find("ignore");
  if (ignore == nullptr || ignore->is_null()) return reader.finish();
  if (!ignore->is_mapping()) {
    reader.problem(ignore->span, "'ignore' must be a mapping of ids");
    return reader.finish();
  }
  for (const Node::Entry& id : ignore->entries) {
    if (!id.value->is_sequence()) {
      reader.problem(id.key->span, "an id must have a list of paths");
      continue;
    }
    for (const Node* item : id.value->items) {
      if (!item->is_mapping())
        reader.problem(item->span, "this is no path with what is said of it");
      for (const Node::Entry& entry : item->entries) {
        reader.add_one(entry.key->span, [&](IgnoreRule& rule) {
          return read_entry(reader, id.key->str(), entry, rule);
        });
      }
    }
  }
  return reader.finish();
}

bool recognises(std::string_view path) {
  return path::name(path) == ".snyk";
}

}  // namespace

const IgnoreFormat& snyk() {
  static constexpr IgnoreFormat kFormat{
      .name = "snyk",
      .title = "Snyk's policy",
      .recognises = recognises,
      .read = read,
      .source = "https://docs.snyk.io/manage-risk/policies/the-.snyk-file"};
  return kFormat;
}

}  // namespace plimsoll::advisory::ignore_formats
