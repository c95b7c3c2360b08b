#pragma once

#include <functional>
#include <string_view>

#include "core/result.h"

namespace plimsoll::image {

/// The three forms of an RPM database, each from memory. They call `take` with the header of every
/// package; a view into `bytes` or one that lives for the call.
/// @error kInvalid  not of this form, or some of its records are broken; the others were given
/// @error kLimit    a database that asks for more work than its size can have
using TakeHeader = std::function<void(std::string_view header)>;

/// `Packages`: a hash of Berkeley DB, in either byte order.
[[nodiscard]] Result<void> read_berkeley_database(std::string_view bytes, const TakeHeader& take);
[[nodiscard]] bool is_berkeley_database(std::string_view bytes);

/// `Packages.db`: RPM's own ("ndb").
[[nodiscard]] Result<void> read_ndb_database(std::string_view bytes, const TakeHeader& take);
[[nodiscard]] bool is_ndb_database(std::string_view bytes);

/// `rpmdb.sqlite`, which may say that it is used with a write-ahead log: what only stands in the
/// log beside it is not seen.
[[nodiscard]] Result<void> read_sqlite_database(std::string_view bytes, const TakeHeader& take);
[[nodiscard]] bool is_sqlite_database(std::string_view bytes);

}  // namespace plimsoll::image
