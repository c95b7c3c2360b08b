#include <algorithm>

#include "core/ascii.h"
#include "core/limits.h"
#include "core/path.h"
#include "project/update_bot.h"

namespace plimsoll {
namespace {

/// "/" is the repository's root, and "/docker/" a folder below it.
std::string folder_of(std::string_view directory) {
  while (directory.starts_with('/')) directory.remove_prefix(1);
  return path::normalize(directory);
}

UpdateEntry entry_of(const Node& update, const SourceFile& file) {
  UpdateEntry entry;
  entry.node = &update;
  entry.place = {&file, update.span};
  if (const Node* const ecosystem = update.find("package-ecosystem")) {
    entry.ecosystem = ecosystem->str();
    entry.place.span = ecosystem->span;
  }
  const Node* const directory = update.find("directory");
  if (directory != nullptr && directory->is_scalar()) {
    entry.folders.push_back(folder_of(directory->text));
  }
  if (const Node* const directories = update.find("directories")) {
    for (const Node* const item : directories->items) {
      if (item->is_scalar()) entry.folders.push_back(folder_of(item->text));
    }
  }
  return entry;
}

/// `*` within one folder's name.
bool name_matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
    } else if (p < pattern.size() && (pattern[p] == name[n] || pattern[p] == '?')) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::vector<std::string_view> parts_of(std::string_view folder) {
  if (folder == "." || folder.empty()) return {};
  return ascii::split(folder, '/');
}

/// Which lengths of the folder the pattern so far can end at; one row of the usual table.
bool folder_matches(std::string_view pattern, std::string_view folder) {
  const std::vector<std::string_view> wanted = parts_of(pattern);
  const std::vector<std::string_view> parts = parts_of(folder);
  if (wanted.size() > limits::kFolderDepth || parts.size() > limits::kFolderDepth) return false;
  if (parts.empty() && !wanted.empty()) return wanted.front() == "**" && wanted.size() <= 2;
  std::vector<bool> reached(parts.size() + 1, false);
  reached[0] = true;
  for (const std::string_view part : wanted) {
    std::vector<bool> next(parts.size() + 1, false);
    for (std::size_t i = 0; i <= parts.size(); ++i) {
      if (part == "**") {
        next[i] = reached[i] || (i > 0 && next[i - 1]);
      } else if (i > 0) {
        next[i] = reached[i - 1] && name_matches(part, parts[i - 1]);
      }
    }
    reached = std::move(next);
  }
  return reached.back();
}

bool ignores_everything(const Node& update) {
  const Node* const ignore = update.find("ignore");
  if (ignore == nullptr) return false;
  return std::any_of(ignore->items.begin(), ignore->items.end(), [](const Node* rule) {
    const Node* const name = rule->find("dependency-name");
    return name != nullptr && name->str() == "*" && rule->find("update-types") == nullptr &&
           rule->find("versions") == nullptr;
  });
}

}  // namespace

bool is_active(const UpdateEntry& entry) {
  if (entry.node == nullptr) return true;
  const Node* const limit = entry.node->find("open-pull-requests-limit");
  if (limit != nullptr && limit->str() == "0") return false;
  return !ignores_everything(*entry.node);
}

bool covers(const UpdateEntry& entry, std::string_view folder) {
  return std::any_of(entry.folders.begin(), entry.folders.end(),
                     [folder](const auto& pattern) { return folder_matches(pattern, folder); });
}

void read_dependabot(const Node& root, const SourceFile& file, UpdateBot& bot) {
  const Node* const updates = root.find("updates");
  if (updates == nullptr) return;
  for (const Node* const update : updates->items) {
    if (!update->is_mapping()) continue;
    bot.entries.push_back(entry_of(*update, file));
    const Node* const cooldown = update->find("cooldown");
    bot.has_cooldown = bot.has_cooldown || (cooldown != nullptr && cooldown->is_mapping());
  }
}

}  // namespace plimsoll
