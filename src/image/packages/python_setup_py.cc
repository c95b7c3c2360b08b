#include <algorithm>

#include "image/package_reader.h"
#include "image/requirement.h"

namespace plimsoll::image::packages {
namespace {

/// The string literals of Python source, without evaluating anything.
/// literal := [rbfuRBFU]{0,2} ( ''' … ''' | """ … """ | ' … ' | " … " )
class Literals {
 public:
  struct Literal {
    std::string_view text;  ///< escapes as written: no requirement needs one
    std::size_t begin = 0;
    bool is_long = false;   ///< between three quotes
    bool is_split = false;  ///< `.split…` follows: it is a list
  };
  explicit Literals(std::string_view source) : source_(source) {}

  bool next(Literal& literal) {
    while (at_ < source_.size()) {
      const char c = source_[at_];
      if (c == '#') {
        at_ = std::min(source_.find('\n', at_), source_.size());
      } else if (c == '"' || c == '\'') {
        take(literal);
        return true;
      } else {
        ++at_;
      }
    }
    return false;
  }

 private:
  void take(Literal& literal) {
    const char quote = source_[at_];
    const std::string closing(3, quote);
    literal.is_long = source_.substr(at_).starts_with(closing);
    at_ += literal.is_long ? 3 : 1;
    literal.begin = at_;
    std::size_t end = at_;
    while (end < source_.size()) {
      if (source_[end] == '\\') {
        end += 2;
        continue;
      }
      const bool closes = literal.is_long ? source_.substr(end, 3) == closing
                                          : source_[end] == quote || source_[end] == '\n';
      if (closes) break;
      ++end;
    }
    end = std::min(end, source_.size());
    literal.text = source_.substr(literal.begin, end - literal.begin);
    at_ = std::min(end + (literal.is_long ? 3 : 1), source_.size());
    literal.is_split = source_.substr(at_).starts_with(".split");
  }

  std::string_view source_;
  std::size_t at_ = 0;
};

/// setup.py is a program. What it hands to setup() is not known without running it, but a literal
/// that is a requirement with a version is meant as one wherever it stands.
Result<void> read(PackageFile& file, PackageList& list) {
  Literals literals(file.bytes());
  Literals::Literal literal;
  while (literals.next(literal)) {
    if (literal.is_long && !literal.is_split) continue;  // prose
    const std::string_view text = literal.text;
    std::size_t begin = 0;
    while (begin <= text.size()) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const auto requirement = parse_requirement(text.substr(begin, end - begin));
      if (requirement && !requirement->versions.likely().empty()) {
        list.add(requirement->name, requirement->versions.likely(),
                 file.line_of(static_cast<std::uint32_t>(literal.begin + begin)));
      }
      begin = end + 1;
    }
  }
  return {};
}

}  // namespace

const PackageReader& python_setup_py() {
  static constexpr PackageReader kReader{
      .kind = "python-setup-py",
      .ecosystem = "PyPI",
      .presence = Presence::kDeclared,
      .files = "**/setup.py",
      .read = read,
      .source = "https://setuptools.pypa.io/en/latest/references/keywords.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
