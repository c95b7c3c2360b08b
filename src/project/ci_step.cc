#include "project/ci_step.h"

#include <algorithm>
#include <charconv>

#include "core/ascii.h"
#include "project/written_text.h"

namespace plimsoll::ci {
namespace {

/// Offset just past the `}}` that ends a GitHub expression, or npos. A quoted string may hold one;
/// a quote without its pair on the same line is an ordinary byte.
std::size_t end_of_github_expression(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (text.compare(at, 2, "}}") == 0) return at + 2;
    if (text[at] == '\'') {
      const std::size_t close = text.find_first_of("'\n", at + 1);
      if (close != std::string_view::npos && text[close] == '\'') at = close;
    }
    ++at;
  }
  return std::string_view::npos;
}

std::size_t end_of_gitlab_input(std::string_view text, std::size_t at) {
  const std::size_t close = text.find("]]", at);
  return close == std::string_view::npos ? close : close + 2;
}

constexpr std::string_view kMaskStart = "${x";

/// A parameter expansion as long as the expression it stands for, whose name tells which one:
/// the shell parser then sees a word that expands, and every offset stays true.
std::string mask(std::size_t index, std::size_t length) {
  const std::string number = std::to_string(index);
  std::string text(kMaskStart);
  const std::size_t digits = length - kMaskStart.size() - 1;
  if (number.size() < digits) text.append(digits - number.size(), '0');
  text += number.substr(0, digits);
  text += '}';
  return text;
}

/// Puts the expressions back into a script that was parsed with masks in their place.
class Unmasker {
 public:
  Unmasker(std::string_view run, std::string_view masked, const std::vector<Span>& expressions,
           shell::Script& script)
      : run_(run), masked_(masked), expressions_(expressions), script_(script) {}

  void unmask() {
    for (shell::Command& command : script_.commands) {
      for (shell::Assignment& assignment : command.environment) {
        unmask(assignment.name);
        unmask(assignment.value);
      }
      for (shell::Word& word : command.words) unmask(word);
      command.find_base();
      for (shell::Redirect& redirect : command.redirects) {
        unmask(redirect.op);
        unmask(redirect.target);
      }
    }
  }

 private:
  void unmask(shell::Word& word) {
    unmask(word.raw);
    unmask(word.value);
  }

  void unmask(std::string_view& view) {
    const std::less_equal<const char*> before_or_at;  // total order over unrelated pointers
    if (before_or_at(masked_.data(), view.data()) &&
        before_or_at(view.data() + view.size(), masked_.data() + masked_.size())) {
      view = run_.substr(static_cast<std::size_t>(view.data() - masked_.data()), view.size());
    } else if (ascii::contains(view, kMaskStart)) {
      view = script_.arena.emplace_back(with_expressions(view));
    }
  }

  /// Unescaped copies of words: a mask names its expression.
  [[nodiscard]] std::string with_expressions(std::string_view view) const {
    std::string text(view);
    std::size_t at = 0;
    while ((at = text.find(kMaskStart, at)) != std::string::npos) {
      const std::size_t digits = at + kMaskStart.size();
      std::size_t index = 0;
      const auto [stop, error] =
          std::from_chars(text.data() + digits, text.data() + text.size(), index);
      const auto length = static_cast<std::size_t>(stop - text.data()) + 1 - at;
      if (error == std::errc{} && index < expressions_.size() &&
          expressions_[index].size() == length && text[at + length - 1] == '}') {
        const Span span = expressions_[index];
        text.replace(at, length, run_.substr(span.begin, span.size()));
      }
      at = digits;
    }
    return text;
  }

  std::string_view run_;
  std::string_view masked_;
  const std::vector<Span>& expressions_;
  shell::Script& script_;
};

}  // namespace

std::vector<Span> expressions(std::string_view script, System system) {
  const std::string_view open = system == System::kGitHub ? "${{" : "$[[";
  std::vector<Span> spans;
  std::size_t at = 0;
  while ((at = script.find(open, at)) != std::string_view::npos) {
    const std::size_t end = system == System::kGitHub
                                ? end_of_github_expression(script, at + open.size())
                                : end_of_gitlab_input(script, at + open.size());
    if (end == std::string_view::npos) break;  // nothing further can end either
    spans.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
    at = end;
  }
  return spans;
}

shell::Script parse_script(std::string_view run, System system, shell::Dialect dialect) {
  const std::vector<Span> spans = expressions(run, system);
  if (spans.empty()) return shell::parse(run, dialect);
  std::string masked(run);
  for (std::size_t i = 0; i < spans.size(); ++i) {
    masked.replace(spans[i].begin, spans[i].size(), mask(i, spans[i].size()));
  }
  shell::Script script = shell::parse(masked, dialect);
  Unmasker(run, masked, spans, script).unmask();
  return script;
}

Place key_place(const Node::Entry& entry, const SourceFile& file) {
  Place place = first_line(*entry.key, file);
  const std::uint32_t line = file.line_index(entry.key->span.begin);
  place.span.end =
      std::min(file.line_span(line).end, std::max(place.span.end, entry.value->span.end));
  while (place.span.end > place.span.begin && ascii::is_space(file.text()[place.span.end - 1])) {
    --place.span.end;
  }
  return place;
}

Place first_line(const Node& node, const SourceFile& file) {
  Span span = node.span;
  const Span line = file.line_span(file.line_index(span.begin));
  span.end = std::max(span.begin, std::min(span.end, line.end));
  return {&file, span};
}

bool Budget::take(std::size_t steps, std::size_t script_bytes) {
  if (steps > steps_left_ || script_bytes > bytes_left_) {
    workflow_.truncated = true;
    return false;
  }
  steps_left_ -= steps;
  bytes_left_ -= script_bytes;
  return true;
}

void set_script(Step& step, const Node& run, System system, shell::Dialect dialect,
                const SourceFile& file) {
  step.run = run.text;
  step.run_node = &run;
  step.script = parse_script(run.text, system, dialect);
  step.written = written_text(run, file);
}

const Node* image_node(const Node* node) {
  if (node == nullptr) return nullptr;
  if (node->is_mapping()) {
    const Node* name = node->find("image");
    node = name != nullptr ? name : node->find("name");
  }
  return node != nullptr && node->is_scalar() && !node->text.empty() ? node : nullptr;
}

Place Step::source(Span in_script) const {
  if (run_node == nullptr || place.file == nullptr) return place;
  if (written.text.empty()) return {place.file, run_node->span};
  return {place.file, written.source(in_script)};
}

}  // namespace plimsoll::ci
