#include "scan/finish.h"

#include <xxhash.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/ascii.h"

namespace plimsoll::scan {
namespace {

auto order(const Finding& finding) {
  return std::tuple(finding.path_of_file(), finding.line, finding.span.begin, finding.span.end,
                    finding.rule, std::string_view(finding.message),
                    std::string_view(finding.subject));
}

/// What makes two findings the same for a reader.
std::string merge_key(const Finding& finding) {
  std::string key(finding.rule);
  key += '\0';
  key += finding.path_of_file();
  key += '\0';
  key += finding.message;
  key += '\0';
  key += finding.suppressed ? 's' : 'o';
  if (!finding.absence || finding.file == nullptr) {
    key += std::to_string(finding.span.begin) + ':' + std::to_string(finding.span.end) + ':' +
           std::to_string(finding.line);
    if (finding.file == nullptr) key += finding.subject;
  }
  return key;
}

void absorb(Finding& into, Finding&& other) {
  into.also.push_back(std::move(other.subject));
  std::move(other.also.begin(), other.also.end(), std::back_inserter(into.also));
  const bool same_place = into.span == other.span;
  if (same_place && (!into.fix || !other.fix)) return;
  if (into.fix && other.fix) {
    std::vector<Edit>& edits = into.fix->edits;
    for (Edit& edit : other.fix->edits) {
      // Of several subjects at one place the edits may be the same.
      const bool known = same_place && std::find(edits.begin(), edits.end(), edit) != edits.end();
      if (!known) edits.push_back(std::move(edit));
    }
    for (NewFile& file : other.fix->new_files) into.fix->new_files.push_back(std::move(file));
    into.fix->safety = std::max(into.fix->safety, other.fix->safety);
  } else {
    into.fix.reset();  // half a fix would leave the finding
  }
}

/// One text for all says it best; texts that differ become the evidence, by subject.
void tell_details(Finding& finding, std::vector<Fact> details) {
  if (finding.alone.empty()) return;
  const bool same = std::all_of(details.begin(), details.end(), [&finding](const Fact& detail) {
    return detail.value == finding.alone;
  });
  if (same) {
    finding.message = std::move(finding.alone);
    return;
  }
  finding.evidence = {{finding.subject, finding.alone}};
  std::move(details.begin(), details.end(), std::back_inserter(finding.evidence));
}

/// Each subject once, in the order of their first mention.
void drop_repeated_subjects(Finding& finding) {
  std::unordered_set<std::string> seen{finding.subject};
  const auto repeated = [&seen](const std::string& id) { return !seen.insert(id).second; };
  finding.also.erase(std::remove_if(finding.also.begin(), finding.also.end(), repeated),
                     finding.also.end());
}

/// The line a finding starts on, blanks folded: survives re-indentation.
std::string folded_line(const Finding& finding) {
  if (finding.file == nullptr) return {};
  // Thousands of findings may share one line of megabytes; the start of it tells lines apart.
  constexpr std::uint32_t kEnough = 4096;
  Span line = finding.file->line_span(finding.file->line_index(finding.span.begin));
  line.end = std::min(line.end, line.begin + kEnough);
  std::string folded;
  for (const char c : finding.file->slice(line)) {
    if (!ascii::is_space(c)) {
      folded += c;
    } else if (!folded.empty() && folded.back() != ' ') {
      folded += ' ';
    }
  }
  return folded;
}

}  // namespace

std::vector<Finding> merge(std::vector<Finding> findings) {
  std::sort(findings.begin(), findings.end(),
            [](const Finding& a, const Finding& b) { return order(a) < order(b); });
  std::vector<Finding> merged;
  std::unordered_map<std::string, std::size_t> seen;
  std::unordered_map<std::size_t, std::vector<Fact>> details;
  for (Finding& finding : findings) {
    const auto [slot, fresh] = seen.try_emplace(merge_key(finding), merged.size());
    if (fresh) {
      merged.push_back(std::move(finding));
    } else {
      if (!finding.alone.empty()) details[slot->second].push_back({finding.subject, finding.alone});
      absorb(merged[slot->second], std::move(finding));
    }
  }
  for (std::size_t i = 0; i < merged.size(); ++i) {
    if (!merged[i].also.empty()) drop_repeated_subjects(merged[i]);
    tell_details(merged[i], std::move(details[i]));
  }
  return merged;
}

void fingerprint(std::vector<Finding>& findings) {
  std::unordered_map<std::string, int> equals;
  for (Finding& finding : findings) {
    std::string identity(finding.rule);
    identity += '\n';
    identity += finding.path_of_file();
    identity += '\n' + finding.subject + '\n' + folded_line(finding);
    const int number = equals[identity]++;
    identity += '\n' + std::to_string(number);
    const XXH128_hash_t hash = XXH3_128bits(identity.data(), identity.size());
    char text[33];
    std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                  static_cast<unsigned long long>(hash.low64));
    finding.fingerprint = text;
  }
}

}  // namespace plimsoll::scan
