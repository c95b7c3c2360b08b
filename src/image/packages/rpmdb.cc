#include "image/package_reader.h"
#include "image/rpm_database.h"
#include "image/rpm_header.h"

namespace plimsoll::image::packages {
namespace {

/// What the file begins with tells its form; its name may be an older one's.
Result<void> read_headers(std::string_view bytes, const TakeHeader& take) {
  if (is_sqlite_database(bytes)) return read_sqlite_database(bytes, take);
  if (is_ndb_database(bytes)) return read_ndb_database(bytes, take);
  if (is_berkeley_database(bytes)) return read_berkeley_database(bytes, take);
  return fail(ErrorCode::kInvalid,
              "no database of RPM: neither SQLite nor Berkeley DB nor RPM's own");
}

Result<void> read(PackageFile& file, PackageList& list) {
  std::size_t broken = 0;
  PathBudget budget(file.bytes().size());
  auto read = read_headers(file.bytes(), [&](std::string_view header) {
    auto package = read_rpm_header(header, budget);
    if (!package) ++broken;
    // The keys that signatures are checked with have rows too.
    if (package && package->name != "gpg-pubkey") list.add(*std::move(package));
  });
  if (!read || broken == 0) return read;
  return fail(ErrorCode::kInvalid, std::to_string(broken) + " broken headers in the database");
}

}  // namespace

const PackageReader& rpmdb() {
  static constexpr PackageReader kReader{
      .kind = "rpmdb",
      .ecosystem = "RPM",
      .files =
          "var/lib/rpm/Packages var/lib/rpm/Packages.db var/lib/rpm/rpmdb.sqlite "
          "usr/lib/sysimage/rpm/Packages usr/lib/sysimage/rpm/Packages.db "
          "usr/lib/sysimage/rpm/rpmdb.sqlite usr/share/rpm/Packages "
          "usr/share/rpm/Packages.db usr/share/rpm/rpmdb.sqlite",
      .read = read,
      .source = "https://rpm-software-management.github.io/rpm/manual/format_header.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
