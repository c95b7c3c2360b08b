#include <unordered_map>
#include <vector>

#include "core/ascii.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

bool is_constant_char(char c) {
  return ascii::is_name(c) || c == ':' || c == '.' || c == '@';
}

char closing_of(char open) {
  switch (open) {
    case '(': return ')';
    case '[': return ']';
    case '{': return '}';
    case '<': return '>';
    default: return open;
  }
}

/// A Ruby string that begins here: "…", '…', %q(…), %Q<…>. Nothing when it holds #{…}.
std::string_view literal_at(std::string_view text) {
  std::size_t begin = 1;
  if (text.starts_with("%q") || text.starts_with("%Q")) begin = 3;
  if (text.size() <= begin) return {};
  const char open = text[begin - 1];
  if (begin == 1 && open != '"' && open != '\'') return {};
  const std::size_t end = text.find(closing_of(open), begin);
  if (end == std::string_view::npos) return {};
  const std::string_view inside = text.substr(begin, end - begin);
  return ascii::contains(inside, "#{") ? std::string_view{} : inside;
}

/// "a.b = value" or "a = value", not "a == b", "a.b?" or "a += b".
struct Assignment {
  std::string_view target;  ///< "spec.version", "VERSION"
  std::string_view value;
};
Assignment assignment_of(std::string_view line) {
  line = ascii::trim(line);
  std::size_t end = 0;
  while (end < line.size() && is_constant_char(line[end])) ++end;
  const std::string_view target = line.substr(0, end);
  const std::string_view rest = ascii::trim(line.substr(end));
  const bool assigns = rest.size() > 1 && rest[0] == '=' && rest[1] != '=' && rest[1] != '~';
  if (target.empty() || !assigns) return {};
  return {target, ascii::trim(rest.substr(1))};
}

std::string_view last_part(std::string_view path) {
  const std::size_t at = path.find_last_of(".:");
  return at == std::string_view::npos ? path : path.substr(at + 1);
}

/// What is known of a gem without running its specification.
class Specification {
 public:
  void line(std::string_view text, std::uint32_t number) {
    const auto [target, value] = assignment_of(text);
    if (target.empty()) return;
    const bool of_spec = ascii::contains(target, ".");
    if (!of_spec) {
      constants_.try_emplace(target, literal_at(value));
    } else if (last_part(target) == "name" && name_.empty()) {
      name_ = text_of(value);
      line_ = number;
    } else if (last_part(target) == "version" && version_.empty()) {
      version_ = text_of(value);
    } else if (last_part(target) == "license" || last_part(target) == "licenses") {
      licenses_ = literals_of(value);
    }
  }
  /// RubyGems writes it on top of what it installs: "# stub: name version platform paths".
  void stub(std::string_view text, std::uint32_t number) {
    const std::vector<std::string_view> words = ascii::split(ascii::trim(text), ' ');
    if (words.size() < 3 || !stub_name_.empty()) return;
    stub_name_ = words[0];
    stub_version_ = words[1];
    platform_ = words[2];
    line_ = number;
  }

  [[nodiscard]] Package package() const {
    Package package;
    package.name = name_.empty() ? stub_name_ : name_;
    package.version = version_.empty() ? stub_version_ : version_;
    package.architecture = platform_ == "ruby" ? std::string_view{} : platform_;
    package.licenses = licenses_;
    package.line = line_;
    return package;
  }

 private:
  /// A literal, Gem::Version.new(literal), or a constant of this file.
  [[nodiscard]] std::string_view text_of(std::string_view value) const {
    for (const std::string_view wrapper : {"Gem::Version.new", "Gem::Version.create"}) {
      if (!value.starts_with(wrapper)) continue;
      value.remove_prefix(wrapper.size());
      value = ascii::trim(value);
      if (value.starts_with('(')) value = ascii::trim(value.substr(1));
    }
    const std::string_view literal = literal_at(value);
    if (!literal.empty()) return literal;
    std::size_t end = 0;
    while (end < value.size() && is_constant_char(value[end])) ++end;
    std::string_view path = value.substr(0, end);
    for (const std::string_view call : {".freeze", ".dup", ".to_s"}) {
      if (path.ends_with(call)) path.remove_suffix(call.size());
    }
    const auto found = constants_.find(last_part(path));
    return found == constants_.end() ? std::string_view{} : found->second;
  }

  static std::vector<std::string> literals_of(std::string_view value) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < value.size(); ++i) {
      const char c = value[i];
      if (c == '#') break;
      if (c != '"' && c != '\'') continue;
      const std::string_view literal = literal_at(value.substr(i));
      if (literal.empty()) break;
      all.emplace_back(literal);
      i += literal.size() + 1;
    }
    return all;
  }

  std::string_view name_;
  std::string_view version_;
  std::string_view stub_name_;
  std::string_view stub_version_;
  std::string_view platform_;
  std::vector<std::string> licenses_;
  std::uint32_t line_ = 0;
  std::unordered_map<std::string_view, std::string_view> constants_;
};

Result<void> read(PackageFile& file, PackageList& list) {
  constexpr std::string_view kStub = "# stub: ";
  Specification specification;
  std::uint32_t number = 0;
  bool is_gemspec = false;
  for (const std::string_view line : ascii::split(file.bytes(), '\n')) {
    ++number;
    if (line.starts_with(kStub)) specification.stub(line.substr(kStub.size()), number);
    is_gemspec = is_gemspec || ascii::contains(line, "Gem::Specification");
    specification.line(line, number);
  }
  if (!is_gemspec) {
    return fail(ErrorCode::kInvalid, "no gem specification: no Gem::Specification", file.path());
  }
  list.add(specification.package());
  return {};
}

}  // namespace

const PackageReader& gemspec() {
  static constexpr PackageReader kReader{
      .kind = "gemspec",
      .ecosystem = "RubyGems",
      .files = "**/specifications/**/*.gemspec",
      .read = read,
      .source = "https://guides.rubygems.org/specification-reference/"};
  return kReader;
}

}  // namespace plimsoll::image::packages
