#include "secret/path_rules.h"

#include <re2/re2.h>

#include <memory>
#include <vector>

#include "core/ascii.h"
#include "core/bug.h"
#include "core/path.h"
#include "secret/detector_set.h"
#include "secret/secret_scan.h"

namespace plimsoll::secret {
namespace {

struct PathRule {
  std::string_view name;  ///< as Trivy's `disable-allow-rules` has it
  std::string_view why;
  std::string_view pattern;  ///< RE2, found anywhere in the path
};

/// Facts: the paths that Trivy and gitleaks leave out unless told otherwise.
constexpr PathRule kRules[] = {
    {"lock-files", "a lock file",
     R"((?i)(?:^|/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|composer\.lock|gemfile\.lock|cargo\.lock|poetry\.lock|pdm\.lock|uv\.lock|pipfile\.lock|pubspec\.lock|mix\.lock|flake\.lock|podfile\.lock|packages\.lock\.json|gradle\.lockfile|verification-metadata\.xml|go\.(?:sum|mod|work\.sum)|\.terraform\.lock\.hcl)$)"},
    {"media", "a picture, a font or a recording",
     R"((?i)\.(?:png|jpe?g|gif|bmp|tiff?|ico|webp|avif|svg|psd|eot|[ot]tf|woff2?|mp[34]|m4[av]|mkv|mov|avi|webm|ogg|flac|wav)$)"},
    {"archives", "an archive, which is not unpacked here",
     R"((?i)\.(?:zip|gz|tgz|bz2|xz|zst|7z|rar|tar|jar|war|ear|whl|gem|nupkg|deb|rpm|apk|iso|img)$)"},
    {"documents", "an office document", R"((?i)\.(?:docx?|xlsx?|pptx?|pdf)$)"},
    {"libraries", "a published JavaScript library",
     R"((?:^|/)(?:angular|bootstrap|jquery(?:-?ui)?|plotly|swagger-?ui)[\w.-]*(?:\.min)?\.js(?:\.map)?$)"},
    {"tests", "a test, by its path", R"(^(?i:test)|/test|-test|_test|\.test)"},
    {"examples", "an example, by its path", R"(example)"},
    {"vendor", "somebody else's code (vendor/)", R"((?:^|/)vendor/)"},
    {"usr-dirs", "a file of the distribution", R"(^usr/(?:share|include|lib)/)"},
    {"locale-dir", "a translation", R"(/locales?/)"},
    {"markdown", "Markdown", R"(\.md$)"},
    {"node.js", "a file of Node.js", R"(^opt/yarn-v[\d.]+/|(?:^|/)node_modules/)"},
    {"golang", "a file of Go", R"(^usr/local/go/)"},
    {"python", "a file of Python", R"(^usr/local/lib/python[\d.]+/|\.dist-info/)"},
    {"rubygems", "a file of RubyGems", R"(^usr/lib/gems/)"},
    {"wordpress", "a file of WordPress", R"(^usr/src/wordpress/)"},
    {"anaconda-log", "a log of the installer", R"(^var/log/anaconda/)"},
};

struct ReadyRule {
  const PathRule* rule;
  std::unique_ptr<re2::RE2> pattern;
};

const std::vector<ReadyRule>& ready_rules() {
  static const std::vector<ReadyRule> kReady = [] {
    std::vector<ReadyRule> ready;
    for (const PathRule& rule : kRules) {
      auto pattern = std::make_unique<re2::RE2>(rule.pattern, re2::RE2::Latin1);
      if (!pattern->ok()) PL_BUG("a rule of paths does not compile");
      ready.push_back({&rule, std::move(pattern)});
    }
    return ready;
  }();
  return kReady;
}

}  // namespace

bool path_matches(std::string_view files, std::string_view path) {
  const std::string name = ascii::lower(path::name(path));
  while (!files.empty()) {
    const std::size_t end = std::min(files.find(' '), files.size());
    const std::string_view one = files.substr(0, end);
    files.remove_prefix(std::min(end + 1, files.size()));
    if (one.starts_with('*') ? name.ends_with(one.substr(1)) : name == one) return true;
  }
  return false;
}

std::string_view why_path_is_skipped(std::string_view path, const std::set<std::string>& disabled) {
  for (const ReadyRule& ready : ready_rules()) {
    if (!disabled.empty() && disabled.contains(std::string(ready.rule->name))) continue;
    if (re2::RE2::PartialMatch(re2::StringPiece(path.data(), path.size()), *ready.pattern)) {
      return ready.rule->why;
    }
  }
  return {};
}

std::string_view why_skipped(const DetectorSet& detectors, std::string_view path) {
  return why_path_is_skipped(path, detectors.configuration().disabled_skips);
}

}  // namespace plimsoll::secret
