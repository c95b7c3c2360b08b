#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/index.h"
#include "cli/command.h"
#include "cli/configuration_flags.h"
#include "cli/database.h"
#include "cli/judged_image.h"
#include "cli/output.h"
#include "cli/vulnerability_flags.h"
#include "core/file_system.h"
#include "core/severity.h"
#include "report/comparison_view.h"
#include "report/painter.h"
#include "version/order.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  std::vector<std::string> images;
  std::string baseline;
  ImageFlags image;
  VulnerabilityFlags vulnerabilities;
  ConfigurationFlags configuration;
  std::vector<std::string> exits;
  std::string fail_on = "high";
  int exit_code = 1;
  std::string format = "table";
  std::string output;
  bool verbose = false;
  bool quiet = false;
  bool no_color = false;
};

/// One side, where the user says that the index has it: "base:python:3.11", "python:3.11@previous".
struct OfIndex {
  std::string name;
  bool is_previous = false;
};
std::optional<OfIndex> of_index(std::string_view target) {
  constexpr std::string_view kMark = "base:";
  constexpr std::string_view kPrevious = "@previous";
  const bool is_marked = target.starts_with(kMark);
  const bool is_previous = target.ends_with(kPrevious);
  if (!is_marked && !is_previous) return std::nullopt;
  if (is_previous) target.remove_suffix(kPrevious.size());
  if (is_marked) target.remove_prefix(kMark.size());
  return OfIndex{std::string(target), is_previous};
}

std::optional<int> order_versions(std::string_view ecosystem, std::string_view a,
                                  std::string_view b) {
  const version::Order* order = version::find_order(ecosystem);
  if (order == nullptr) return std::nullopt;
  const std::weak_ordering by = order->compare(a, b);
  return by < 0 ? -1 : by > 0 ? 1 : 0;
}

class Run {
 public:
  Run(const Options& options, const config::Configuration& configuration)
      : options_(options),
        judge_(options.image, &options.vulnerabilities, configuration, options.quiet) {}

  Exit operator()() {
    if (!prepare()) return Exit::kUsage;
    auto before = read(before_);
    if (!before) return refuse(before.error());
    auto after = read(after_);
    if (!after) return refuse(after.error());
    for (const std::string& note : judge_.notes()) {
      if (!options_.quiet) complain(note);
    }
    const report::Comparison comparison = report::compare(
        {.document = &before->document, .settings = settings_of(*before)},
        {.document = &after->document, .settings = settings_of(*after)}, order_versions);
    Exit status = worse(complain_about(before->document), complain_about(after->document));
    status = worse(status, print(comparison));
    return fails(comparison) ? worse(status, Exit::kFindings) : status;
  }

  /// --exit-code stands for what was found only.
  [[nodiscard]] Exit for_shell(Exit status) const {
    return status == Exit::kFindings ? static_cast<Exit>(options_.exit_code) : status;
  }

 private:
  static Exit refuse(const Error& error) {
    complain(error.to_line());
    return exit_of(error);
  }

  bool prepare() {
    const std::size_t wanted = options_.baseline.empty() ? 2 : 1;
    if (options_.images.size() != wanted) {
      complain(wanted == 1 ? "with --to, compare takes one image"
                           : "compare takes two images, the older one first");
      return false;
    }
    // As Scout's users type it: IMAGE --to OTHER asks what is new in IMAGE.
    before_ = options_.baseline.empty() ? options_.images.front() : options_.baseline;
    after_ = options_.images.back();
    // The other time of one tag is of the index too.
    const auto previous = of_index(before_);
    const bool is_of_tag = previous && previous->is_previous &&
                           base::familiar(after_) == base::familiar(previous->name);
    if (is_of_tag) after_ = "base:" + after_;
    if (options_.fail_on == "none") return true;
    threshold_ = parse_severity(options_.fail_on);
    if (!threshold_) complain("--fail-on: '" + options_.fail_on + "' is no severity");
    return threshold_.has_value();
  }

  Result<JudgedImage> read(const std::string& target) {
    const auto named = of_index(target);
    if (!named) return judge_.read(target, true);
    const base::Index index = base::Index::open(default_bases());
    const auto entries = index.named(named->name, options_.image.platform);
    const std::size_t back = named->is_previous ? 2 : 1;
    if (entries.size() >= back) return read_base(index, *entries[entries.size() - back]);
    // An image may be called "base".
    if (entries.empty() && !named->is_previous) return judge_.read(target, true);
    return fail(ErrorCode::kNotFound, entries.empty()
                                          ? "the index has no base '" + named->name + '\''
                                          : "the index has '" + named->name + "' once only");
  }

  /// Two times of one tag have one name: the day tells them apart.
  Result<JudgedImage> read_base(const base::Index& index, const base::Entry& entry) {
    auto read = judge_.read(index, entry);
    const std::string day(base::day_of(entry));
    if (read && read->document.image && !day.empty()) {
      read->document.image->reference += " of " + day;
    }
    return read;
  }

  static const report::Settings* settings_of(const JudgedImage& image) {
    return image.has_settings ? &image.settings : nullptr;
  }

  Exit print(const report::Comparison& comparison) const {
    report::Appearance look = appearance_of_stdout(options_.no_color);
    look.verbose = options_.verbose;
    const report::Painter painter(look);
    const std::string text = options_.format == "json"       ? comparison_json(comparison)
                             : options_.format == "markdown" ? comparison_markdown(comparison)
                                                             : comparison_view(comparison, painter);
    const auto written = write_output(text, options_.output);
    if (written) return Exit::kClean;
    complain(written.error().to_line());
    return Exit::kEnvironment;
  }

  [[nodiscard]] bool exits_on(std::string_view what) const {
    return std::find(options_.exits.begin(), options_.exits.end(), what) != options_.exits.end();
  }

  [[nodiscard]] bool fails(const report::Comparison& comparison) const {
    using Kind = report::PackageChange::Kind;
    if (exits_on("package") && comparison.count(Kind::kAdded) > 0) return true;
    if (!exits_on("vulnerability") || !threshold_) return false;
    return std::any_of(
        comparison.fresh.begin(), comparison.fresh.end(), [this](const Vulnerability* each) {
          const bool is_severe = each->severity && *each->severity >= *threshold_;
          // What is known to be exploited counts as high where no source says how severe it is.
          const bool is_urgent =
              each->is_exploited && !each->severity && *threshold_ <= Severity::kHigh;
          return is_severe || is_urgent;
        });
  }

  const Options& options_;
  ImageJudge judge_;
  std::string before_;
  std::string after_;
  std::optional<Severity> threshold_;
};

std::function<Exit()> declare_options(CLI::App& app) {
  const auto options = std::make_shared<Options>();  // shared by CLI11 and the command
  app.add_option("image", options->images,
                 "The older image and the newer one; `base:NAME` is a base of the index, and "
                 "`NAME@previous` the one that had this name before")
      ->required()
      ->type_name("IMAGE");
  app.add_option("--to", options->baseline,
                 "The older image, where one image is named: it is told what is new in that")
      ->type_name("IMAGE");
  app.add_option("--exit-on", options->exits,
                 "Fail when there are new vulnerabilities at or above `--fail-on`, or added "
                 "packages")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"vulnerability", "package"}).description(""))
      ->type_name("vulnerability|package,...");
  app.add_option("--fail-on", options->fail_on,
                 "With `--exit-on vulnerability`, fail from this severity on")
      ->capture_default_str()
      ->type_name("critical|high|medium|low|info|none");
  app.add_option("--exit-code", options->exit_code, "The status that stands for a failed gate")
      ->capture_default_str()
      ->check(CLI::Range(0, 125).description(""))
      ->type_name("N");
  declare(app, options->image);
  declare(app, options->vulnerabilities);
  declare(app, options->configuration);
  app.add_option("--format", options->format, "How it is printed; Markdown fits a pull request")
      ->type_name("table|markdown|json")
      ->check(CLI::IsMember({"table", "markdown", "json"}).description(""));
  app.add_option("-o,--output", options->output, "Write to this file instead of standard output")
      ->type_name("FILE");
  app.add_flag("-v,--verbose", options->verbose, "List all, not only the first of each kind");
  app.add_flag("-q,--quiet", options->quiet, "Print only the comparison, and what went wrong");
  app.add_flag("--no-color", options->no_color, "Print without colour, as with `NO_COLOR` set");
  return [options]() -> Exit {
    const auto configuration = read_configuration(DiskFileSystem(), options->configuration, {"."});
    if (!configuration) return Exit::kUsage;
    Run run(*options, *configuration);
    return run.for_shell(run());
  };
}

constexpr Sample kSamples[] = {
    {"plimsoll compare app-1.0.tar app-1.1.tar", "What a release changes"},
    {"plimsoll compare app:new --to app:old --exit-on vulnerability --format markdown",
     "In CI: fail on new high or critical ones, and comment on the pull request"},
    {"plimsoll compare python:3.11@previous python:3.11",
     "What the publisher changed between two times of one tag"},
};
constexpr Status kStatuses[] = {
    {Exit::kClean, "both were read and judged, and no gate failed"},
    {Exit::kFindings, "a gate of `--exit-on` failed (or N, with `--exit-code N`)"},
    {Exit::kUsage, "the command line is wrong"},
    {Exit::kRejected, "an image is not what it claims to be, or there is none of this name"},
    {Exit::kIncomplete, "some part of an image could not be read"},
    {Exit::kEnvironment,
     "there is no database, it has nothing of this distribution, or no engine or registry "
     "answered"},
};

}  // namespace

const Command& compare() {
  static constexpr Command kCommand{
      .name = "compare",
      .title = "Compare two images: vulnerabilities, packages, settings",
      .declare = declare_options,
      .about =
          "Tells what is different in the second image: which vulnerabilities are gone and which "
          "are new, with the layer and instruction that brought each; which packages were added, "
          "removed, upgraded and downgraded; size and layers; user, start, ports and variables "
          "(values only of versions and paths, since others may be secrets); and what the rules "
          "for images find.\n"
          "\n"
          "`diff` is another name for it.",
      .samples = kSamples,
      .statuses = kStatuses,
      .also = "diff",
  };
  return kCommand;
}

}  // namespace plimsoll::cli::commands
