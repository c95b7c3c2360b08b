#include <array>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>

#include "core/bug.h"
#include "core/escape.h"
#include "report/format.h"
#include "scan/audit.h"

// The whole way of `plimsoll audit`: files in, table and JSON out. It stands in cli because only
// cli may see both scan and report.
namespace {

using namespace plimsoll;

/// The first byte of a file says what it is, so that one edit turns a Compose file into a manifest.
struct Form {
  char letter;
  std::string_view path;
};
constexpr std::array kForms{
    Form{'D', "Dockerfile"},
    Form{'C', "compose.yaml"},
    Form{'O', "compose.override.yaml"},
    Form{'E', ".env"},
    Form{'K', "deploy/app.yaml"},
    Form{'S', "run.sh"},
    Form{'M', "README.md"},
    Form{'T', "Makefile"},
    Form{'U', "web.service"},
    Form{'Q', "web.container"},
    Form{'I', "inspect.json"},
    Form{'G', ".github/workflows/ci.yml"},
    Form{'L', ".gitlab-ci.yml"},
    Form{'B', ".github/dependabot.yml"},
    Form{'R', "renovate.json5"},
    Form{'X', ".dockerignore"},
    Form{'Y', ".gitignore"},
};

std::string_view path_of(char letter) {
  for (const Form& form : kForms) {
    if (form.letter == letter) return form.path;
  }
  return kForms[static_cast<unsigned char>(letter) % kForms.size()].path;
}

/// Files stand between lines of "%%%"; a later one of the same form replaces the earlier.
MemoryFileSystem files_of(std::string_view input) {
  constexpr std::string_view kSeparator = "\n%%%\n";
  MemoryFileSystem files;
  while (!input.empty()) {
    const std::size_t end = input.find(kSeparator);
    const std::string_view file = input.substr(0, end);
    if (!file.empty()) files.add(std::string(path_of(file[0])), std::string(file.substr(1)));
    if (end == std::string_view::npos) break;
    input.remove_prefix(end + kSeparator.size());
  }
  return files;
}

Report audit(const FileSystem& files, std::size_t jobs) {
  scan::AuditOptions options;
  options.targets = {"."};
  options.all_rules = true;
  options.jobs = jobs;
  options.rules.today = Date{2026, 11, 21};
  return scan::audit(files, options);
}

bool is_inside(Span span, const SourceFile& file) {
  return span.begin <= span.end && span.end <= file.text().size();
}

using Sources = std::set<const SourceFile*>;

void verify_fix(const Fix& fix, const SourceFile& home, const Sources& sources) {
  if (fix.edits.empty() && fix.new_files.empty()) PL_BUG("a fix that edits nothing");
  // Whether they contradict each other is for whoever makes them to see (core/splice.h).
  for (const Edit& edit : fix.edits) {
    const SourceFile* file = edit.file == nullptr ? &home : edit.file;
    if (!sources.contains(file)) PL_BUG("an edit of a file nobody owns");
    if (!is_inside(edit.span, *file)) PL_BUG("an edit lies outside its file");
  }
}

void verify(const Report& report) {
  Sources sources;
  for (const auto& source : report.sources) sources.insert(source.get());
  std::set<std::string_view> fingerprints;
  for (const Finding& finding : report.findings) {
    if (report.rule(finding.rule) == nullptr) PL_BUG("a finding of a rule the report has not");
    if (finding.message.empty()) PL_BUG("a finding that says nothing");
    if (finding.fingerprint.empty()) PL_BUG("a finding without fingerprint");
    if (!fingerprints.insert(finding.fingerprint).second) PL_BUG("two findings, one fingerprint");
    if (finding.file == nullptr) {
      if (finding.fix && !finding.fix->edits.empty()) PL_BUG("a fix without a file");
      continue;
    }
    if (!sources.contains(finding.file)) PL_BUG("a finding points into a file nobody owns");
    if (!is_inside(finding.span, *finding.file)) PL_BUG("a finding lies outside its file");
    if (finding.fix) verify_fix(*finding.fix, *finding.file, sources);
  }
}

/// Whatever the input says, a terminal gets plain text: escaping a line again changes nothing.
void verify_table(std::string_view table) {
  while (!table.empty()) {
    const std::size_t end = table.find('\n');
    if (end == std::string_view::npos) PL_BUG("the table does not end its last line");
    const std::string_view line = table.substr(0, end);
    if (escape_terminal(line, line.size() + 1) != line)
      PL_BUG("the table holds control characters");
    table.remove_prefix(end + 1);
  }
}

struct Rendered {
  std::string json;
  std::string table;
  bool operator==(const Rendered&) const = default;
};

Rendered render(const Report& audited) {
  const report::Document report = report::document_of(audited, true);
  const report::Appearance everything{
      .color = false, .width = 80, .unicode = true, .verbose = true, .show_suppressed = true};
  return {report::find_format("json")->render(report, everything),
          report::find_format("table")->render(report, everything)};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const MemoryFileSystem files =
      files_of(std::string_view(reinterpret_cast<const char*>(data), size));
  const Report report = audit(files, 1);
  verify(report);
  const Rendered rendered = render(report);
  verify_table(rendered.table);
  if (!nlohmann::json::accept(rendered.json)) PL_BUG("the JSON report is not JSON");
  if (render(audit(files, 2)) != rendered) PL_BUG("a second run with two threads says otherwise");
  return 0;
}
