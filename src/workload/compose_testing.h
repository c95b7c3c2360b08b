#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/source_file.h"
#include "parse/node.h"
#include "workload/compose.h"

/// Compose files in memory, for tests.
namespace plimsoll::compose {

class Files {
 public:
  Files() = default;
  explicit Files(std::string text) { add("compose.yaml", std::move(text)); }

  Files& add(const std::string& path, std::string text) {
    texts_[path] = std::make_unique<SourceFile>(path, std::move(text));
    return *this;
  }

  /// Reads the project of `first` with `overrides` laid over it. Lives as long as this.
  const Project& read(const std::string& first = "compose.yaml",
                      const std::vector<std::string>& overrides = {}) {
    std::vector<const Tree*> over;
    for (const std::string& path : overrides) over.push_back(*tree(path));
    sources_.load = [this](const std::string& path) { return tree(path); };
    sources_.load_text = [this](const std::string& path) { return text(path); };
    project_ = compose::read(**tree(first), sources_, over);
    return *project_;
  }

  Result<const Tree*> tree(const std::string& path) {
    const Result<const SourceFile*> file = text(path);
    if (!file) return tl::unexpected<Error>(file.error());
    std::unique_ptr<Tree>& tree = trees_[path];
    if (tree == nullptr) tree = parse_yaml(**file);
    return tree.get();
  }

 private:
  Result<const SourceFile*> text(const std::string& path) {
    const auto found = texts_.find(path);
    if (found == texts_.end()) return fail(ErrorCode::kNotFound, "no such file", path);
    return found->second.get();
  }

  std::map<std::string, std::unique_ptr<SourceFile>> texts_;
  std::map<std::string, std::unique_ptr<Tree>> trees_;
  Sources sources_;
  std::unique_ptr<Project> project_;
};

/// The bytes a place stands for.
inline std::string_view bytes(const Place& place) {
  return place.file == nullptr ? "" : place.file->slice(place.span);
}

}  // namespace plimsoll::compose
