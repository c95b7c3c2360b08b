#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "check/rule.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/secret_findings.h"
#include "core/file_system.h"
#include "core/limits.h"
#include "report/baseline.h"
#include "report/format.h"
#include "report/json_document.h"
#include "report/merge.h"
#include "report/vulnerability_findings.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  std::vector<std::string> files;
  std::string format = "table";
  std::string output;
  bool compare = false;
  bool merge = false;
  bool trend = false;
  bool verbose = false;
  bool show_suppressed = false;
  bool no_color = false;
};

const RuleInfo* find_rule(std::string_view slug) {
  const check::Rule* rule = check::find_rule(slug);
  return rule == nullptr ? find_secret_rule(slug) : &check::info_of(*rule);
}

class Run {
 public:
  explicit Run(const Options& options) : options_(options) {}

  Exit operator()() {
    const report::Format* format = report::find_format(options_.format);
    if (format == nullptr) return usage(report::why_no_format(options_.format));
    if (options_.compare && options_.files.size() != 2) {
      return usage("--compare takes two reports, the older one first");
    }
    if (options_.compare + options_.merge + options_.trend > 1) {
      return usage("--compare, --merge and --trend are three different things");
    }
    if (options_.trend && format->render_many == nullptr && options_.format != "table") {
      return usage("--trend: the formats of a trend are table and html");
    }
    for (const std::string& file : options_.files) {
      if (!load(file)) return Exit::kRejected;
    }
    const auto written = write_output(render(*format), options_.output);
    if (!written) {
      complain(written.error().to_line());
      return Exit::kEnvironment;
    }
    return Exit::kClean;
  }

 private:
  static Exit usage(const std::string& message) {
    complain(message);
    return Exit::kUsage;
  }

  bool load(const std::string& path) {
    const auto text = DiskFileSystem().read(path, limits::kJsonBytes);
    if (!text) {
      complain(text.error().to_line());
      return false;
    }
    auto document = report::from_json(*text, find_rule);
    if (!document) {
      complain(path + ": " + document.error().message);
      return false;
    }
    documents_.push_back({path, std::move(*document)});
    return true;
  }

  std::string render(const report::Format& format) {
    report::Appearance appearance = appearance_of_stdout(options_.no_color);
    appearance.verbose = options_.verbose;
    appearance.show_suppressed = options_.show_suppressed;
    if (options_.trend && format.render_many == nullptr) return report::trend_table(documents_);
    const bool many = documents_.size() > 1;
    const bool as_many = many && !options_.merge && format.render_many != nullptr;
    if (many && !as_many && !options_.compare) return format.render(merged(format), appearance);
    if (!format.tells_vulnerabilities) {
      for (report::NamedDocument& each : documents_) {
        report::tell_vulnerabilities_as_findings(each.document);
      }
    }
    if (as_many) return format.render_many(documents_);
    if (options_.compare) {
      report::Document& after = documents_[1].document;
      compare(report::baseline_of(documents_[0].document), after);
      return format.render(after, appearance);
    }
    appearance.with_source = report::has_source(documents_[0].document);
    return format.render(documents_[0].document, appearance);
  }

  report::Document merged(const report::Format& format) {
    if (const std::size_t images = report::count_images(documents_); images > 1) {
      complain(fmt::format(
          "the reports are of {} images, of which one report can show one: their layers, bases and "
          "sizes are left out, and the path of each package begins with its image",
          images));
    }
    return report::merge(std::move(documents_),
                         {.vulnerabilities_as_findings = !format.tells_vulnerabilities});
  }

  const Options& options_;
  std::vector<report::NamedDocument> documents_;
};

std::function<Exit()> declare(CLI::App& app) {
  const auto options = std::make_shared<Options>();  // shared by CLI11's callbacks and the command
  app.add_option("file", options->files, "Reports saved with `plimsoll audit --format json`")
      ->required()
      ->type_name("FILE");
  app.add_option("--format", options->format, "Print the report in this format")
      ->capture_default_str()
      ->type_name("FORMAT");
  app.add_option("-o,--output", options->output,
                 "Write the report to this file instead of standard output")
      ->type_name("FILE");
  app.add_flag("--compare", options->compare,
               "Take the first report for the baseline of the second: what is new, known, fixed");
  app.add_flag("--merge", options->merge,
               "Print several reports as one; this is so for every format but html, which compares "
               "two and draws a trend of more");
  app.add_flag("--trend", options->trend, "Print how score and findings went, a line per report");
  app.add_flag("-v,--verbose", options->verbose,
               "Say for each finding why it matters and which facts decided it");
  app.add_flag("--show-suppressed", options->show_suppressed,
               "List suppressed findings too, with who silenced them and why");
  app.add_flag("--no-color", options->no_color, "Print without colour, as with `NO_COLOR` set");
  return [options] { return Run(*options)(); };
}

constexpr Sample kSamples[] = {
    {"plimsoll report --format html report.json -o report.html", "Make a page of a saved report"},
    {"plimsoll report --format html before.json after.json -o change.html",
     "Show two reports side by side"},
    {"plimsoll report --format markdown --compare main.json branch.json",
     "Write a comment for a pull request with what is new and fixed"},
    {"plimsoll report --trend week1.json week2.json week3.json",
     "Print how score and findings went"},
};

constexpr Status kStatuses[] = {
    {Exit::kClean, "the report was printed, whatever is in it"},
    {Exit::kUsage, "the command line is wrong"},
    {Exit::kRejected, "a file is missing or is no saved report"},
    {Exit::kEnvironment, "nothing could be written"},
};

}  // namespace

const Command& report() {
  static constexpr Command kCommand{
      .name = "report",
      .title = "Convert, merge and compare saved reports",
      .declare = declare,
      .about =
          "Reads reports that `plimsoll audit --format json` wrote and prints them in another "
          "format, as one, against each other, or as a trend. Saved with `--with-source`, they "
          "keep their source lines and fixes.",
      .samples = kSamples,
      .statuses = kStatuses};
  return kCommand;
}

}  // namespace plimsoll::cli::commands
