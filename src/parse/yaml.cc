#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/ascii.h"
#include "core/limits.h"
#include "parse/node.h"
#include "parse/yaml_builder.h"
#include "parse/yaml_events.h"
#include "parse/yaml_gaps.h"
#include "parse/yaml_guard.h"
#include "parse/yaml_scalar.h"

namespace plimsoll {
namespace {

/// A "---" or "..." at the start of a line and alone there or before a blank.
bool is_marker(std::string_view text, std::size_t at, std::string_view marker) {
  if (!text.substr(at).starts_with(marker) || !yaml::is_line_start(text, at)) return false;
  const std::size_t after = at + marker.size();
  return after >= text.size() || ascii::is_blank(text[after]) ||
         yaml::break_length(text, after) != 0;
}

/// Start of the first "---" line that begins after `from`.
std::optional<std::uint32_t> next_document(std::string_view text, std::size_t from,
                                           std::size_t end) {
  text = text.substr(0, end);
  for (std::size_t at = text.find("---", from + 1); at != std::string_view::npos;
       at = text.find("---", at + 1)) {
    if (is_marker(text, at, "---")) return static_cast<std::uint32_t>(at);
  }
  return std::nullopt;
}

/// Where a document's own bytes begin: after a marker, and after its line when that has no more.
std::uint32_t content_begin(std::string_view text, std::uint32_t after_marker) {
  std::uint32_t at = after_marker;
  while (at < text.size() && ascii::is_blank(text[at])) ++at;
  const std::uint32_t content = at;
  if (at < text.size() && text[at] == '#') {
    at = static_cast<std::uint32_t>(std::min(text.find_first_of("\r\n", at), text.size()));
  }
  if (at < text.size() && yaml::break_length(text, at) == 0) return content;
  return at + yaml::break_length(text, at);
}

/// Reads documents one after the other. A broken one is dropped and reported, and a new reader
/// starts at the next "---" line: libfyaml cannot go on after an error.
class Stream {
 public:
  explicit Stream(Tree& tree) : tree_(tree), text_(tree.source->text()) {}

  void read(std::uint32_t begin) {
    const auto size = static_cast<std::uint32_t>(text_.size());
    const yaml::Guard guard(text_);
    std::uint32_t good = begin;  // from here up to `at` nothing needs to be left out
    for (std::uint32_t at = begin; at < size && !stopped_;) {
      const std::uint32_t next = next_document(text_, at, size).value_or(size);
      if (auto problem = guard.find(at, next)) {
        read_run(good, at);
        if (count_document(at)) tree_.problems.push_back(std::move(*problem));
        good = next;
      }
      at = next;
    }
    read_run(good, size);
  }

 private:
  /// Sizes of the tree's lists when a document began, to forget it.
  struct Mark {
    std::size_t nodes = 0;
    std::size_t arena = 0;
    std::size_t duplicates = 0;
    std::size_t comments = 0;
  };

  struct Part {
    std::uint32_t begin;
    std::uint32_t end;
    yaml::EventReader events;
    yaml::GapScanner gaps;
    std::optional<yaml::DocumentBuilder> builder;  ///< of the open document
    std::uint32_t marker;                          ///< where the open document starts
    Document document;
    /// Where the last document ended, when that is no marker: then it was no document.
    std::optional<std::uint32_t> dangling;
    Mark mark;
  };

  void read_run(std::uint32_t begin, std::uint32_t end) {
    std::optional<std::uint32_t> next = begin;
    while (next && *next < end && !stopped_) next = read_part(*next, end);
  }

  /// False when there are too many, which is reported at `offset`.
  bool count_document(std::uint32_t offset) {
    if (stopped_) return false;
    stopped_ = ++count_ > limits::kYamlDocuments;
    if (stopped_) {
      tree_.problems.push_back(
          {ErrorCode::kLimit,
           {offset, offset},
           "more than " + std::to_string(limits::kYamlDocuments) + " documents"});
    }
    return !stopped_;
  }

  /// Reads up to `end` or the first broken document; gives where to go on.
  // NOLINTNEXTLINE(misc-no-recursion): recover() calls it back for one document only
  std::optional<std::uint32_t> read_part(std::uint32_t begin, std::uint32_t end) {
    Part part{.begin = begin,
              .end = end,
              .events = yaml::EventReader(text_, begin, end),
              .gaps = yaml::GapScanner(*tree_.source, begin, tree_.comments),
              .builder = std::nullopt,
              .marker = begin,
              .document = {},
              .dangling = std::nullopt,
              .mark = mark()};
    while (const auto event = part.events.next()) {
      if (auto problem = take(part, *event)) return recover(part, std::move(*problem));
      if (stopped_) return std::nullopt;
    }
    if (part.events.failed()) {
      const std::uint32_t at = part.events.offset();
      const std::uint32_t after = std::min(at + 1, static_cast<std::uint32_t>(text_.size()));
      return recover(part, {ErrorCode::kInvalid, {at, after}, part.events.message()});
    }
    if (part.dangling) return recover(part, no_marker(part));
    part.gaps.advance_to(end);
    return std::nullopt;
  }

  static TreeProblem no_marker(const Part& part) {
    return {ErrorCode::kInvalid,
            {*part.dangling, *part.dangling + 1},
            "expected '---' or the end of the file"};
  }

  std::optional<TreeProblem> take(Part& part, const yaml::Event& event) {
    switch (event.kind) {
      case yaml::Event::Kind::kDocumentStart: return start_document(part, event);
      case yaml::Event::Kind::kDocumentEnd: return end_document(part);
      default: return part.builder->add(event);
    }
  }

  std::optional<TreeProblem> start_document(Part& part, const yaml::Event& event) {
    if (part.dangling) return no_marker(part);
    skip_prologue(part);
    part.mark = mark();
    part.marker = part.gaps.cursor();
    part.document = {};
    part.document.span.begin =
        tree_.documents.empty() ? part.begin : content_begin(text_, part.marker);
    if (event.present) {
      part.marker = event.span.begin;
      part.gaps.advance_to(event.span.begin);
      part.gaps.jump(event.span.end);
      part.document.span.begin = content_begin(text_, event.span.end);
    }
    if (count_document(part.marker)) part.builder.emplace(tree_, part.gaps);
    return std::nullopt;
  }

  /// A "..." may also stand where no document is open.
  void skip_prologue(Part& part) {
    while (is_marker(text_, part.gaps.skip(), "...")) part.gaps.jump(part.gaps.cursor() + 3);
  }

  std::optional<TreeProblem> end_document(Part& part) {
    if (auto problem = part.builder->finish()) return problem;
    part.document.root = part.builder->root();
    const std::uint32_t before = part.gaps.cursor();
    const std::uint32_t after = part.gaps.skip();
    part.document.span.end = std::max(after, part.document.span.begin);
    const bool explicit_end = is_marker(text_, after, "...");
    if (explicit_end) part.gaps.jump(after + 3);
    if (!explicit_end && !is_marker(text_, after, "---") && after < part.end) {
      part.dangling = after;
    }
    if (const auto directive = find_directive(before, after)) part.dangling = directive;
    tree_.documents.push_back(part.document);
    part.builder.reset();
    return std::nullopt;
  }

  /// A directive after a document, which needs a "..." before it.
  [[nodiscard]] std::optional<std::uint32_t> find_directive(std::uint32_t begin,
                                                            std::uint32_t end) const {
    const std::string_view text = text_.substr(0, end);
    for (std::size_t at = text.find('%', begin); at != std::string_view::npos;
         at = text.find('%', at + 1)) {
      if (yaml::is_line_start(text, at)) return static_cast<std::uint32_t>(at);
    }
    return std::nullopt;
  }

  // NOLINTNEXTLINE(misc-no-recursion): see read_part
  std::optional<std::uint32_t> recover(Part& part, TreeProblem problem) {
    if (!part.builder && part.dangling) tree_.documents.pop_back();  // it had not really ended
    if (part.builder || part.dangling) forget(part.mark);
    const auto next = next_document(text_, std::max(part.gaps.cursor(), part.begin), part.end);
    // libfyaml reads ahead: an error beyond the open document is the next one's, and this one is
    // read again on its own.
    const bool ahead = next && problem.span.begin > *next && part.builder;
    if (ahead) {
      --count_;
      read_part(part.marker, *next);  // it holds one document only
    } else {
      tree_.problems.push_back(std::move(problem));
    }
    return next;
  }

  [[nodiscard]] Mark mark() const {
    return {tree_.nodes.size(), tree_.arena.size(), tree_.duplicates.size(), tree_.comments.size()};
  }

  void forget(const Mark& mark) {
    tree_.nodes.resize(mark.nodes);
    tree_.arena.resize(mark.arena);
    tree_.duplicates.resize(mark.duplicates);
    tree_.comments.resize(mark.comments);
  }

  Tree& tree_;
  std::string_view text_;
  std::size_t count_ = 0;
  bool stopped_ = false;
};

}  // namespace

std::unique_ptr<Tree> parse_yaml(const SourceFile& source) {
  auto tree = std::make_unique<Tree>();
  tree->source = &source;
  const bool marked = source.text().starts_with(yaml::kByteOrderMark);
  Stream(*tree).read(marked ? static_cast<std::uint32_t>(yaml::kByteOrderMark.size()) : 0);
  return tree;
}

}  // namespace plimsoll
