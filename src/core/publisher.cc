#include "core/publisher.h"

#include <algorithm>
#include <iterator>

#include "core/ascii.h"

namespace plimsoll {
namespace {

struct Mark {
  std::string_view text;  ///< anywhere in the version
  std::string_view publisher;
};

/// As the repositories of these publishers name their builds.
constexpr Mark kMarks[] = {
    {"nodesource", "NodeSource"},  // deb.nodesource.com, rpm.nodesource.com
    {".pgdg", "PostgreSQL"},       // apt.postgresql.org
    {"PGDG", "PostgreSQL"},        // yum.postgresql.org
    {"sury.org", "sury.org"},      // PPAs of PHP and Apache
    {"~1.gbp", "sury.org"},        // packages.sury.org, built from Git
    {".ngx", "nginx.org"},         // nginx.org/packages for RPM
    {"+maria~", "MariaDB"},        // deb.mariadb.org
    {".remi", "Remi"},             // rpms.remirepo.net
    {"~++20", "LLVM"},             // apt.llvm.org
};

/// Debian and Ubuntu tell their releases apart by numbers ("+deb12u1", "ubuntu22.04"); others put
/// the codename behind ("1.25.4-1~bookworm" of nginx.org, "~debian.12~bookworm" of Docker).
constexpr std::string_view kCodenames[] = {
    "buster", "bullseye", "bookworm", "trixie", "xenial", "bionic", "focal", "jammy", "noble",
};

bool ends_with_codename(std::string_view version) {
  const std::size_t mark = version.rfind('~');
  return mark != std::string_view::npos &&
         std::find(std::begin(kCodenames), std::end(kCodenames), version.substr(mark + 1)) !=
             std::end(kCodenames);
}

/// "0ppa1~ubuntu22.04.1", "1.2-1~ppa3": a word of its own with a number behind.
bool has_ppa(std::string_view version) {
  constexpr std::string_view kWord = "ppa";
  for (std::size_t at = version.find(kWord); at != std::string_view::npos;
       at = version.find(kWord, at + 1)) {
    const bool begins = at == 0 || !ascii::is_alpha(version[at - 1]);
    const std::size_t end = at + kWord.size();
    if (begins && end < version.size() && ascii::is_digit(version[end])) return true;
  }
  return false;
}

}  // namespace

std::string_view foreign_publisher(std::string_view version) {
  for (const Mark& mark : kMarks) {
    if (ascii::contains(version, mark.text)) return mark.publisher;
  }
  if (has_ppa(version)) return "a PPA";
  return ends_with_codename(version) ? "another publisher" : std::string_view();
}

}  // namespace plimsoll
