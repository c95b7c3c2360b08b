#include <algorithm>

#include "check/letter_case.h"
#include "check/rule.h"
#include "parse/dockerfile_problem.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "expose-protocol-case",
    .title = "The protocol of EXPOSE is not in lower case",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kSafe,
    .aliases = "buildkit:ExposeProtoCasing",
    .why = "Tools that read the image's config compare with 'tcp' and 'udp'.",
    .fix_note = "Safe: Docker stores it in lower case.",
    .sources = "https://docs.docker.com/reference/build-checks/expose-proto-casing/",
};

void check(const dockerfile::Instruction& instruction, Sink& sink) {
  if (instruction.keyword != dockerfile::Keyword::kExpose) return;
  for (const dockerfile::Word& word : instruction.words) {
    const std::size_t slash = word.raw.rfind('/');
    if (slash == std::string_view::npos || slash + 1 == word.raw.size()) continue;
    const std::string_view protocol = word.raw.substr(slash + 1);
    if (!std::all_of(protocol.begin(), protocol.end(), ascii::is_alpha)) continue;
    if (letter_case(protocol) == LetterCase::kLower) continue;
    const auto size = static_cast<std::uint32_t>(protocol.size());
    Finding& finding =
        sink.report(Span{word.span.end - size, word.span.end},
                    "the protocol " + dockerfile::quoted(protocol) + " is not in lower case");
    if (word.raw.size() != word.span.size()) continue;
    finding.fix = Fix{.title = "write the protocol in lower case",
                      .edits = {{{word.span.end - size, word.span.end}, ascii::lower(protocol)}}};
  }
}

constexpr Example kExamples[] = {
    {.name = "capitals",
     .before = "FROM alpine:3.20\nEXPOSE 80/«TcP» 53/«UDP»\n",
     .after = "FROM alpine:3.20\nEXPOSE 80/tcp 53/udp\n"},
    {.name = "behind a variable",
     .before = "FROM alpine:3.20\nEXPOSE $PORT/«TCP»\n",
     .after = "FROM alpine:3.20\nEXPOSE $PORT/tcp\n"},
    {.name = "lower case", .before = "FROM alpine:3.20\nEXPOSE 80/tcp 80\n"},
    {.name = "a variable", .before = "FROM alpine:3.20\nEXPOSE 80/$PROTO ${A:-1/2}\n"},
};

}  // namespace

const Rule& expose_protocol_case() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
