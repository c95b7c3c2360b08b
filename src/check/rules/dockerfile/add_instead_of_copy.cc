#include <algorithm>
#include <iterator>

#include "check/remote_source.h"
#include "check/rule.h"
#include "core/path.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "add-instead-of-copy",
    .title = "ADD is used where COPY does",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases =
        "hadolint:DL3020 trivy:DS-0005 checkov:CKV_DOCKER_4 kics:9513a694 "
        "semgrep:prefer-copy-over-add dockle:CIS-DI-0009 cis-docker:4.9",
    .why =
        "ADD also fetches URLs and unpacks archives. Where neither is wanted, COPY says so, and a "
        "file that one day is an archive stays a file.",
    .fix_note =
        "Safe for files that cannot be archives. Where a name may stand for an archive (no "
        "extension, a pattern), ADD may unpack it, so have a look first.",
    .sources = "https://docs.docker.com/build/building/best-practices/#add-or-copy",
};

/// What BuildKit and moby unpack, by the extensions they usually have.
constexpr std::string_view kArchives[] = {
    ".tar", ".gz",  ".bz2", ".xz",   ".lzma", ".lz", ".Z",   ".zst", ".tgz",
    ".tbz", ".tb2", ".txz", ".tbz2", ".tlz",  ".tZ", ".tpz", ".txz", ".tzst",
};
/// Archives all the same: ADD goes by the content.
constexpr std::string_view kDisguised[] = {".apk", ".crate", ".gem", ".ova", ".conda", ".img"};

enum class Wants : std::uint8_t {
  kAdd,      ///< what only ADD does, or a variable that may say anything
  kCopy,     ///< a plain file or folder
  kEither,   ///< a plain one by its name, but it may be an archive
  kHistory,  ///< not a Dockerfile but `docker history`: ADD file:<digest> in /
};

bool is_history(std::string_view source) {
  const std::size_t colon = source.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view kind = source.substr(0, colon);
  const std::string_view digest = source.substr(colon + 1);
  return (kind == "file" || kind == "dir" || kind == "multi") && digest.size() >= 32 &&
         std::all_of(digest.begin(), digest.end(), ascii::is_hex);
}

Wants wants(std::string_view source) {
  if (source.starts_with("<<")) return Wants::kCopy;
  if (is_remote_source(source)) return Wants::kAdd;
  if (is_history(source)) return Wants::kHistory;
  const std::string_view name = path::name(source);
  const auto ends = [&](std::string_view extension) { return name.ends_with(extension); };
  if (std::any_of(std::begin(kArchives), std::end(kArchives), ends)) return Wants::kAdd;
  const std::string_view extension = path::extension(name);
  // A variable at the start may be a URL, at the end an archive.
  if (source.starts_with('$') || extension.find('$') != std::string_view::npos) return Wants::kAdd;
  if (name.find('$') != std::string_view::npos && extension.empty()) return Wants::kAdd;
  if (source.ends_with('/') || name == "." || name == "..") return Wants::kCopy;
  if (std::any_of(std::begin(kDisguised), std::end(kDisguised), ends)) return Wants::kEither;
  const bool telling = extension.size() > 1 && ascii::is_alpha(extension[1]) &&
                       extension.find_first_of("*?[") == std::string_view::npos;
  return telling ? Wants::kCopy : Wants::kEither;
}

void check(const dockerfile::Instruction& add, Sink& sink) {
  if (add.keyword != dockerfile::Keyword::kAdd || add.words.size() < 2) return;
  for (const std::string_view only_add : {"checksum", "keep-git-dir", "unpack"}) {
    if (add.flag(only_add) != nullptr) return;
  }
  const dockerfile::Word* plain = nullptr;
  bool all_plain = true;
  bool certain = true;
  for (std::size_t i = 0; i + 1 < add.words.size(); ++i) {
    const Wants source = wants(add.words[i].value);
    if (source == Wants::kHistory) return;
    if (source == Wants::kAdd) {
      all_plain = false;
      continue;
    }
    certain = certain && source == Wants::kCopy;
    if (plain == nullptr) plain = &add.words[i];
  }
  if (plain == nullptr) return;
  Finding& finding =
      sink.report(add.keyword_span,
                  "ADD does nothing for '" + std::string(plain->value) + "' that COPY does not");
  if (!all_plain || add.keyword_span.size() != 3) return;
  finding.fix = Fix{
      .title = "replace ADD with COPY",
      .edits = {{add.keyword_span, add.keyword_text == "add" ? "copy" : "COPY"}},
      .safety = certain ? FixSafety::kSafe : FixSafety::kUnsafe,
  };
}

constexpr Example kExamples[] = {
    {.name = "a file",
     .before = "FROM eclipse-temurin:21-jre\n«ADD» --chown=1:1 target/app.jar /app.jar\n",
     .after = "FROM eclipse-temurin:21-jre\nCOPY --chown=1:1 target/app.jar /app.jar\n"},
    {.name = "the context, exec form",
     .before = "FROM node:20\n«ADD» [\".\", \"/app\"]\n",
     .after = "FROM node:20\nCOPY [\".\", \"/app\"]\n"},
    {.name = "a ZIP archive, which ADD does not unpack",
     .before = "FROM debian:12\n«add» a.zip /tmp/\n",
     .after = "FROM debian:12\ncopy a.zip /tmp/\n"},
    {.name = "a file beside an archive is not fixed",
     .before = "FROM debian:12\n«ADD» a.tar.gz notes.txt /tmp/\n"},
    {.name = "an archive", .before = "FROM scratch\nADD \"rootfs.tar.xz\" /\n"},
    {.name = "an archive whose name is a variable",
     .before = "FROM scratch\nARG V=1\nADD app-${V}.tgz /\n"},
    {.name = "a URL", .before = "FROM debian:12\nADD https://example.com/a.txt /a\n"},
    {.name = "a repository", .before = "FROM debian:12\nADD git@github.com:a/b.git /a\n"},
    {.name = "only a variable", .before = "FROM debian:12\nARG FILE\nADD $FILE /a\n"},
    {.name = "written by docker history",
     .before =
         "FROM debian:12\nADD file:8b8864b3e02a33a579dc216fd51b28a6047bc8eeaa03045b258980fe0cf"
         "7fcb3 in /\n"},
    {.name = "COPY", .before = "FROM node:20\nCOPY . /app\n"},
};

}  // namespace

const Rule& add_instead_of_copy() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
