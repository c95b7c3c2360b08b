#include <string>

#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "copied-file-ignored",
    .title = "COPY names a file that .dockerignore keeps out",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .aliases = "buildkit:CopyIgnoredFile",
    .why = "The file does not reach the builder, so the build fails, or copies less than it says.",
    .fix_note = "Take the path out of .dockerignore (or add !path), or remove it from COPY.",
    .sources = "https://docs.docker.com/reference/build-checks/copy-ignored-file/",
};

/// The source as a path below the context; "" when that cannot be said of it.
std::string_view path_in_context(std::string_view source) {
  if (source.find_first_of("$*?[\\") != std::string_view::npos) return "";
  if (source.starts_with("<<") || ascii::contains(source, "://")) return "";
  if (source.starts_with("git@") || ascii::contains(source, "..")) return "";
  while (source.starts_with("./") || source.starts_with('/')) {
    source.remove_prefix(source[0] == '/' ? 1 : 2);
  }
  while (source.ends_with('/')) source.remove_suffix(1);
  return source == "." ? "" : source;
}

/// Something below the folder is let through again.
bool is_partly_kept(const IgnoreFile& ignore, std::string_view folder) {
  for (const IgnorePattern& pattern : ignore.patterns) {
    if (!pattern.negated) continue;
    std::string_view kept = ascii::trim(pattern.text.substr(1));
    while (kept.starts_with("./") || kept.starts_with('/')) {
      kept.remove_prefix(kept[0] == '/' ? 1 : 2);
    }
    if (kept.starts_with("**")) return true;
    if (kept.size() > folder.size() && kept.starts_with(folder) && kept[folder.size()] == '/') {
      return true;
    }
  }
  return false;
}

void judge(const dockerfile::Instruction& copy, const IgnoreFile& ignore, Sink& sink) {
  for (std::size_t i = 0; i + 1 < copy.words.size(); ++i) {
    const std::string_view path = path_in_context(copy.words[i].value);
    if (path.empty() || !ignore.ignores(path, false) || is_partly_kept(ignore, path)) continue;
    sink.report(copy.words[i].span,
                dockerfile::quoted(path) + " is kept out by " + ignore.source->path());
  }
}

void check(const DockerfileView& view, Sink& sink) {
  if (view.dockerignore == nullptr) return;
  std::size_t comparisons = 0;
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    if (instruction.keyword != dockerfile::Keyword::kCopy &&
        instruction.keyword != dockerfile::Keyword::kAdd) {
      continue;
    }
    if (instruction.flag("from") != nullptr) continue;
    // Real projects stay far below; without a limit the product of two files decides.
    constexpr std::size_t kMostComparisons = 1'000'000;
    comparisons += view.dockerignore->patterns.size() * instruction.words.size();
    if (comparisons > kMostComparisons) {
      sink.unknown("too many sources and ignore patterns to compare");
      return;
    }
    judge(instruction, *view.dockerignore, sink);
  }
}

constexpr Example kExamples[] = {
    {.name = "a file",
     .before = "-- Dockerfile --\nFROM alpine:3.20\nCOPY «a.txt» b.txt /\nADD «./a.txt» /a\n-- "
               ".dockerignore --\na.txt\n"},
    {.name = "below a folder",
     .before =
         "-- Dockerfile --\nFROM alpine:3.20\nCOPY «dist/app» /app\n-- .dockerignore --\ndist\n"},
    {.name = "let through again",
     .before = "-- Dockerfile --\nFROM alpine:3.20\nCOPY dist /app\nCOPY a /a\n-- .dockerignore "
               "--\n*\n!a\n!dist/app\n"},
    {.name = "from a stage",
     .before = "-- Dockerfile --\nFROM alpine:3.20 AS b\nFROM alpine:3.20\nCOPY --from=b dist "
               "/app\n-- .dockerignore --\ndist\n"},
    {.name = "everything",
     .before = "-- Dockerfile --\nFROM alpine:3.20\nCOPY . /app\nCOPY *.txt /a/\n-- .dockerignore "
               "--\n*\n"},
    {.name = "no ignore file", .before = "FROM alpine:3.20\nCOPY a.txt /\n"},
};

}  // namespace

const Rule& copied_file_ignored() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
