#include <vector>

#include "core/ascii.h"
#include "core/path.h"
#include "image/document_root.h"
#include "image/lines.h"
#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// What Homebrew installs is told by where it stands: Cellar/NAME/VERSION/… and
/// Caskroom/NAME/VERSION/….
struct Keg {
  std::string_view name;
  std::string_view version;
};

Keg keg_of(std::string_view path) {
  const std::vector<std::string_view> parts = ascii::split(path, '/');
  for (std::size_t i = 0; i + 3 < parts.size(); ++i) {
    if (ascii::iequals(parts[i], "Cellar") || ascii::iequals(parts[i], "Caskroom")) {
      return {parts[i + 1], parts[i + 2]};
    }
  }
  // A formula lies in the keg it was poured into, wherever that is.
  for (std::size_t i = parts.size(); i-- > 2;) {
    if (parts[i] == ".brew") return {parts[i - 2], parts[i - 1]};
  }
  return {};
}

/// The text of `word "text"`, a call in the formula's class.
std::string_view argument_of(std::string_view line, std::string_view word) {
  line = ascii::trim(line);
  if (!line.starts_with(word)) return {};
  line.remove_prefix(word.size());
  if (line.empty() || !ascii::is_blank(line[0])) return {};
  line = ascii::trim(line);
  const char quote = line[0];
  if (quote != '"' && quote != '\'') return {};
  const std::size_t end = line.find(quote, 1);
  return end == std::string_view::npos ? std::string_view{} : line.substr(1, end - 1);
}

struct Formula {
  bool is_one = false;
  std::string_view version;
  std::string_view license;
  std::uint32_t line = 0;  ///< of its class
};

Formula formula_of(std::string_view text) {
  Formula formula;
  std::uint32_t line_number = 0;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    ++line_number;
    if (ascii::trim(line).starts_with("class ") && ascii::contains(line, "< Formula")) {
      formula = {.is_one = true, .line = line_number};
    }
    if (!formula.is_one) continue;
    if (formula.version.empty()) formula.version = argument_of(line, "version");
    if (formula.license.empty()) formula.license = argument_of(line, "license");
  }
  return formula;
}

Result<void> read_formula(PackageFile& file, PackageList& list) {
  const Formula formula = formula_of(file.bytes());
  if (!formula.is_one) {
    return fail(ErrorCode::kInvalid, "no formula: no class of them in it", file.path());
  }
  Keg keg = keg_of(file.path());
  if (keg.name.empty()) {
    keg.name = path::name(file.path());
    keg.name.remove_suffix(path::extension(file.path()).size());
    keg.version = formula.version;
  }
  Package& package = list.add(keg.name, keg.version, formula.line);
  if (!formula.license.empty()) package.licenses = {std::string(formula.license)};
  return {};
}

Result<void> read(PackageFile& file, PackageList& list) {
  if (file.path().ends_with(".rb")) return read_formula(file, list);
  const Keg keg = keg_of(file.path());
  if (keg.name.empty()) {
    return fail(ErrorCode::kInvalid, "not where Homebrew installs: in no Cellar and no Caskroom",
                file.path());
  }
  Package package;
  package.name = keg.name;
  package.version = keg.version;
  if (file.path().ends_with(".json")) {
    const auto receipt = json_object(file, "receipt of an installation", {"homebrew_version"});
    if (!receipt) return tl::unexpected(receipt.error());
    package.architecture = field(**receipt, "arch");
  }
  list.add(std::move(package));
  return {};
}

}  // namespace

const PackageReader& homebrew() {
  static constexpr PackageReader kReader{
      .kind = "homebrew",
      .ecosystem = "homebrew",
      .files =
          "**/Cellar/*/*/INSTALL_RECEIPT.json **/Cellar/*/*/.brew/*.rb "
          "**/Caskroom/*/*/*.wrapper.sh **/Caskroom/*/*/**/source.properties",
      .read = read,
      .source = "https://docs.brew.sh/Formula-Cookbook#homebrew-terminology"};
  return kReader;
}

}  // namespace plimsoll::image::packages
