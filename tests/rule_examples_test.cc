// One harness for every example of every rule: the marked bytes and no others are found, the fix
// gives `after`, the result parses, is clean of the rule, and a second pass changes nothing.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "check/engine.h"
#include "check/rule.h"
#include "core/file_system.h"
#include "core/splice.h"
#include "image_listing.h"
#include "scan/audit.h"
#include "scan/fix.h"

namespace plimsoll {
namespace {

constexpr std::string_view kOpen = "«";
constexpr std::string_view kClose = "»";

struct Marked {
  std::string text;  ///< without the marks
  std::vector<Span> spans;
};

Marked unmark(std::string_view source) {
  Marked marked;
  std::vector<std::uint32_t> open;
  while (!source.empty()) {
    if (source.starts_with(kOpen)) {
      open.push_back(static_cast<std::uint32_t>(marked.text.size()));
      source.remove_prefix(kOpen.size());
    } else if (source.starts_with(kClose) && !open.empty()) {
      marked.spans.push_back({open.back(), static_cast<std::uint32_t>(marked.text.size())});
      open.pop_back();
      source.remove_prefix(kClose.size());
    } else {
      marked.text += source.front();
      source.remove_prefix(1);
    }
  }
  std::sort(marked.spans.begin(), marked.spans.end());
  return marked;
}

/// path → text with marks. Either one file, or "-- path --" sections.
std::map<std::string, std::string> files_of(const check::Rule& rule, const check::Example& example,
                                            std::string_view text) {
  std::string fallback(example.file);
  if (fallback.empty()) {
    const std::string_view kind = check::kind_of(rule);
    fallback = kind == "dockerfile"   ? "Dockerfile"
               : kind == "kubernetes" ? "pod.yaml"
               : kind == "project"    ? ".github/workflows/ci.yml"
                                      : "compose.yaml";
  }
  if (!text.starts_with("-- ")) return {{fallback, std::string(text)}};
  std::map<std::string, std::string> files;
  std::string* current = nullptr;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.starts_with("-- ") && line.ends_with(" --") && line.size() > 6) {
      current = &files[std::string(line.substr(3, line.size() - 6))];
    } else if (current != nullptr) {
      *current += line;
      *current += '\n';
    }
  }
  return files;
}

struct Place {
  std::string path;
  Span span;
  friend bool operator==(const Place&, const Place&) = default;
  friend auto operator<=>(const Place&, const Place&) = default;
};

std::ostream& operator<<(std::ostream& out, const Place& place) {
  return out << place.path << '[' << place.span.begin << ',' << place.span.end << ')';
}

scan::AuditOptions options_for(const check::Rule& rule) {
  scan::AuditOptions options;
  options.targets = {"."};
  options.only_rules = {std::string(rule.meta.slug)};
  options.jobs = 1;
  options.rules.today = Date{2026, 11, 21};
  options.rules.trusted_registries = {"docker.io", "ghcr.io", "gcr.io", "registry.example.com"};
  options.rules.label_schema = check::example_label_schema();
  options.rules.strict_labels = true;
  options.rules.fix.unsafe = true;
  return options;
}

MemoryFileSystem in_memory(const std::map<std::string, std::string>& files) {
  MemoryFileSystem memory;
  for (const auto& [path, text] : files) memory.add(path, text);
  return memory;
}

Report audit(const check::Rule& rule, const std::map<std::string, std::string>& files) {
  return scan::audit(in_memory(files), options_for(rule));
}

bool has_fix_left(const check::Rule& rule, const std::map<std::string, std::string>& files) {
  return !scan::plan_fixes(in_memory(files), {options_for(rule), true}).empty();
}

std::vector<Place> places_of(const Report& report) {
  std::vector<Place> places;
  for (const Finding& finding : report.findings) {
    places.push_back({finding.file == nullptr ? "" : finding.file->path(), finding.span});
  }
  std::sort(places.begin(), places.end());
  return places;
}

/// The files with the fixes of all findings made.
std::map<std::string, std::string> fix(std::map<std::string, std::string> files,
                                       const Report& report) {
  std::map<std::string, Splicer> splicers;
  for (const Finding& finding : report.findings) {
    std::map<std::string, std::vector<Edit>> edits;
    for (Edit edit : finding.fix->edits) {
      const SourceFile* file = edit.file == nullptr ? finding.file : edit.file;
      edit.file = nullptr;
      edits[file->path()].push_back(std::move(edit));
    }
    for (const auto& [path, list] : edits) {
      EXPECT_TRUE(splicers[path].take(list)) << "its edits contradict those of another finding";
    }
    for (const NewFile& file : finding.fix->new_files) {
      files[file.path] = file.text;
    }
  }
  for (const auto& [path, splicer] : splicers) files[path] = splice(files[path], splicer.plain());
  return files;
}

/// What is marked in a listing of an image is the path of a file, or `config` for the whole.
void expect_in_image(const check::Rule& rule, const check::Example& example) {
  const Marked marked = unmark(example.before.str());
  std::vector<std::string> expected;
  for (const Span span : marked.spans) {
    expected.push_back(marked.text.substr(span.begin, span.end - span.begin));
  }
  const image::Inventory image = image_of_listing(marked.text);
  check::Verdict verdict;
  check::judge(image, options_for(rule).rules, verdict);
  std::vector<std::string> found;
  for (const Finding& finding : verdict.findings) {
    if (finding.rule != rule.meta.slug) continue;
    found.push_back(finding.path.empty() ? "config" : finding.path);
  }
  std::sort(found.begin(), found.end());
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(found, expected);
}

class RuleExample : public testing::TestWithParam<std::pair<const check::Rule*, std::size_t>> {};

TEST_P(RuleExample, Holds) {
  const check::Rule& rule = *GetParam().first;
  const check::Example& example = rule.examples[GetParam().second];
  SCOPED_TRACE(std::string(rule.meta.slug) + ": " + std::string(example.name));

  if (check::kind_of(rule) == "image") {
    expect_in_image(rule, example);
    return;
  }
  std::map<std::string, std::string> plain;
  std::vector<Place> expected;
  for (const auto& [path, text] : files_of(rule, example, example.before.str())) {
    const Marked marked = unmark(text);
    plain[path] = marked.text;
    for (const Span span : marked.spans) expected.push_back({path, span});
  }
  const Report report = audit(rule, plain);
  for (const Incomplete& part : report.incomplete) ADD_FAILURE() << part.path << ": " << part.limit;
  ASSERT_EQ(places_of(report), expected);

  if (example.after.empty()) return;
  for (const Finding& finding : report.findings) {
    ASSERT_TRUE(finding.fix) << "`after` is given, but there is no fix: " << finding.unfixed;
  }
  std::map<std::string, std::string> fixed = fix(plain, report);
  for (const auto& [path, text] : files_of(rule, example, example.after)) {
    EXPECT_EQ(fixed[path], text) << path;
  }
  EXPECT_FALSE(has_fix_left(rule, fixed)) << "a second run changes the file again";
  const Report again = audit(rule, fixed);
  EXPECT_TRUE(again.findings.empty()) << "the fix does not remove the finding";
  EXPECT_TRUE(again.incomplete.empty()) << "the fixed file does not parse";
}

std::vector<std::pair<const check::Rule*, std::size_t>> all_examples() {
  std::vector<std::pair<const check::Rule*, std::size_t>> all;
  for (const check::Rule* rule : check::all_rules()) {
    for (std::size_t i = 0; i < rule->examples.size(); ++i) all.emplace_back(rule, i);
  }
  return all;
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(RuleExample);
INSTANTIATE_TEST_SUITE_P(Rules, RuleExample, testing::ValuesIn(all_examples()),
                         [](const auto& each) {
                           std::string name(each.param.first->meta.slug);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name + '_' + std::to_string(each.param.second);
                         });

}  // namespace
}  // namespace plimsoll
