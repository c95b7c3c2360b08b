#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "duplicate-key",
    .title = "A key is given twice",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "Only the last one counts, so what stands in the first (a limit, a hardening option) does "
        "nothing; other readers refuse the file.",
    .fix_note = "Merge the two by hand: which one was meant is not in the file.",
    .sources = "https://yaml.org/spec/1.2.2/#3213-node-comparison",
};

void check(const Tree& tree, Sink& sink) {
  for (const DuplicateKey& duplicate : tree.duplicates) {
    const std::uint32_t line = tree.source->position(duplicate.first.begin).line;
    sink.report(Place{tree.source, duplicate.second},
                "the key '" + std::string(duplicate.key) + "' was given before, on line " +
                    std::to_string(line) + ", and only the last one counts");
  }
}

constexpr Example kExamples[] = {
    {.name = "twice",
     .file = "compose.yaml",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    «image»: nginx:1.28\n"},
    {.name = "in another mapping",
     .file = "compose.yaml",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "  b:\n"
               "    image: nginx:1.28\n"},
    {.name = "overrides a merged one",
     .file = "compose.yaml",
     .before = "x-a: &a\n"
               "  image: nginx:1.27\n"
               "services:\n"
               "  a:\n"
               "    <<: *a\n"
               "    image: nginx:1.28\n"},
};

}  // namespace

const Rule& duplicate_key() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
