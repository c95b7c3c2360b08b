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

/// A hostile schema may call a view, a trigger or a virtual table "Packages".
int allow_only_reading_headers(void*, int action, const char* first, const char* second,
                               const char*, const char* through) {
  if (action == SQLITE_SELECT) return SQLITE_OK;
  const bool is_column = action == SQLITE_READ && first != nullptr && second != nullptr &&
                         ascii::iequals(first, "Packages") && ascii::iequals(second, "blob");
  return is_column && through == nullptr ? SQLITE_OK : SQLITE_DENY;
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

std::string message_of(sqlite3* database, bool has_log) {
  return std::string("a broken SQLite database: ") + sqlite3_errmsg(database) +
         (has_log ? "; some of it may stand in the '-wal' file beside it" : "");
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
  return fail(stopped ? ErrorCode::kLimit : ErrorCode::kInvalid, message_of(database, false));
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
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v2(database.get(), "SELECT blob FROM Packages", -1, &prepared, nullptr) !=
      SQLITE_OK) {
    return fail(ErrorCode::kInvalid, message_of(database.get(), has_log));
  }
  const Statement statement(prepared);
  return take_rows(database.get(), statement.get(), bytes.size(), take);
}

}  // namespace plimsoll::image
