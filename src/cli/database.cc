#include "cli/database.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "advisory/import.h"
#include "advisory/notable.h"
#include "cli/output.h"
#include "core/date.h"
#include "update/kept_copy.h"

namespace plimsoll::cli {
namespace {

constexpr std::size_t kMostTold = 10;

Exit print(const std::string& text) {
  const auto written = write_output(text, "");
  if (written) return Exit::kClean;
  complain(written.error().to_line());
  return Exit::kEnvironment;
}

Exit refuse(const Error& error) {
  complain(error.to_line());
  return error.code == ErrorCode::kNotFound || error.code == ErrorCode::kUnreadable
             ? Exit::kEnvironment
             : Exit::kRejected;
}

/// With a thousands separator, as people read them.
std::string counted(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ' ');
  return text;
}

/// Says what was not read. @return whether there was any
bool tell(const advisory::Imported& imported, const std::string& path) {
  for (std::size_t i = 0; i < std::min(kMostTold, imported.problems.size()); ++i) {
    complain(imported.problems[i].to_line());
  }
  if (imported.problems.size() > kMostTold) {
    complain(fmt::format("{}: {} more files could not be read", path,
                         imported.problems.size() - kMostTold));
  }
  if (imported.unknown > 0) {
    complain(fmt::format("{}: {} of its files are no feed that is known, such as {}", path,
                         imported.unknown, imported.first_unknown));
  }
  return !imported.problems.empty();
}

/// Source: https://specifications.freedesktop.org/basedir-spec/latest/
std::string in_user_folder(const char* variable, const char* usual, const char* name) {
  const char* const folder = std::getenv(variable);
  const char* const home = std::getenv("HOME");
  if (folder != nullptr && *folder == '/') return std::string(folder) + name;
  if (home != nullptr && *home == '/') return std::string(home) + usual + name;
  return {};
}

/// "2026-11-20, 2 days ago"; "" where it was not downloaded.
std::string checked_text(const std::string& day) {
  const auto then = parse_date(day);
  if (!then) return {};
  const auto days_of = [](Date date) {
    return std::chrono::sys_days(std::chrono::year(date.year) / date.month / date.day);
  };
  const auto age = (days_of(today()) - days_of(*then)).count();
  if (age == 0) return day + ", today";
  return fmt::format("{}, {} day{} ago", day, age, age == 1 ? "" : "s");
}

/// "Alpine:v3.18, Alpine:v3.19 …" are one line for people: their family.
std::string table_of(const advisory::DatabaseStatus& status, const advisory::Database& database,
                     const std::string& path) {
  std::string text = fmt::format(
      "{}, made {}\n{} advisories, {} MB, of which {} MB are matched with\n", path, status.made,
      counted(database.advisories()), counted((database.bytes() + 999'999) / 1'000'000),
      counted((database.bytes_to_match() + 999'999) / 1'000'000));
  text += "\nECOSYSTEM                        ADVISORIES  NEWEST\n";
  for (const advisory::Coverage& each : status.coverage) {
    text +=
        fmt::format("{:<32} {:>10}  {}\n", each.ecosystem, counted(each.advisories), each.newest);
  }
  text += "\nFEED                RECORDS  MADE        FETCHED     CHECKED                  FROM\n";
  for (const advisory::DatabaseSource& source : status.sources) {
    const update::KeptCopy copy = update::read_about(source.path).value_or(update::KeptCopy());
    text +=
        fmt::format("{:<18} {:>8}  {:<10}  {:<10}  {:<23}  {}{}\n", source.format,
                    counted(source.records), source.made.substr(0, 10), copy.fetched,
                    checked_text(copy.checked), copy.address.empty() ? source.path : copy.address,
                    source.skipped > 0 ? fmt::format(" ({} skipped)", source.skipped) : "");
  }
  return text;
}

std::string json_of(const advisory::DatabaseStatus& status, const advisory::Database& database,
                    const std::string& path) {
  using Json = nlohmann::ordered_json;
  Json json{{"path", path},
            {"made", status.made},
            {"advisories", database.advisories()},
            {"bytes", database.bytes()},
            {"bytes_to_match", database.bytes_to_match()},
            {"ecosystems", Json::array()},
            {"feeds", Json::array()}};
  for (const advisory::Coverage& each : status.coverage) {
    json["ecosystems"].push_back(
        {{"ecosystem", each.ecosystem}, {"advisories", each.advisories}, {"newest", each.newest}});
  }
  for (const advisory::DatabaseSource& source : status.sources) {
    Json feed{{"format", source.format},
              {"from", source.path},
              {"made", source.made},
              {"records", source.records},
              {"skipped", source.skipped}};
    if (const auto copy = update::read_about(source.path)) {
      feed["address"] = copy->address;
      feed["fetched"] = copy->fetched;
      feed["checked"] = copy->checked;
    }
    json["feeds"].push_back(std::move(feed));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace

std::string default_database() {
  return in_user_folder("XDG_DATA_HOME", "/.local/share", "/plimsoll/advisories.db");
}

std::string default_feeds() {
  return in_user_folder("XDG_CACHE_HOME", "/.cache", "/plimsoll/feeds");
}

std::string default_bases() {
  return in_user_folder("XDG_DATA_HOME", "/.local/share", "/plimsoll/bases");
}

Exit import_feeds(const std::vector<std::string>& feeds, const std::string& path, bool quiet) {
  advisory::DatabaseBuilder builder;
  bool is_whole = true;
  for (const std::string& feed : feeds) {
    const auto imported = advisory::import_path(feed, builder);
    if (!imported) return refuse(imported.error());
    if (tell(*imported, feed)) is_whole = false;
  }
  if (builder.sources().empty()) {
    complain("none of these files is a feed of advisories; the database stays as it is");
    return Exit::kRejected;
  }
  // No feed tells of programs by the names that they are found under.
  builder.begin("notable", "built in");
  advisory::tell_notable(builder, "generic");
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  const std::string bytes = builder.bytes(to_string(today()));
  if (const auto written = write_output(bytes, path); !written) {
    complain(written.error().to_line());
    return Exit::kEnvironment;
  }
  if (!quiet) {
    complain(fmt::format("{}: {} advisories", path, counted(builder.advisories())));
  }
  return is_whole ? Exit::kClean : Exit::kIncomplete;
}

Exit print_status(const std::string& path, bool as_json) {
  const auto database = advisory::Database::open(path);
  if (!database) return refuse(database.error());
  const advisory::DatabaseStatus status = database->status();
  return print(as_json ? json_of(status, *database, path) : table_of(status, *database, path));
}

Exit verify_database(const std::string& path) {
  const auto database = advisory::Database::open(path);
  if (!database) return refuse(database.error());
  if (const auto good = database->verify(); !good) return refuse(good.error());
  return print(path + ": every part is as it was written\n");
}

}  // namespace plimsoll::cli
