#include "check/suppression.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "check/trivy_id.h"
#include "core/ascii.h"

// One comment is one Pragma. Each peer's syntax is a small function of the comment's text; what the
// pragma covers is found from the kind of file it stands in.
namespace plimsoll::check {
namespace {

/// What a comment says, before it is known which bytes it is about.
struct Said {
  Pragma pragma;
  bool whole_file = false;
  bool whole_stage = false;  ///< of the Dockerfile stage that it stands above or in
  bool line_only = false;    ///< never more than one line, even above a block
};

std::string_view take_word(std::string_view& text) {
  text = ascii::trim(text);
  std::size_t end = 0;
  while (end < text.size() && !ascii::is_space(text[end])) ++end;
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

bool skip_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

void add_rules(Pragma& pragma, std::string_view list, std::string_view peer) {
  for (std::string_view one : ascii::split(list, ',')) {
    one = ascii::trim(one);
    if (one.empty()) continue;
    pragma.rules.push_back(peer.empty() ? std::string(one)
                                        : std::string(peer) + ':' + std::string(one));
  }
}

/// key="a b" or key=a at the start of `text`.
std::optional<std::string> take_value(std::string_view& text, std::string_view key) {
  std::string_view rest = ascii::trim(text);
  if (!skip_prefix(rest, key) || !skip_prefix(rest, "=")) return std::nullopt;
  std::string value;
  if (skip_prefix(rest, "\"")) {
    const std::size_t end = rest.find('"');
    value = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  } else {
    value = take_word(rest);
  }
  text = rest;
  return value;
}

/// # plimsoll ignore=a,b reason="…" until=2027-01-01
std::optional<Said> read_own(std::string_view text, Date today) {
  if (!skip_prefix(text, "plimsoll")) return std::nullopt;
  if (text.empty() || (!ascii::is_blank(text[0]) && text[0] != ':')) return std::nullopt;
  text.remove_prefix(1);
  Said said;
  said.pragma.suppression.by = "plimsoll";
  if (const auto file_rules = take_value(text, "ignore-file")) {
    said.whole_file = true;
    add_rules(said.pragma, *file_rules, "");
  } else if (const auto rules = take_value(text, "ignore")) {
    add_rules(said.pragma, *rules, "");
  } else {
    return std::nullopt;
  }
  if (said.pragma.rules.empty()) return std::nullopt;  // silencing everything takes saying so
  for (;;) {
    if (auto reason = take_value(text, "reason")) {
      said.pragma.suppression.reason = std::move(*reason);
    } else if (auto until = take_value(text, "until")) {
      const auto date = parse_date(*until);
      // A date we cannot read must not silence anything for ever.
      said.pragma.expired = !date || *date < today;
      said.pragma.suppression.until = std::move(*until);
    } else {
      return said;
    }
  }
}

/// # hadolint ignore=DL3006,SC2086 · # hadolint stage ignore=… · # hadolint global ignore=DL3003
std::optional<Said> read_hadolint(std::string_view text) {
  if (!skip_prefix(text, "hadolint")) return std::nullopt;
  text = ascii::trim(text);
  Said said;
  said.pragma.suppression.by = "hadolint";
  if (skip_prefix(text, "global")) {
    said.whole_file = true;
    text = ascii::trim(text);
  } else if (skip_prefix(text, "stage")) {
    said.whole_stage = true;
    text = ascii::trim(text);
  }
  if (!skip_prefix(text, "ignore")) return std::nullopt;
  text = ascii::trim(text);
  if (!skip_prefix(text, "=")) return std::nullopt;
  // A second '#' begins the reason: "ignore=DL3002 # the base needs it".
  const std::size_t reason = text.find('#');
  add_rules(said.pragma, text.substr(0, reason), "hadolint");
  if (reason != std::string_view::npos) {
    said.pragma.suppression.reason = ascii::trim(text.substr(reason + 1));
  }
  return said;
}

/// skip=A,B;error=true // why. A directive is about the file, another comment about what follows.
std::optional<Said> read_buildkit(std::string_view text) {
  Said said;
  said.pragma.suppression.by = "buildkit";
  if (const std::size_t reason = text.find("//"); reason != std::string_view::npos) {
    said.pragma.suppression.reason = ascii::trim(text.substr(reason + 2));
    text = text.substr(0, reason);
  }
  for (const std::string_view part : ascii::split(text, ';')) {
    std::string_view list = ascii::trim(part);
    if (skip_prefix(list, "skip=")) add_rules(said.pragma, list, "buildkit");
  }
  if (said.pragma.rules.empty()) return std::nullopt;
  return said;
}

/// # checkov:skip=CKV_DOCKER_2:reason (bc_skip and several spaces tolerated)
std::optional<Said> read_checkov(std::string_view text) {
  if (!skip_prefix(text, "checkov:skip=")) return std::nullopt;
  Said said;
  said.whole_file = true;
  said.pragma.suppression.by = "checkov";
  const std::size_t colon = text.find(':');
  add_rules(said.pragma, text.substr(0, colon), "checkov");
  if (colon != std::string_view::npos) {
    said.pragma.suppression.reason = ascii::trim(text.substr(colon + 1));
  }
  return said;
}

/// # trivy:ignore:DS-0002 trivy:ignore:DS-0001:exp:2027-01-01
std::optional<Said> read_trivy(std::string_view text, Date today) {
  if (!text.starts_with("trivy:ignore:")) return std::nullopt;
  Said said;
  said.pragma.suppression.by = "trivy";
  while (!text.empty()) {
    std::string_view word = take_word(text);
    if (!skip_prefix(word, "trivy:ignore:")) break;
    const std::vector<std::string_view> parts = ascii::split(word, ':');
    said.pragma.rules.push_back("trivy:" + trivy_id(parts.front()));
    if (parts.size() >= 3 && parts[1] == "exp") {
      const auto date = parse_date(parts[2]);
      said.pragma.expired = !date || *date < today;
      said.pragma.suppression.until = parts[2];
    }
  }
  return said;
}

/// # kics-scan ignore-line · ignore-block · ignore · disable=id,id
std::optional<Said> read_kics(std::string_view text) {
  if (!skip_prefix(text, "kics-scan")) return std::nullopt;
  text = ascii::trim(text);
  Said said;
  said.pragma.suppression.by = "kics";
  if (skip_prefix(text, "disable=")) {
    said.whole_file = true;
    for (const std::string_view id : ascii::split(text, ',')) {
      // Our aliases keep the first block of KICS' long ids.
      add_rules(said.pragma, ascii::trim(id).substr(0, 8), "kics");
    }
    return said;
  }
  if (text == "ignore-line") {
    said.line_only = true;
    return said;
  }
  if (text == "ignore-block") return said;
  if (text == "ignore") {
    said.whole_file = true;
    return said;
  }
  return std::nullopt;
}

/// # nosemgrep · # nosemgrep: a.b.missing-user, other
std::optional<Said> read_semgrep(std::string_view text) {
  const bool named = skip_prefix(text, "nosemgrep") || skip_prefix(text, "nosem");
  if (!named || (!text.empty() && text[0] != ':' && !ascii::is_blank(text[0]))) {
    return std::nullopt;
  }
  Said said;
  said.line_only = true;
  said.pragma.suppression.by = "semgrep";
  if (skip_prefix(text, ":")) {
    for (const std::string_view id : ascii::split(text, ',')) {
      const std::string_view name = ascii::trim(id);
      add_rules(said.pragma, name.substr(name.rfind('.') + 1), "semgrep");
    }
  }
  return said;
}

/// `text` is the comment without its '#', trimmed.
std::optional<Said> read_comment(std::string_view text, Date today) {
  // One comparison decides for nearly all comments.
  if (text.empty()) return std::nullopt;
  switch (text[0]) {
    case 'p': return read_own(text, today);
    case 'h': return read_hadolint(text);
    case 'c': return skip_prefix(text, "check=") ? read_buildkit(text) : read_checkov(text);
    case 't': return read_trivy(text, today);
    case 'k': return read_kics(text);
    case 'n': return read_semgrep(text);
    default: return std::nullopt;
  }
}

std::string_view comment_text(std::string_view comment) {
  while (comment.starts_with('#')) comment.remove_prefix(1);
  return ascii::trim(comment);
}

// --- what a pragma covers ------------------------------------------------------------------

std::uint32_t indentation(std::string_view line) {
  std::uint32_t columns = 0;
  while (columns < line.size() && line[columns] == ' ') ++columns;
  return columns;
}

bool is_blank_or_comment(std::string_view line) {
  const std::string_view text = ascii::trim(line);
  return text.empty() || text[0] == '#';
}

/// The block that begins on line `first`: that line and the deeper ones after it; list items at the
/// same depth belong to a key that ends its line.
Span block_at(const SourceFile& file, std::uint32_t first) {
  const std::string_view head = file.slice(file.line_span(first));
  const std::uint32_t depth = indentation(head);
  const bool opens_list = ascii::trim(head).ends_with(':') && !ascii::trim(head).starts_with('-');
  std::uint32_t last = first;
  for (std::uint32_t i = first + 1; i < file.line_count(); ++i) {
    const std::string_view line = file.slice(file.line_span(i));
    if (is_blank_or_comment(line)) continue;
    const std::uint32_t own = indentation(line);
    const bool item = own == depth && opens_list && ascii::trim(line).starts_with('-');
    if (own <= depth && !item) break;
    if (ascii::trim(line) == "---") break;
    last = i;
  }
  return {file.line_span(first).begin, file.line_span(last).end};
}

/// The line that a comment is about: its own when something stands before it, else the next one
/// that is neither blank nor a comment.
std::optional<std::uint32_t> line_of(const SourceFile& file, Span comment) {
  std::uint32_t line = file.line_index(comment.begin);
  const Span own = file.line_span(line);
  if (!ascii::trim(file.slice({own.begin, comment.begin})).empty()) return line;
  for (++line; line < file.line_count(); ++line) {
    if (!is_blank_or_comment(file.slice(file.line_span(line)))) return line;
  }
  return std::nullopt;
}

/// A line and its continuations by a backslash.
Span continued_line(const SourceFile& file, std::uint32_t line) {
  Span span = file.line_span(line);
  while (line + 1 < file.line_count() &&
         ascii::trim(file.slice(file.line_span(line))).ends_with('\\')) {
    ++line;
    span.end = file.line_span(line).end;
  }
  return span;
}

bool lists(std::string_view ids, std::string_view id) {
  for (const std::string_view one : ascii::split(ids, ' ')) {
    if (ascii::iequals(one, id)) return true;
  }
  return false;
}

/// BuildKit's "skip=all" is about its own checks. What gives an attacker something is not among
/// those that one switches off unseen.
bool skips_all(std::string_view id, const Rule& rule, const Finding& finding) {
  return id == "buildkit:all" && finding.severity <= Severity::kLow &&
         ascii::contains(rule.meta.aliases, "buildkit:");
}

bool matches(const Pragma& pragma, const Finding& finding) {
  if (pragma.rules.empty()) return true;
  const Rule* rule = find_rule(finding.rule);
  for (const std::string& id : pragma.rules) {
    if (id == finding.rule) return true;
    if (rule == nullptr) continue;
    if (lists(rule->meta.aliases, id) || lists(rule->meta.silenced_by, id)) return true;
    if (skips_all(id, *rule, finding)) return true;
  }
  return false;
}

// --- Kubernetes annotations ----------------------------------------------------------------

std::optional<Said> read_annotation(std::string_view key, std::string_view value) {
  Said said;
  if (key.starts_with("checkov.io/skip")) {
    said.pragma.suppression.by = "checkov";
    const std::size_t equals = value.find('=');
    add_rules(said.pragma, value.substr(0, equals), "checkov");
    if (equals != std::string_view::npos) {
      said.pragma.suppression.reason = value.substr(equals + 1);
    }
  } else if (skip_prefix(key, "ignore-check.kube-linter.io/")) {
    said.pragma.suppression.by = "kube-linter";
    add_rules(said.pragma, key, "kube-linter");
    said.pragma.suppression.reason = value;
  } else if (key == "kube-score/ignore") {
    said.pragma.suppression.by = "kube-score";
    add_rules(said.pragma, value, "kube-score");
  } else if (skip_prefix(key, "polaris.fairwinds.com/") && key.ends_with("-exempt") &&
             value == "true") {
    key.remove_suffix(std::string_view("-exempt").size());
    said.pragma.suppression.by = "polaris";
    add_rules(said.pragma, key, "polaris");
  } else {
    return std::nullopt;
  }
  if (said.pragma.rules.empty()) return std::nullopt;
  return said;
}

void read_annotations(const Tree& tree, std::vector<Pragma>& pragmas) {
  for (const Document& document : tree.documents) {
    const Node* annotations = document.root->at({"metadata", "annotations"});
    if (annotations == nullptr) continue;
    for (const Node::Entry& entry : annotations->entries) {
      auto said = read_annotation(entry.key->str(), entry.value->str());
      if (!said) continue;
      said->pragma.lines = document.span;
      said->pragma.span = entry.key->span;
      pragmas.push_back(std::move(said->pragma));
    }
  }
}

Pragma finished(Said said, Span comment, Span lines) {
  said.pragma.span = comment;
  said.pragma.lines = lines;
  said.pragma.scope = said.whole_file ? Pragma::Scope::kFile : Pragma::Scope::kLines;
  return std::move(said.pragma);
}

}  // namespace

std::vector<Pragma> read_pragmas(const dockerfile::Dockerfile& file, Date today) {
  std::vector<Pragma> pragmas;
  for (const dockerfile::Comment& comment : file.comments) {
    auto said = read_comment(comment.text, today);
    if (!said) continue;
    // Inside a continued instruction a comment is about that instruction, else about the next.
    const auto after =
        std::partition_point(file.instructions.begin(), file.instructions.end(),
                             [&](const dockerfile::Instruction& instruction) {
                               return instruction.full_span.end <= comment.span.begin;
                             });
    Span lines = after == file.instructions.end() ? comment.span : after->full_span;
    if (said->whole_stage && after != file.instructions.end() &&
        after->stage < file.stages.size()) {
      const auto stage = file.of(file.stages[after->stage]);
      lines = {stage.front().full_span.begin, stage.back().full_span.end};
    }
    pragmas.push_back(finished(std::move(*said), comment.span, lines));
  }
  for (const dockerfile::Directive& directive : file.directives) {
    if (directive.name != "check") continue;
    auto said = read_buildkit(directive.value);
    if (!said) continue;
    said->whole_file = true;
    pragmas.push_back(finished(std::move(*said), directive.span, {}));
  }
  return pragmas;
}

std::vector<Pragma> read_pragmas(const Tree& tree, Date today) {
  const SourceFile& file = *tree.source;
  std::vector<Pragma> pragmas;
  for (const TreeComment& comment : tree.comments) {
    auto said = read_comment(comment_text(file.slice(comment.span)), today);
    if (!said) continue;
    if (said->pragma.suppression.by == "checkov") {
      // checkov's pragma is about the object that it stands in.
      said->whole_file = tree.documents.size() <= 1;
      for (const Document& document : tree.documents) {
        if (document.span.contains(comment.span)) {
          pragmas.push_back(finished(*said, comment.span, document.span));
        }
      }
      if (!said->whole_file) continue;
    }
    const auto line = line_of(file, comment.span);
    Span lines = comment.span;
    if (line) lines = said->line_only ? file.line_span(*line) : block_at(file, *line);
    pragmas.push_back(finished(std::move(*said), comment.span, lines));
  }
  read_annotations(tree, pragmas);
  return pragmas;
}

std::vector<Pragma> read_pragmas_of_shell(const SourceFile& file, Date today) {
  std::vector<Pragma> pragmas;
  for (std::uint32_t i = 0; i < file.line_count(); ++i) {
    const Span span = file.line_span(i);
    const std::string_view line = file.slice(span);
    // "#" of shells, units and Makefiles; "<!-- -->" of Markdown.
    std::size_t start = line.find('#');
    std::string_view text;
    if (const std::size_t html = line.find("<!--"); html != std::string_view::npos) {
      start = html;
      text = line.substr(html + 4);
      text = ascii::trim(text.substr(0, text.find("-->")));
    } else if (start != std::string_view::npos) {
      text = comment_text(line.substr(start));
    } else {
      continue;
    }
    auto said = read_comment(text, today);
    if (!said) continue;
    const Span comment{span.begin + static_cast<std::uint32_t>(start), span.end};
    const auto about = line_of(file, comment);
    const Span lines = about ? continued_line(file, *about) : comment;
    pragmas.push_back(finished(std::move(*said), comment, lines));
  }
  return pragmas;
}

std::vector<bool> suppress(const std::vector<Pragma>& pragmas,
                           const std::vector<Finding*>& findings) {
  std::vector<bool> used(pragmas.size(), false);
  // No real file comes near. Of a hostile one the remaining findings are shown, not silenced.
  std::size_t comparisons_left = 50'000'000;
  for (Finding* finding : findings) {
    if (pragmas.size() > comparisons_left) break;
    comparisons_left -= pragmas.size();
    for (std::size_t i = 0; i < pragmas.size(); ++i) {
      const Pragma& pragma = pragmas[i];
      const bool covers =
          pragma.scope == Pragma::Scope::kFile ||
          (finding->span.begin >= pragma.lines.begin && finding->span.begin <= pragma.lines.end);
      if (covers && !pragma.expired && matches(pragma, *finding)) {
        finding->suppressed = pragma.suppression;
        used[i] = true;
        break;
      }
    }
  }
  return used;
}

}  // namespace plimsoll::check
