#include "check/download.h"
#include "check/remote_source.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "add-remote-without-checksum",
    .title = "ADD fetches a URL without a checksum",
    .severity = Severity::kMedium,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kUnsafe,
    .silenced_by = "checkov:CKV_DOCKER_4 kics:9513a694 semgrep:prefer-copy-over-add",
    .why =
        "Whatever the server sends on the day of the build goes into the image: a replaced file is "
        "not noticed.",
    .fix_note =
        "Add --checksum=sha256:… with the checksum that the publisher states; for Git end the "
        "address with #<commit>.",
    .sources = "https://docs.docker.com/reference/dockerfile/#add---checksum",
};

void check(const dockerfile::Instruction& add, Sink& sink) {
  if (add.keyword != dockerfile::Keyword::kAdd || add.flag("checksum") != nullptr) return;
  for (std::size_t i = 0; i + 1 < add.words.size(); ++i) {
    const dockerfile::Word& source = add.words[i];
    if (!is_remote_source(source.value)) continue;
    const bool git = is_git_source(source.value);
    if (git ? names_commit(source.value) : has_commit_in_path(source.value)) continue;
    const bool plain = source.value.starts_with("http://") || source.value.starts_with("git://");
    std::string message = git ? "a branch or tag is fetched, which may be moved"
                              : "a file is fetched whose content nothing pins";
    if (plain && !is_local_host(host_of(source.value))) message += ", over a plain connection";
    sink.report(source.span, std::move(message)).unfixed =
        git ? "the commit has to be looked up, over the network"
            : "the checksum has to come from the publisher, over the network";
  }
}

constexpr Example kExamples[] = {
    {.name = "a file", .before = "FROM debian:12\nADD «https://example.com/a.tar.gz» /tmp/\n"},
    {.name = "over HTTP",
     .before = "FROM debian:12\nADD [«\"http://example.com/a\"», \"/tmp/\"]\n"},
    {.name = "a branch of a repository",
     .before = "FROM debian:12\nADD «https://github.com/a/b.git#main» /src\n"},
    {.name = "a checksum",
     .before =
         "FROM debian:12\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a"
         "9b2945d1036d1dc68d https://example.com/a /a\n"},
    {.name = "a commit",
     .before = "FROM debian:12\nADD "
               "https://github.com/a/b.git#8f14e45fceea167a5a36dedd4bea2543aa01bb02:dir /src\n"},
    {.name = "a file of a commit",
     .before = "FROM debian:12\nADD https://raw.githubusercontent.com/a/b/"
               "8f14e45fceea167a5a36dedd4bea2543aa01bb02/f /f\n"},
    {.name = "a local file", .before = "FROM debian:12\nADD a.tar.gz /\n"},
};

}  // namespace

const Rule& add_remote_without_checksum() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
