#include <sqlite3.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <string>

#include "core/ascii.h"
#include "image/byte_order.h"
#include "image/rpm_database.h"

namespace plimsoll::image {
namespace {

constexpr std::string_view kMagic{"SQLite format 3\0", 16};
constexpr std::size_t kFileHeaderBytes = 100;
constexpr std::size_t kWriteVersionOffset = 18;  ///< 2: used with a write-ahead log
constexpr std::size_t kReadVersionOffset = 19;

constexpr int kStepsBetweenLooks = 10'000;
constexpr int kMostLooks = 10'000;  ///< a row takes some ten steps

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

constexpr const char* kColumnsOfTable = "PRAGMA table_xinfo(Packages)";
constexpr const char* kHeaders = "SELECT blob FROM Packages";

/// A hostile schema may call a view or a virtual table "Packages", and that could run anything.
int allow_only_reading_headers(void*, int action, const char* first, const char* second,
                               const char*, const char* through) {
  if (through != nullptr) return SQLITE_DENY;
  if (action == SQLITE_SELECT) return SQLITE_OK;
  const std::string_view name = first == nullptr ? "" : first;
  const std::string_view column = second == nullptr ? "" : second;
  const bool is_header =
      action == SQLITE_READ && ascii::iequals(name, "Packages") && ascii::iequals(column, "blob");
  const bool is_list = action == SQLITE_PRAGMA && name == "table_xinfo";
  return is_header || is_list ? SQLITE_OK : SQLITE_DENY;
}

int stop_after_most_looks(void* looks) {
  return ++*static_cast<int*>(looks) > kMostLooks ? 1 : 0;
}

/// Only what is in memory, read only, as little of SQLite as can be.
Database open(std::string& bytes) {
  sqlite3* opened = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
  const int status = sqlite3_open_v2(":memory:", &opened, flags, nullptr);
  Database database(opened);
  if (status != SQLITE_OK) return nullptr;
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  // No row is longer than its database.
  const std::size_t most = std::min<std::size_t>(bytes.size(), std::numeric_limits<int>::max());
  sqlite3_limit(opened, SQLITE_LIMIT_LENGTH, static_cast<int>(most));
  sqlite3_limit(opened, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_exec(opened, "PRAGMA cell_size_check = ON", nullptr, nullptr, nullptr);
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  if (sqlite3_deserialize(opened, "main", reinterpret_cast<unsigned char*>(bytes.data()), size,
                          size, SQLITE_DESERIALIZE_READONLY) != SQLITE_OK) {
    return nullptr;
  }
  return database;
}

/// Null when the text cannot be run.
Statement prepare(sqlite3* database, const char* text) {
  sqlite3_stmt* prepared = nullptr;
  const int status = sqlite3_prepare_v2(database, text, -1, &prepared, nullptr);
  return Statement(status == SQLITE_OK ? prepared : nullptr);
}

/// A column that is computed runs what the schema says for each row, which no limit of steps ends.
bool is_stored(sqlite3* database) {
  const Statement columns = prepare(database, kColumnsOfTable);
  if (columns == nullptr) return false;
  while (sqlite3_step(columns.get()) == SQLITE_ROW) {
    const auto* name = reinterpret_cast<const char*>(sqlite3_column_text(columns.get(), 1));
    const bool is_plain = sqlite3_column_int(columns.get(), 6) == 0;
    if (name != nullptr && ascii::iequals(name, "blob")) return is_plain;
  }
  return false;
}

/// Rows share no pages, so all headers together are no longer than the file.
Result<void> take_rows(sqlite3* database, sqlite3_stmt* statement, std::size_t most_bytes,
                       const TakeHeader& take) {
  int status = SQLITE_ROW;
  while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
    const void* blob = sqlite3_column_blob(statement, 0);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, 0));
    if (size > most_bytes) {
      return fail(ErrorCode::kLimit, "records share pages: the database is no real one");
    }
    most_bytes -= size;
    if (blob != nullptr) take({static_cast<const char*>(blob), size});
  }
  if (status == SQLITE_DONE) return {};
  const bool stopped = status == SQLITE_INTERRUPT || status == SQLITE_TOOBIG;
  return fail(stopped ? ErrorCode::kLimit : ErrorCode::kInvalid,
              std::string("a broken SQLite database: ") + sqlite3_errmsg(database));
}

}  // namespace

bool is_sqlite_database(std::string_view bytes) {
  return bytes.size() >= kFileHeaderBytes && bytes.starts_with(kMagic);
}

Result<void> read_sqlite_database(std::string_view bytes, const TakeHeader& take) {
  if (!is_sqlite_database(bytes)) return fail(ErrorCode::kInvalid, "no SQLite database");
  std::string copy(bytes);
  const bool has_log = copy[kReadVersionOffset] == 2;
  // A database in memory has no log; without this, SQLite refuses to open it.
  if (has_log) copy[kWriteVersionOffset] = copy[kReadVersionOffset] = 1;
  int looks = 0;  // outlives the database, which keeps a pointer to it
  const Database database = open(copy);
  if (database == nullptr) return fail(ErrorCode::kInvalid, "SQLite cannot open the database");
  sqlite3_set_authorizer(database.get(), allow_only_reading_headers, nullptr);
  sqlite3_progress_handler(database.get(), kStepsBetweenLooks, stop_after_most_looks, &looks);
  const Statement headers = is_stored(database.get()) ? prepare(database.get(), kHeaders) : nullptr;
  if (headers == nullptr) {
    std::string message = "an SQLite database without a readable table of packages";
    if (has_log) message += "; it may stand in the '-wal' file beside it";
    return fail(ErrorCode::kInvalid, std::move(message));
  }
  return take_rows(database.get(), headers.get(), bytes.size(), take);
}

}  // namespace plimsoll::image
