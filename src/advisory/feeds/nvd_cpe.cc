#include <array>
#include <map>
#include <utility>

#include "advisory/feed.h"
#include "advisory/feed_text.h"

namespace plimsoll::advisory::feeds {
namespace {

constexpr std::string_view kColumns =
    "cve\tpart\tvendor\tproduct\tversion\ttarget_sw\tstart_incl\t";

/// One row, in the order of its columns.
struct Match {
  std::string_view id, part, vendor, product, version, target, start_incl, start_excl, end_incl,
      end_excl;
};

/// Programs only, and no builds for another platform: a target of "wordpress" is a plugin, one of
/// "node.js" a package that npm's own advisories know better, one of "windows" not for containers
/// of Linux.
bool is_program(const Match& match) {
  const bool is_general = match.target == "*" || match.target == "-" || match.target.empty() ||
                          match.target == "linux" || match.target == "unix";
  return match.part == "a" && is_general;
}

/// "1.0\+git": a CPE has a backslash before what is no letter or digit.
std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    plain.push_back(text[at]);
  }
  return plain;
}

/// A range cannot start just after a version, so the version before the first bad one counts as
/// bad too: to say too much of one version is better than to leave out a whole branch.
void take_versions(const Match& match, Affected& affected) {
  const bool has_bound = !match.start_incl.empty() || !match.start_excl.empty() ||
                         !match.end_incl.empty() || !match.end_excl.empty();
  if (!has_bound && match.version != "*") {
    affected.versions.push_back(unescaped(match.version));
    return;
  }
  Range range;
  range.introduced = unescaped(match.start_incl.empty() ? match.start_excl : match.start_incl);
  range.fixed = unescaped(match.end_excl);
  if (range.fixed.empty()) range.last_affected = unescaped(match.end_incl);
  affected.ranges.push_back(std::move(range));
}

/// All that one vulnerability says, by the name of the product.
class Products {
 public:
  void take(const Match& match) {
    const std::string name = unescaped(match.vendor) + ':' + unescaped(match.product);
    Affected& affected = products_[name];
    affected.ecosystem = "CPE";
    affected.package = name;
    take_versions(match, affected);
  }

  void give(std::string_view id, FeedSink& sink) {
    if (products_.empty()) return;
    Advisory advisory{.id = std::string(id)};
    advisory.references.push_back("https://nvd.nist.gov/vuln/detail/" + advisory.id);
    for (auto& [name, affected] : products_) advisory.affected.push_back(std::move(affected));
    products_.clear();
    sink.add(std::move(advisory));
  }

 private:
  std::map<std::string, Affected> products_;
};

Result<void> read(const FeedFile& file, FeedSink& sink) {
  Products products;
  std::string_view id;
  for (FeedLines lines(file.bytes); lines.next();) {
    if (lines.line().empty() || lines.line().starts_with(kColumns)) continue;
    const auto cells = cells_of<10>(lines.line(), '\t');
    const Match match{cells[0], cells[1], cells[2], cells[3], cells[4],
                      cells[5], cells[6], cells[7], cells[8], cells[9]};
    if (!is_cve(match.id) || match.vendor.empty() || match.product.empty() ||
        match.version.empty()) {
      sink.skip(unread(file, "no product of a CVE", lines.number()));
      continue;
    }
    if (match.id != id) {  // rows of one vulnerability stand together
      products.give(id, sink);
      id = match.id;
    }
    // A version of "-" says that nobody knows which.
    if (is_program(match) && match.version != "-") products.take(match);
  }
  products.give(id, sink);
  return {};
}

bool recognises(std::string_view /*path*/, std::string_view head) {
  return head.starts_with(kColumns);
}

}  // namespace

/// Which versions of which programs NVD, or who corrects it, calls vulnerable. For programs that no
/// package manager installed.
const FeedFormat& nvd_cpe() {
  static constexpr FeedFormat kFormat{.name = "nvd-cpe",
                                      .title = "table of CPEs and their versions",
                                      .recognises = recognises,
                                      .read = read,
                                      .source = "https://github.com/anchore/nvd-data-overrides"};
  return kFormat;
}

}  // namespace plimsoll::advisory::feeds
