#include <algorithm>
#include <array>

#include "advisory/ignore_reader.h"
#include "core/near_name.h"
#include "core/path.h"

namespace plimsoll::advisory::ignore_formats {
namespace {

struct Name {
  std::string_view grype;
  std::string_view purl;  ///< type of package URLs
};
constexpr std::array kTypes{
    Name{"R-package", "cran"},
    Name{"alpm", "alpm"},
    Name{"apk", "apk"},
    Name{"binary", "generic"},
    Name{"bitnami", "bitnami"},
    Name{"conan", "conan"},
    Name{"conda", "conda"},
    Name{"dart-pub", "pub"},
    Name{"deb", "deb"},
    Name{"dotnet", "nuget"},
    Name{"erlang-otp", "otp"},
    Name{"gem", "gem"},
    Name{"github-action", "github"},
    Name{"github-action-workflow", "github"},
    Name{"go-module", "golang"},
    Name{"hackage", "hackage"},
    Name{"hex", "hex"},
    Name{"homebrew", "brew"},
    Name{"java-archive", "maven"},
    Name{"jenkins-plugin", "maven"},
    Name{"lua-rocks", "luarocks"},
    Name{"nix", "nix"},
    Name{"npm", "npm"},
    Name{"opam", "opam"},
    Name{"php-composer", "composer"},
    Name{"pod", "cocoapods"},
    Name{"portage", "portage"},
    Name{"python", "pypi"},
    Name{"rpm", "rpm"},
    Name{"rust-crate", "cargo"},
    Name{"snap", "snap"},
    Name{"swift", "swift"},
    Name{"swiplpack", "swiplpack"},
    Name{"wordpress-plugin", "wordpress"},
};
/// A language has one row for each kind of its packages.
constexpr std::array kLanguages{
    Name{"R", "cran"},          Name{"c++", "conan"},      Name{"dart", "pub"},
    Name{"dotnet", "nuget"},    Name{"elixir", "hex"},     Name{"erlang", "hex"},
    Name{"erlang", "otp"},      Name{"go", "golang"},      Name{"haskell", "hackage"},
    Name{"java", "maven"},      Name{"javascript", "npm"}, Name{"lua", "luarocks"},
    Name{"ocaml", "opam"},      Name{"php", "composer"},   Name{"python", "pypi"},
    Name{"ruby", "gem"},        Name{"rust", "cargo"},     Name{"swift", "swift"},
    Name{"swift", "cocoapods"},
};

/// A package URL's type where one of them is asked for, in words of grype.
template <class Names>
void read_type(IgnoreReader& reader, const Node& package, std::string_view key, const Names& names,
               IgnoreRule& rule) {
  const std::string word = reader.text(package, key);
  if (word.empty()) return;
  std::vector<std::string> types;
  std::vector<std::string_view> known;
  for (const Name& name : names) {
    if (name.grype == word) types.emplace_back(name.purl);
    known.push_back(name.grype);
  }
  if (types.empty()) return reader.unknown(key, package.find(key)->span, word, known);
  if (!rule.types.empty()) {  // both must hold
    std::erase_if(types, [&rule](const std::string& type) {
      return std::find(rule.types.begin(), rule.types.end(), type) == rule.types.end();
    });
    if (types.empty()) reader.problem(package.span, "no package is of this type and language");
  }
  rule.types = std::move(types);
}

void read_package(IgnoreReader& reader, const Node& package, IgnoreRule& rule) {
  if (!reader.check_keys(package,
                         {"name", "version", "language", "type", "location", "upstream-name"})) {
    return;
  }
  rule.package = reader.pattern(package, "name");
  rule.upstream = reader.pattern(package, "upstream-name");
  rule.version = reader.text(package, "version");
  read_type(reader, package, "type", kTypes, rule);
  read_type(reader, package, "language", kLanguages, rule);
  if (!reader.text(package, "location").empty()) reader.add_path(*package.find("location"), rule);
}

void read_vex(IgnoreReader& reader, const Node& entry, IgnoreRule& rule) {
  const std::string status = reader.text(entry, "vex-status");
  if (!status.empty()) {
    rule.vex_status = parse_vex_status(status);
    if (!rule.vex_status) {
      reader.unknown("vex-status", entry.find("vex-status")->span, status,
                     {"not_affected", "affected", "fixed", "under_investigation"});
    }
  }
  rule.vex_justification = reader.text(entry, "vex-justification");
  if (!rule.vex_justification.empty() && !is_vex_justification(rule.vex_justification)) {
    reader.unknown("vex-justification", entry.find("vex-justification")->span,
                   rule.vex_justification, vex_justifications());
  }
}

bool says_nothing(const IgnoreRule& rule) {
  return rule.ids.empty() && !rule.package && !rule.upstream && rule.version.empty() &&
         rule.types.empty() && rule.paths.empty() && rule.fix_states.empty() && !rule.vex_status &&
         rule.vex_justification.empty() && rule.feed.empty() && rule.match_type.empty();
}

bool read_entry(IgnoreReader& reader, const Node& entry, IgnoreRule& rule) {
  if (!reader.check_keys(
          entry, {"vulnerability", "include-aliases", "reason", "namespace", "fix-state", "package",
                  "vex-status", "vex-justification", "match-type"})) {
    return false;
  }
  if (std::string id = reader.text(entry, "vulnerability"); !id.empty()) {
    rule.ids.push_back(std::move(id));
  }
  // Which name of a vulnerability is its id differs between scanners, so that aliases count unless
  // the file says that they do not.
  if (entry.find("include-aliases") != nullptr) {
    rule.aliases = reader.flag(entry, "include-aliases");
  }
  rule.reason = reader.text(entry, "reason");
  rule.feed = reader.text(entry, "namespace");
  rule.match_type = reader.text(entry, "match-type");
  const std::string state = reader.text(entry, "fix-state");
  if (const auto parsed = parse_fix_state(state)) {
    rule.fix_states.push_back(*parsed);
  } else if (!state.empty()) {
    reader.unknown("fix-state", entry.find("fix-state")->span, state,
                   {"fixed", "not-fixed", "wont-fix", "unknown"});
  }
  read_vex(reader, entry, rule);
  const Node* package = entry.find("package");
  if (package != nullptr && !package->is_null()) read_package(reader, *package, rule);
  if (!says_nothing(rule)) return true;
  reader.note(entry.span, "an entry without conditions ignores nothing");
  return false;
}

/// The file configures all of grype; other keys are not for us.
IgnoreFile read(const SourceFile& source) {
  IgnoreReader reader(source);
  const Node* root = reader.root(parse_yaml(source));
  if (root == nullptr) return reader.finish();
  for (const Node::Entry& entry : root->entries) {
    if (is_near(entry.key->str(), "ignore", 2)) {
      reader.unknown("key", entry.key->span, entry.key->str(), {"ignore"});
    }
  }
  reader.add_each(reader.list(*root, "ignore"), [&reader](const Node& entry, IgnoreRule& rule) {
    return read_entry(reader, entry, rule);
  });
  return reader.finish();
}

bool recognises(std::string_view path) {
  const std::string_view name = path::name(path);
  return name == ".grype.yaml" || name == ".grype.yml" || path.ends_with(".grype/config.yaml");
}

}  // namespace

const IgnoreFormat& grype() {
  static constexpr IgnoreFormat kFormat{
      .name = "grype",
      .title = "grype's configuration",
      .recognises = recognises,
      .read = read,
      .source = "https://github.com/anchore/grype#specifying-matches-to-ignore"};
  return kFormat;
}

}  // namespace plimsoll::advisory::ignore_formats
