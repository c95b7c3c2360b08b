#pragma once

#include <string>
#include <vector>

#include "advisory/database.h"
#include "core/exit.h"

/// The advisory database of this computer.
namespace plimsoll::cli {

/// `advisories.db` in the folder where programs keep data of their user.
[[nodiscard]] std::string default_database();
/// The folder `bases` beside it, of the base images that the user made known; "" where there is no
/// such place.
[[nodiscard]] std::string default_bases();

/// The folder where feeds that are downloaded are kept, in the cache of their user.
[[nodiscard]] std::string default_feeds();

/// Makes the database at `path` anew from these feeds; what the old one had besides is gone.
/// Whoever reads the old file keeps it, and a crash leaves the old one or the new one.
[[nodiscard]] Exit import_feeds(const std::vector<std::string>& feeds, const std::string& path,
                                bool quiet);
/// How old it is and what it covers.
[[nodiscard]] Exit print_status(const std::string& path, bool as_json);
[[nodiscard]] Exit verify_database(const std::string& path);

}  // namespace plimsoll::cli
