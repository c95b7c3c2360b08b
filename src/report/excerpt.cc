#include "report/excerpt.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "core/ascii.h"
#include "core/escape.h"
#include "core/splice.h"
#include "report/line_hash.h"

namespace plimsoll::report {
namespace {

constexpr std::uint32_t kContext = 2;         ///< lines before and after
constexpr std::uint32_t kMaxLines = 12;       ///< of one excerpt: a RUN may span hundreds
constexpr std::uint32_t kMaxLineBytes = 400;  ///< of a line; nobody reads on
constexpr std::string_view kMask = "•••";

/// "PASSWORD=x" and "password: x" keep their name: the reader must find the line again.
std::uint32_t end_of_name(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() &&
         (ascii::is_name(text[at]) || text[at] == '-' || text[at] == '.' || text[at] == '"')) {
    ++at;
  }
  const bool names = at > 0 && at < text.size() && (text[at] == '=' || text[at] == ':') &&
                     // Base64 ends in '=' as well.
                     text.find_first_not_of('=', at + 1) != std::string_view::npos;
  return names ? static_cast<std::uint32_t>(at + 1) : 0;
}

std::string_view cut(std::string_view text) {
  if (text.size() <= kMaxLineBytes) return text;
  std::size_t end = kMaxLineBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (std::string_view line : ascii::split(text, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(to_utf8(cut(line)));
  }
  return lines;
}

/// What a fix does to one file that is there.
struct FileEdits {
  const SourceFile* file = nullptr;
  std::vector<Edit> edits;  ///< plain
};

/// The finding's own file first; none when the edits contradict each other.
std::vector<FileEdits> edits_by_file(const Finding& finding) {
  std::vector<FileEdits> files;
  for (const Edit& edit : finding.fix->edits) {
    const SourceFile* file = edit.file == nullptr ? finding.file : edit.file;
    auto same = std::find_if(files.begin(), files.end(),
                             [file](const FileEdits& each) { return each.file == file; });
    if (same == files.end()) same = files.insert(files.end(), {file, {}});
    same->edits.push_back(edit);
    same->edits.back().file = nullptr;
  }
  for (FileEdits& each : files) {
    auto plain = plain_edits(each.edits);
    if (!plain) return {};
    each.edits = *std::move(plain);
  }
  std::stable_partition(files.begin(), files.end(),
                        [&](const FileEdits& each) { return each.file == finding.file; });
  return files;
}

}  // namespace

Region region_of(const SourceFile& file, Span span) {
  const Position begin = file.position(span.begin);
  const Position end = file.position(span.end);
  return {begin.line, begin.column, end.line, end.column};
}

Excerpts::Excerpts(const Report& report) {
  for (const Place& place : report.secrets) {
    if (place.file == nullptr || place.span.empty()) continue;
    const std::uint32_t name = end_of_name(place.file->slice(place.span));
    if (secrets_.empty() || secrets_.back().first != place.file) {
      secrets_.emplace_back(place.file, std::vector<Span>{});
    }
    secrets_.back().second.push_back({place.span.begin + name, place.span.end});
  }
  const auto by_file = [](const auto& a, const auto& b) { return std::less<>()(a.first, b.first); };
  std::stable_sort(secrets_.begin(), secrets_.end(), by_file);
  std::vector<std::pair<const SourceFile*, std::vector<Span>>> merged;
  for (auto& [file, spans] : secrets_) {
    if (merged.empty() || merged.back().first != file)
      merged.emplace_back(file, std::vector<Span>{});
    std::vector<Span>& all = merged.back().second;
    all.insert(all.end(), spans.begin(), spans.end());
  }
  for (auto& [file, spans] : merged) {
    std::sort(spans.begin(), spans.end(), [](Span a, Span b) {
      return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
    });
    std::vector<Span> disjoint;
    for (const Span span : spans) {
      if (!disjoint.empty() && span.begin <= disjoint.back().end) {
        disjoint.back().end = std::max(disjoint.back().end, span.end);
      } else {
        disjoint.push_back(span);
      }
    }
    spans = std::move(disjoint);
  }
  secrets_ = std::move(merged);
}

const std::vector<Span>& Excerpts::secrets_of(const SourceFile& file) const {
  static const std::vector<Span> kNone;
  const auto found = std::lower_bound(secrets_.begin(), secrets_.end(), &file,
                                      [](const auto& entry, const SourceFile* wanted) {
                                        return std::less<>()(entry.first, wanted);
                                      });
  return found != secrets_.end() && found->first == &file ? found->second : kNone;
}

bool Excerpts::touches_secret(const Finding& finding) const {
  return std::any_of(finding.fix->edits.begin(), finding.fix->edits.end(), [&](const Edit& edit) {
    const SourceFile* file = edit.file == nullptr ? finding.file : edit.file;
    if (file == nullptr) return false;
    const std::vector<Span>& secrets = secrets_of(*file);
    return std::any_of(secrets.begin(), secrets.end(), [&edit](Span secret) {
      return edit.span.begin < secret.end && secret.begin < edit.span.end;
    });
  });
}

std::string Excerpts::line(const SourceFile& file, std::uint32_t index) const {
  Span rest = file.line_span(index);
  const std::uint32_t end = rest.begin + static_cast<std::uint32_t>(cut(file.slice(rest)).size());
  rest.end = end;
  std::string text;
  for (const Span secret : secrets_of(file)) {
    if (secret.end <= rest.begin) continue;
    if (secret.begin >= rest.end) break;
    if (secret.begin > rest.begin) text += file.slice({rest.begin, secret.begin});
    text += kMask;
    rest.begin = std::min(secret.end, rest.end);
  }
  text += file.slice(rest);
  return to_utf8(text);
}

bool Excerpts::hides_secret(const SourceFile& file, std::uint32_t index) const {
  const Span line = file.line_span(index);
  const std::vector<Span>& secrets = secrets_of(file);
  return std::any_of(secrets.begin(), secrets.end(), [line](Span secret) {
    return secret.begin < line.end && line.begin < secret.end;
  });
}

std::vector<TextEdit> Excerpts::edits_of(const Finding& finding) const {
  std::vector<TextEdit> all;
  if (!finding.fix || touches_secret(finding)) return all;
  for (const auto& [file, edits] : edits_by_file(finding)) {
    if (file == nullptr) return {};
    const std::string path = file == finding.file ? std::string() : to_utf8(file->path());
    for (const Edit& edit : edits) {
      all.push_back({region_of(*file, edit.span), to_utf8(edit.text), path});
    }
  }
  for (const NewFile& file : finding.fix->new_files) {
    all.push_back({{1, 1, 1, 1}, to_utf8(file.text), to_utf8(file.path), true});
  }
  return all;
}

std::string Excerpts::masked(const SourceFile& file, Span rest) const {
  std::string text;
  for (const Span secret : secrets_of(file)) {
    if (secret.end <= rest.begin) continue;
    if (secret.begin >= rest.end) break;
    if (secret.begin > rest.begin) text += file.slice({rest.begin, secret.begin});
    text += kMask;
    rest.begin = std::min(secret.end, rest.end);
  }
  text += file.slice(rest);
  return text;
}

/// One hunk per run of edited lines, without context: the excerpt stands beside it. A hunk of
/// another file names it.
std::vector<std::string> Excerpts::diff_of(const Finding& finding) const {
  std::vector<std::string> diff;
  if (!finding.fix || touches_secret(finding)) return diff;
  for (const auto& [file, edits] : edits_by_file(finding)) {
    if (file == nullptr) return {};
    const std::string name = file == finding.file ? std::string() : to_utf8(file->path()) + ' ';
    if (!add_hunks(*file, edits, name, diff)) return {};
  }
  for (const NewFile& file : finding.fix->new_files) {
    diff.push_back(fmt::format("@@ {} new file @@", to_utf8(file.path)));
    std::vector<std::string> lines = lines_of(file.text);
    if (!lines.empty() && lines.back().empty()) lines.pop_back();
    for (const std::string& line : lines) diff.push_back('+' + line);
  }
  return diff;
}

bool Excerpts::add_hunks(const SourceFile& file, const std::vector<Edit>& edits,
                         const std::string& name, std::vector<std::string>& diff) const {
  for (std::size_t i = 0; i < edits.size();) {
    const std::uint32_t first = file.line_index(edits[i].span.begin);
    std::uint32_t last = file.line_index(edits[i].span.end);
    std::size_t end = i + 1;
    while (end < edits.size() && file.line_index(edits[end].span.begin) <= last + 1) {
      last = std::max(last, file.line_index(edits[end].span.end));
      ++end;
    }
    if (last - first >= kMaxLines) return false;
    std::string after;
    std::uint32_t at = file.line_span(first).begin;
    for (; i < end; ++i) {
      after += masked(file, {at, edits[i].span.begin});
      after += edits[i].text;
      at = edits[i].span.end;
    }
    after += masked(file, {at, file.line_span(last).end});
    diff.push_back(fmt::format("@@ {}line {} @@", name, first + 1));
    std::vector<std::string> old_lines;
    for (std::uint32_t index = first; index <= last; ++index)
      old_lines.push_back(line(file, index));
    const std::vector<std::string> new_lines = lines_of(after);
    std::size_t same = 0;  // an insertion before a line leaves that line as it is
    while (same < old_lines.size() && same < new_lines.size() &&
           old_lines[old_lines.size() - 1 - same] == new_lines[new_lines.size() - 1 - same]) {
      ++same;
    }
    for (std::size_t k = 0; k + same < old_lines.size(); ++k) diff.push_back('-' + old_lines[k]);
    for (std::size_t k = 0; k + same < new_lines.size(); ++k) diff.push_back('+' + new_lines[k]);
  }
  return true;
}

std::optional<Excerpt> Excerpts::around(const Finding& finding) {
  if (finding.file == nullptr) return std::nullopt;
  const SourceFile& file = *finding.file;
  const std::uint32_t first = file.line_index(finding.span.begin);
  const std::uint32_t last = file.line_index(finding.span.end);
  const std::uint32_t from = first < kContext ? 0 : first - kContext;
  const std::uint32_t to = std::min({last + kContext, file.line_count() - 1, from + kMaxLines - 1});
  Excerpt excerpt{.line = from + 1};
  for (std::uint32_t index = from; index <= to; ++index) excerpt.text.push_back(line(file, index));
  while (excerpt.text.size() > 1 && excerpt.text.back().empty()) excerpt.text.pop_back();
  excerpt.diff = diff_of(finding);
  if (hashed_ != &file) {
    hashes_ = line_hashes(file);
    hashed_ = &file;
  }
  excerpt.line_hash = hashes_[first];
  return excerpt;
}

}  // namespace plimsoll::report
