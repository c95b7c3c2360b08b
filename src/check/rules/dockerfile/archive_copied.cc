#include <string>
#include <string_view>
#include <unordered_map>

#include "check/rule.h"
#include "core/ascii.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "archive-copied",
    .title = "A local archive is copied and then unpacked",
    .severity = Severity::kInfo,
    .control = Control::kMinimalBaseImage,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "hadolint:DL3010",
    .why = "The archive stays in the layer of the COPY, beside what was unpacked from it.",
    .fix_note =
        "ADD unpacks a local tar archive by itself. Unsafe: owners and the name of the target "
        "may come out differently.",
    .sources = "https://docs.docker.com/reference/dockerfile/#adding-local-tar-archives",
};

using Copies = std::unordered_map<std::string_view, const dockerfile::Word*>;

/// What ADD would unpack: a tar, compressed or not.
bool is_archive(std::string_view name) {
  for (const std::string_view end :
       {".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tbz2",     ".tb2", ".tar.xz",
        ".txz", ".tar.Z",  ".tZ",  ".tar.lz",  ".tlz", ".tar.lzma", ".tpz", ".tar.zst",
        ".gz",  ".bz2",    ".xz",  ".lzma",    ".lz",  ".Z"}) {
    if (name.size() > end.size() && name.ends_with(end)) return true;
  }
  return false;
}

/// After the last slash of either kind, without quotes.
std::string_view base_name(std::string_view path) {
  while (!path.empty() && (path.back() == '"' || path.back() == '\'')) path.remove_suffix(1);
  const std::size_t slash = path.find_last_of("/\\");
  std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  while (!name.empty() && (name.front() == '"' || name.front() == '\'')) name.remove_prefix(1);
  return name;
}

void note(const dockerfile::Instruction& copy, Copies& copies) {
  if (copy.flag("from") != nullptr || copy.words.size() < 2 || !copy.heredocs.empty()) return;
  const dockerfile::Word& target = copy.words.back();
  for (const dockerfile::Word& word : copy.words) {
    const std::string_view name = base_name(word.raw);
    if (!is_archive(name)) continue;
    // Renamed on the way: the target is what tar is given, the source what is to be ADDed.
    copies.emplace(name, &word == &target ? &copy.words.front() : &word);
  }
}

/// -x, -xzf, xzf, --extract; with options that ADD has no counterpart for it is none of ours.
bool unpacks(const shell::Command& command) {
  if (command.name() != "tar" && command.name() != "bsdtar") return false;
  for (const shell::Word& arg : command) {
    if (arg.value.starts_with("--strip") || arg.value.starts_with("--transform") ||
        arg.value.starts_with("--exclude")) {
      return false;
    }
  }
  if (command.has_flag("-x") || command.has_flag("--extract") || command.has_flag("--get")) {
    return true;
  }
  const shell::Word* first = command.begin();
  return first != command.end() && !first->value.starts_with('-') && first->value.size() < 8 &&
         ascii::contains(first->value, "x") && !ascii::contains(first->value, ".");
}

void judge(const dockerfile::Instruction& run, Copies& copies, Sink& sink) {
  for (const shell::Command& command : run.script.commands) {
    if (!unpacks(command)) continue;
    for (const shell::Word& arg : command) {
      std::string_view path = arg.value;
      if (path.starts_with("--file=")) path.remove_prefix(7);
      const auto found = copies.find(base_name(path));
      if (found == copies.end()) continue;
      sink.report(found->second->span, "'" + std::string(found->second->value) +
                                           "' is copied and then unpacked; ADD does both at once");
      copies.erase(found);
    }
  }
}

void check(const DockerfileView& view, Sink& sink) {
  Copies copies;
  for (const dockerfile::Instruction& outer : view.file.instructions) {
    const dockerfile::Instruction& instruction = outer.inner != nullptr ? *outer.inner : outer;
    switch (instruction.keyword) {
      case dockerfile::Keyword::kFrom: copies.clear(); break;
      case dockerfile::Keyword::kCopy: note(instruction, copies); break;
      case dockerfile::Keyword::kRun:
        if (!copies.empty()) judge(instruction, copies, sink);
        break;
      default: break;
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "copied and unpacked",
     .before = "FROM debian:12\nCOPY «a.tar.gz» /b/\nRUN tar -xzf /b/a.tar.gz\n"},
    {.name = "in its folder",
     .before = "FROM debian:12\nCOPY «x/a.tar» /b\nWORKDIR /b\nRUN c && tar xf a.tar\n"},
    {.name = "renamed",
     .before = "FROM debian:12\nCOPY «a.tgz» /b.tgz\nRUN tar -C /c -xf /b.tgz\n"},
    {.name = "not unpacked", .before = "FROM debian:12\nCOPY a.tar /b/\nRUN tar -cf c.tar /b\n"},
    {.name = "from another stage",
     .before =
         "FROM debian:12 AS x\nFROM debian:12\nCOPY --from=x a.tar /b/\nRUN tar -xf /b/a.tar\n"},
    {.name = "unpacked in another stage",
     .before = "FROM debian:12\nCOPY a.tar /b/\nFROM debian:12\nRUN tar -xf /b/a.tar\n"},
    {.name = "ADD cannot strip",
     .before = "FROM debian:12\nCOPY a.tar /b/\nRUN tar -xf /b/a.tar --strip 1\n"},
};

}  // namespace

const Rule& archive_copied() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
