#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>

#include "core/bug.h"
#include "core/source_file.h"
#include "parse/dockerfile.h"
#include "parse/dockerfile_invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace df = plimsoll::dockerfile;
  const plimsoll::SourceFile source("Dockerfile",
                                    std::string(reinterpret_cast<const char*>(data), size));
  const df::Dockerfile file = df::parse(source);
  const std::string broken = df::broken_invariant(file);
  if (!broken.empty()) {
    std::fprintf(stderr, "%s\n%s", broken.c_str(), df::dump(file).c_str());
    PL_BUG("a promise about spans is broken");
  }
  if (df::dump(df::parse(source)) != df::dump(file)) PL_BUG("parsing twice differs");
  for (const df::Stage& stage : file.stages) {
    if (file.lineage(stage).empty()) PL_BUG("a stage without itself in its lineage");
  }
  for (const df::Instruction& instruction : file.instructions) {
    const df::Lookup lookup{.get = [](const void*, std::string_view name) {
      return name.size() % 2 == 0 ? std::optional<std::string>(name) : std::nullopt;
    }};
    (void)df::expand(instruction.args.text, lookup, file.escape);
  }
  (void)df::looks_like_dockerfile(source.text());
  (void)df::is_dockerfile_name(source.text());
  return 0;
}
