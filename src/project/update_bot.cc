#include "project/update_bot.h"

#include <array>

#include "core/path.h"

namespace plimsoll {
namespace {

const Node kNothing;

/// Places where Renovate looks, relative to the repository's root.
/// Source: docs.renovatebot.com, "Configuration options".
constexpr std::array<std::string_view, 11> kRenovateFiles = {
    "renovate.json",           "renovate.json5",
    "renovate.jsonc",          ".github/renovate.json",
    ".github/renovate.json5",  ".gitlab/renovate.json",
    ".gitlab/renovate.json5",  ".renovaterc",
    ".renovaterc.json",        ".renovaterc.json5",
    ".forgejo/renovate.json5",
};

/// True when `path` is `file` in the root, or below a folder that is itself audited from above.
bool is_at(std::string_view path, std::string_view file) {
  if (!path.ends_with(file)) return false;
  return path.size() == file.size() || path[path.size() - file.size() - 1] == '/';
}

}  // namespace

std::optional<UpdateBot::Kind> update_bot_of(std::string_view path) {
  if (is_at(path, ".github/dependabot.yml") || is_at(path, ".github/dependabot.yaml")) {
    return UpdateBot::Kind::kDependabot;
  }
  for (const std::string_view file : kRenovateFiles) {
    if (is_at(path, file)) return UpdateBot::Kind::kRenovate;
  }
  return std::nullopt;
}

std::optional<UpdateBot::Kind> update_bot_of(const Node& root) {
  const Node* const renovate = root.find("renovate");
  if (renovate == nullptr || !renovate->is_mapping()) return std::nullopt;
  return UpdateBot::Kind::kRenovate;
}

UpdateBot read_update_bot(const Tree& tree, UpdateBot::Kind kind) {
  const Node* root = tree.documents.empty() ? &kNothing : tree.documents.front().root;
  if (kind == UpdateBot::Kind::kRenovate && path::name(tree.source->path()) == "package.json") {
    const Node* const inside = root->find("renovate");
    root = inside != nullptr ? inside : &kNothing;
  }
  UpdateBot bot;
  bot.kind = kind;
  bot.file = tree.source;
  bot.root = root;
  if (kind == UpdateBot::Kind::kDependabot) {
    read_dependabot(*root, *tree.source, bot);
  } else {
    read_renovate(*root, bot);
  }
  return bot;
}

}  // namespace plimsoll
