#include "core/ascii.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

std::string_view next_word(std::string_view& line) {
  line = ascii::trim(line);
  std::size_t end = 0;
  while (end < line.size() && !ascii::is_blank(line[end])) ++end;
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

/// "//" and "#" begin one, but an address has "//" too.
std::string_view without_comment(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool is_slashes = line.substr(i, 2) == "//" && (i == 0 || line[i - 1] != ':');
    const bool is_hash = line[i] == '#' && (i == 0 || ascii::is_blank(line[i - 1]));
    if (is_slashes || is_hash) return line.substr(0, i);
  }
  return line;
}

bool is_operator(std::string_view word) {
  for (const std::string_view each : {"~>", ">=", "==", "=", ">", "<=", "<"}) {
    if (word == each) return true;
  }
  return false;
}

/// The lowest version that the first constraint takes: "~> 2.6", ">= 1.0 < 2.0", "1.0", "== 1.0".
std::string_view version_of(std::string_view constraint) {
  std::string_view word = next_word(constraint);
  // '@' and '!' choose how versions of what it needs are resolved.
  while (word.starts_with('@') || word.starts_with('!')) word.remove_prefix(1);
  if (is_operator(word)) {
    const bool is_upper_bound = word.starts_with('<');
    word = next_word(constraint);
    if (is_upper_bound) return {};
  }
  return !word.empty() && ascii::is_digit(word[0]) ? word : std::string_view{};
}

bool is_commit(std::string_view text) {
  if (text.size() < 7) return false;
  bool has_letter = false;
  for (const char c : text) {
    if (!ascii::is_hex(c)) return false;
    has_letter = has_letter || !ascii::is_digit(c);
  }
  return has_letter;
}

/// "owner/name:tag file".
void add_repository(std::string_view words, std::uint32_t number, PackageList& list) {
  const std::string_view repository = next_word(words);
  const std::size_t colon = repository.find(':');
  std::string_view version =
      colon == std::string_view::npos ? std::string_view{} : repository.substr(colon + 1);
  if (is_commit(version)) version = {};
  list.add(repository.substr(0, colon), version, number).ecosystem = "GitHub";
}

Result<void> read(PackageFile& file, PackageList& list) {
  std::uint32_t number = 0;
  for (std::string_view line : ascii::split(file.bytes(), '\n')) {
    ++number;
    line = without_comment(line);
    const std::string_view verb = next_word(line);
    if (verb == "nuget" || verb == "clitool") {
      const std::string_view name = next_word(line);
      list.add(name, version_of(line), number);
    } else if (verb == "github") {
      add_repository(line, number, list);
    }
  }
  return {};
}

}  // namespace

const PackageReader& paket_dependencies() {
  static constexpr PackageReader kReader{
      .kind = "paket-dependencies",
      .ecosystem = "NuGet",
      .presence = Presence::kDeclared,
      .files = "**/paket.dependencies",
      .read = read,
      .source = "https://fsprojects.github.io/Paket/dependencies-file.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
