#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/index.h"
#include "cli/command.h"
#include "cli/database.h"
#include "cli/judged_image.h"
#include "cli/output.h"
#include "core/escape.h"
#include "report/counts.h"
#include "report/painter.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  std::string action;
  std::vector<std::string> operands;
  std::vector<std::string> names;
  ImageFlags image;
  std::string format = "table";
  bool quiet = false;
  std::string folder;
};

Exit refuse(const Error& error) {
  complain(error.to_line());
  return exit_of(error);
}

Exit print(const std::string& text) {
  const auto written = write_output(text, "");
  if (written) return Exit::kClean;
  complain(written.error().to_line());
  return Exit::kEnvironment;
}

/// OCI layouts often call an image by its tag alone.
bool is_tag_alone(std::string_view name) {
  return name.find_first_of(":/@") == std::string_view::npos;
}

Exit add_one(const Options& options, ImageJudge& judge, const std::string& target) {
  auto read = judge.read(target);
  if (!read) return refuse(read.error());
  read->names.erase(std::remove_if(read->names.begin(), read->names.end(), is_tag_alone),
                    read->names.end());
  const Exit status = complain_about(read->document);
  base::Addition addition{.names = options.names.empty() ? read->names : options.names,
                          .digest = read->digest,
                          .document = std::move(read->document),
                          .settings = std::move(read->settings)};
  addition.config_digest = read->config_digest;
  if (addition.names.empty()) {
    complain(target + ": it says no name of its own: give one with --as, such as --as debian:12");
    return Exit::kUsage;
  }
  const auto added = base::add(options.folder, addition);
  if (!added) return refuse(added.error());
  if (options.quiet) return status;
  std::string names;
  for (const std::string& name : added->names) {
    names += (names.empty() ? "" : ", ") + base::familiar(name);
  }
  complain(fmt::format("{}: {}, {}", names, report::plural(added->packages, "package"),
                       report::plural(added->layers.size(), "layer")));
  return status;
}

Exit add(const Options& options) {
  if (options.operands.empty()) {
    complain("base add wants an image, as `plimsoll image` takes it");
    return Exit::kUsage;
  }
  if (options.operands.size() > 1 && !options.names.empty()) {
    complain("--as names one image; " + std::to_string(options.operands.size()) + " are given");
    return Exit::kUsage;
  }
  const config::Configuration none;
  ImageJudge judge(options.image, nullptr, none, options.quiet);
  Exit status = Exit::kClean;
  for (const std::string& target : options.operands) {
    status = worse(status, add_one(options, judge, target));
  }
  return status;
}

std::string table_of(const base::Index& index) {
  const report::Appearance look = appearance_of_stdout(false);
  const report::Painter painter(look);
  if (index.entries().empty())
    return "The index has no base; `plimsoll base add IMAGE` adds one.\n";
  std::size_t width = 4;
  for (const base::Entry& entry : index.entries()) {
    width = std::max(width, base::familiar(entry.names.front()).size());
  }
  width = std::min<std::size_t>(width, 44);
  std::string text =
      painter.paint(report::kDim, fmt::format("{:<{}}  {:<10}  {:<14} {:>6} {:>9}  {}", "NAME",
                                              width, "CREATED", "SYSTEM", "PKGS", "SIZE", "ID")) +
      '\n';
  for (const base::Entry& entry : index.entries()) {
    const std::string size = entry.bytes == 0 ? "?" : report::size_text(entry.bytes);
    text += fmt::format("{:<{}}  {:<10}  {:<14} {:>6} {:>9}  {}\n",
                        painter.safe(base::familiar(entry.names.front()), 200), width,
                        painter.safe(base::day_of(entry), 10), painter.safe(entry.os, 14),
                        entry.packages, size, painter.safe(entry.id, 12));
    for (std::size_t i = 1; i < entry.names.size(); ++i) {
      text +=
          "  " +
          painter.paint(report::kDim, "also " + painter.safe(base::familiar(entry.names[i]), 200)) +
          '\n';
    }
  }
  return text;
}

std::string json_of(const base::Index& index) {
  using Json = nlohmann::ordered_json;
  const auto or_null = [](const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(to_utf8(text));
  };
  Json list = Json::array();
  for (const base::Entry& entry : index.entries()) {
    Json names = Json::array();
    for (const std::string& name : entry.names) names.push_back(to_utf8(base::familiar(name)));
    list.push_back({{"id", to_utf8(entry.id)},
                    {"names", std::move(names)},
                    {"digest", or_null(entry.digest)},
                    {"platform", or_null(entry.platform)},
                    {"created", or_null(entry.created)},
                    {"os", or_null(entry.os)},
                    {"layers", entry.layers.size()},
                    {"packages", entry.packages},
                    {"bytes", entry.bytes == 0 ? Json(nullptr) : Json(entry.bytes)}});
  }
  return Json{{"schema", "plimsoll/base-list@1"}, {"bases", std::move(list)}}.dump(
             2, ' ', false, Json::error_handler_t::replace) +
         '\n';
}

Exit list(const Options& options) {
  if (!options.operands.empty()) {
    complain("base list takes no operand, but '" + options.operands.front() + "'");
    return Exit::kUsage;
  }
  const base::Index index = base::Index::open(options.folder);
  Exit status = Exit::kClean;
  for (const Error& problem : index.problems()) {
    complain(problem.to_line());
    status = Exit::kIncomplete;
  }
  return worse(status, print(options.format == "json" ? json_of(index) : table_of(index)));
}

Exit remove(const Options& options) {
  if (options.operands.empty()) {
    complain("base remove wants the names of bases, as `plimsoll base list` shows them");
    return Exit::kUsage;
  }
  Exit status = Exit::kClean;
  for (const std::string& name : options.operands) {
    const auto removed = base::remove(options.folder, name);
    if (!removed) {
      status = worse(status, refuse(removed.error()));
    } else if (*removed == 0) {
      complain("the index has no base '" + name + '\'');
      status = worse(status, Exit::kRejected);
    }
  }
  return status;
}

struct Action {
  std::string_view name;
  Exit (*run)(const Options& options);
};
constexpr Action kActions[] = {{"add", add}, {"list", list}, {"remove", remove}};

Exit run(Options options) {
  options.folder = default_bases();
  if (options.folder.empty()) {
    complain("there is no folder for data of the user: HOME and XDG_DATA_HOME are not set");
    return Exit::kEnvironment;
  }
  for (const Action& action : kActions) {
    if (action.name == options.action) return action.run(options);
  }
  complain("base does not know '" + options.action + "', only add, list and remove");
  return Exit::kUsage;
}

std::function<Exit()> declare_options(CLI::App& app) {
  const auto options = std::make_shared<Options>();  // shared by CLI11 and the command
  app.add_option("action", options->action,
                 "Make images known as bases; list those that are known; forget some")
      ->required()
      ->type_name("add|list|remove");
  app.add_option("operands", options->operands,
                 "Of `add`: images, as `plimsoll image` takes them. Of `remove`: their names")
      ->type_name("IMAGE");
  app.add_option("--as", options->names,
                 "The names that the image is built on by; without, those it says itself")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("NAME:TAG,...");
  declare(app, options->image);
  app.add_option("--format", options->format, "How `list` is printed")
      ->type_name("table|json")
      ->check(CLI::IsMember({"table", "json"}).description(""));
  app.add_flag("--quiet,-q", options->quiet, "Say only what went wrong");
  return [options]() -> Exit { return run(*options); };
}

constexpr Sample kSamples[] = {
    {"plimsoll base add python-slim.tar --as python:3.11-slim",
     "Make a saved image known under the name that Dockerfiles have for it"},
    {"plimsoll base add registry:registry.example/base/python:3.11",
     "Make an image of a registry known, without a copy on disk"},
    {"plimsoll base add sbom:python.cdx.json --as python:3.12",
     "Only its bill of materials is at hand: vulnerabilities can be compared, sizes cannot"},
    {"plimsoll base list", "Say which bases are known"},
    {"plimsoll base remove python:3.11-slim", "Forget one, with its history"},
};
constexpr Status kStatuses[] = {
    {Exit::kClean, "all was done"},
    {Exit::kUsage, "the command line is wrong, or an image has no name"},
    {Exit::kRejected, "the image is not what it claims to be, or there is none of this name"},
    {Exit::kIncomplete, "some part of an image or of the index could not be read"},
    {Exit::kEnvironment, "no engine or registry answered, or nothing could be written"},
};

}  // namespace

const Command& base() {
  static constexpr Command kCommand{
      .name = "base",
      .title = "Keep an index of base images, to tell images from their bases",
      .declare = declare_options,
      .about =
          "Keeps the bill of materials of each base in the user's data folder. By its layers an "
          "image then is told from its base, and `plimsoll quickview` and `plimsoll recommend` "
          "compare bases without asking anyone.\n"
          "\n"
          "A name that is added again with another image keeps the older one as its history: "
          "the newest is what a rebuild would take.",
      .samples = kSamples,
      .statuses = kStatuses,
  };
  return kCommand;
}

}  // namespace plimsoll::cli::commands
