#include <cstddef>
#include <cstdint>
#include <string>

#include "core/bug.h"
#include "project/project.h"

namespace {

using namespace plimsoll;

void check(const Tree& tree, UpdateBot::Kind kind) {
  const UpdateBot bot = read_update_bot(tree, kind);
  if (bot.root == nullptr) PL_BUG("a bot without a root");
  for (const UpdateEntry& entry : bot.entries) {
    if (entry.place.span.begin > entry.place.span.end ||
        entry.place.span.end > tree.source->text().size()) {
      PL_BUG("an entry's place outside its file");
    }
    for (const std::string& folder : entry.folders) {
      if (folder.starts_with('/') || folder.empty()) PL_BUG("a folder that is not relative");
    }
  }
  if (!bot.docker_enabled && !bot.docker_managers.empty()) PL_BUG("managers of what is off");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const SourceFile yaml(".github/dependabot.yml", text);
  check(*parse_yaml(yaml), UpdateBot::Kind::kDependabot);
  const SourceFile json(".github/renovate.json5", text);
  check(*parse_json(json, {.relaxed = true}), UpdateBot::Kind::kRenovate);
  const SourceFile package("package.json", text);
  check(*parse_json(package), UpdateBot::Kind::kRenovate);
  return 0;
}
