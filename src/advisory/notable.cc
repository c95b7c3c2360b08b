#include "advisory/notable.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/ascii.h"
#include "core/bug.h"
#include "core/date.h"
#include "embedded/notable_advisories.h"

namespace plimsoll::advisory {
namespace {

constexpr std::string_view kFile = "notable_advisories.txt";
constexpr std::string_view kUnknownDate = "-";

using Words = std::vector<std::string_view>;

/// What is between blanks.
Words words_of(std::string_view line) {
  Words words;
  for (const std::string_view word : ascii::split(line, ' ')) {
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

/// Nothing where the two ends are not told apart.
std::optional<Range> range_of(std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  Range range{.introduced = std::string(text.substr(0, dots))};
  const std::string_view end = text.substr(dots + 2);
  if (!end.starts_with('=')) {
    range.fixed = end;
    return range;
  }
  range.last_affected = end.substr(1);
  if (range.last_affected.empty()) return std::nullopt;
  return range;
}

/// Reads line by line; each member says what is wrong with its line, "" when nothing is.
class Reader {
 public:
  [[nodiscard]] std::string take(std::string_view line) {
    if (line.starts_with('#')) return "";
    if (ascii::trim(line).empty()) {
      is_in_block_ = false;
      return "";
    }
    if (!line.starts_with(' '))
      return line.starts_with("made ") ? take_made(line) : take_head(line);
    if (!is_in_block_) return "a fact without a vulnerability before it";
    const Words words = words_of(line);
    if (words[0] == "aliases") return take_aliases(words);
    if (words[0] == "cvss") return take_cvss(words);
    if (words[0] == "kev") return take_exploited(words);
    return take_package(words);
  }

  [[nodiscard]] NotableAdvisories done() && { return std::move(told_); }

 private:
  Advisory& advisory() { return told_.advisories.back(); }

  std::string take_made(std::string_view line) {
    told_.made = ascii::trim(line.substr(line.find(' ')));
    return parse_date(told_.made) ? "" : "no date after 'made'";
  }

  std::string take_head(std::string_view line) {
    const Words words = words_of(line);
    if (words.size() < 4) return "expected an id, a severity, a date and a title";
    if (!severity_of_word(words[1])) return "no severity: '" + std::string(words[1]) + "'";
    if (!parse_date(words[2])) return "not a date: '" + std::string(words[2]) + "'";
    Advisory advisory;
    advisory.id = words[0];
    advisory.severity = words[1];
    advisory.published = words[2];
    // The title is the rest of the line as it stands.
    advisory.summary =
        ascii::trim(line.substr(static_cast<std::size_t>(words[3].data() - line.data())));
    told_.advisories.push_back(std::move(advisory));
    is_in_block_ = true;
    return "";
  }

  std::string take_aliases(const Words& words) {
    if (words.size() < 2) return "no alias";
    advisory().aliases.assign(words.begin() + 1, words.end());
    return "";
  }

  std::string take_cvss(const Words& words) {
    if (words.size() != 2 || !words[1].starts_with("CVSS:")) return "expected one CVSS vector";
    advisory().cvss = words[1];
    return "";
  }

  std::string take_exploited(const Words& words) {
    const bool is_ransomware = words.size() == 4 && words[3] == "ransomware";
    if (words.size() != 3 && !is_ransomware)
      return "expected two dates, then 'ransomware' or nothing";
    const bool is_due_known = words[2] != kUnknownDate;
    if (!parse_date(words[1]) || (is_due_known && !parse_date(words[2]))) return "not a date";
    KnownExploited entry{.id = advisory().id, .added = std::string(words[1])};
    if (is_due_known) entry.due = words[2];
    entry.is_used_by_ransomware = is_ransomware;
    entry.name = advisory().summary;
    told_.exploited.push_back(std::move(entry));
    return "";
  }

  std::string take_package(const Words& words) {
    if (words.size() < 3) return "expected an ecosystem, a package and its versions";
    Affected affected;
    affected.package = words[1];
    for (auto word = words.begin() + 2; word != words.end(); ++word) {
      if (word->starts_with('=') && word->size() > 1) {
        affected.versions.emplace_back(word->substr(1));
        continue;
      }
      auto range = range_of(*word);
      if (!range) return "not versions: '" + std::string(*word) + "'";
      affected.ranges.push_back(std::move(*range));
    }
    for (const std::string_view ecosystem : ascii::split(words[0], ',')) {
      if (ecosystem.empty()) return "an ecosystem without a name";
      affected.ecosystem = ecosystem;
      advisory().affected.push_back(affected);
    }
    return "";
  }

  NotableAdvisories told_;
  bool is_in_block_ = false;
};

}  // namespace

Result<NotableAdvisories> read_notable(std::string_view text) {
  Reader reader;
  std::uint32_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    std::string wrong = reader.take(line);
    if (wrong.empty()) continue;
    Error error{.message = std::move(wrong), .path = std::string(kFile)};
    error.position.line = number;
    error.has_position = true;
    return tl::unexpected(std::move(error));
  }
  return std::move(reader).done();
}

void tell_notable(FeedSink& sink, std::string_view ecosystem) {
  auto notable = read_notable(embedded::notable_advisories);
  if (!notable) PL_BUG("notable_advisories.txt: not of its own form");
  sink.made(notable->made);
  for (Advisory& advisory : notable->advisories) {
    if (!ecosystem.empty()) {
      std::erase_if(advisory.affected, [ecosystem](const Affected& affected) {
        return affected.ecosystem != ecosystem;
      });
      if (advisory.affected.empty()) continue;
    }
    sink.add(std::move(advisory));
  }
  for (KnownExploited& entry : notable->exploited) sink.add(std::move(entry));
}

}  // namespace plimsoll::advisory
