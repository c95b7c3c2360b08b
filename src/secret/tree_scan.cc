#include "secret/tree_scan.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

#include "core/limits.h"
#include "core/parallel.h"
#include "core/path.h"

namespace plimsoll::secret {
namespace {

constexpr std::string_view kFoldersNotEntered[] = {".git", ".hg", ".svn", "node_modules"};

/// A file, and how detectors and path rules name it: relative to the folder it was found in.
struct Found {
  std::string path;
  std::string relative;
};

class Walk {
 public:
  Walk(const FileSystem& files, const DetectorSet& detectors, const TreeOptions& options,
       TreeScan& out)
      : files_(files), detectors_(detectors), options_(options), out_(out) {}

  std::vector<Found> find() {
    for (const std::string& target : options_.targets) {
      const std::string path = path::normalize(target);
      const auto kind = files_.kind(path, true);
      if (!kind) {
        out_.incomplete.push_back({"read", target, kind.error().message, "", true});
      } else if (*kind == EntryKind::kFolder) {
        folder(path);
      } else {
        found_.push_back({path, path});
      }
    }
    std::sort(found_.begin(), found_.end(),
              [](const Found& a, const Found& b) { return a.path < b.path; });
    found_.erase(std::unique(found_.begin(), found_.end(),
                             [](const Found& a, const Found& b) { return a.path == b.path; }),
                 found_.end());
    return std::move(found_);
  }

 private:
  struct Pending {
    std::string path;
    std::string relative;
    std::size_t depth = 0;
  };

  void folder(const std::string& root) {
    // An explicit stack: the depth of a tree is the input's choice.
    std::vector<Pending> pending{{root, ".", 0}};
    while (!pending.empty()) {
      const Pending next = std::move(pending.back());
      pending.pop_back();
      list(next, pending);
    }
  }

  void list(const Pending& next, std::vector<Pending>& pending) {
    const auto entries = files_.list(next.path);
    if (!entries) {
      out_.incomplete.push_back({"read", next.path, entries.error().message, "", false});
      return;
    }
    for (const DirectoryEntry& entry : *entries) {
      if (++entries_ > limits::kFolderEntries) {
        if (entries_ == limits::kFolderEntries + 1) {
          out_.incomplete.push_back({"limit", next.path, "files and folders of one target",
                                     std::to_string(limits::kFolderEntries), false});
        }
        return;
      }
      std::string path = path::join(next.path, entry.name);
      std::string relative = path::join(next.relative, entry.name);
      if (entry.kind == EntryKind::kFolder) {
        enter({std::move(path), std::move(relative), next.depth + 1}, entry.name, pending);
      } else if (entry.kind == EntryKind::kFile) {
        take({std::move(path), std::move(relative)});
      }
    }
  }

  void enter(Pending folder, std::string_view name, std::vector<Pending>& pending) {
    if (std::find(std::begin(kFoldersNotEntered), std::end(kFoldersNotEntered), name) !=
        std::end(kFoldersNotEntered)) {
      return;
    }
    if (folder.depth > limits::kFolderDepth) {
      out_.incomplete.push_back(
          {"limit", folder.path, "folder depth", std::to_string(limits::kFolderDepth), false});
      return;
    }
    pending.push_back(std::move(folder));
  }

  void take(Found file) {
    const std::string_view why =
        options_.all_files ? std::string_view() : why_skipped(detectors_, file.relative);
    if (why.empty()) {
      found_.push_back(std::move(file));
    } else {
      ++out_.skipped[std::string(why)];
    }
  }

  const FileSystem& files_;
  const DetectorSet& detectors_;
  const TreeOptions& options_;
  TreeScan& out_;
  std::vector<Found> found_;
  std::size_t entries_ = 0;
};

}  // namespace

std::vector<Incomplete> incomplete_of(std::string_view path, const Outcome& outcome) {
  std::vector<Incomplete> parts;
  if (outcome.cut) {
    parts.push_back({"limit", std::string(path), "bytes of a file searched for secrets",
                     std::to_string(kMostBytes), false});
  }
  if (outcome.flooded) {
    parts.push_back({"limit", std::string(path), "secrets of a file, or the work for them",
                     std::to_string(kMostHits), false});
  }
  return parts;
}

TreeScan scan_trees(const FileSystem& files, const DetectorSet& detectors,
                    const TreeOptions& options) {
  TreeScan out;
  const std::vector<Found> found = Walk(files, detectors, options, out).find();
  std::vector<Outcome> outcomes(found.size());
  std::vector<std::optional<Error>> errors(found.size());
  std::atomic<std::size_t> read{0};
  parallel_for(found.size(), options.jobs, [&](std::size_t i) {
    const auto text = files.read(found[i].path, kMostBytes);
    if (text) {
      outcomes[i] = scan_text(detectors, found[i].relative, *text);
    } else {
      errors[i] = text.error();
    }
    if (options.progress) options.progress(found.size(), ++read);
  });
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (errors[i]) {
      const bool too_large = errors[i]->code == ErrorCode::kTooLarge;
      out.incomplete.push_back(
          {too_large ? "limit" : "read", found[i].path, errors[i]->message, "", !too_large});
      continue;
    }
    ++out.scanned;
    for (Incomplete& part : incomplete_of(found[i].path, outcomes[i])) {
      out.incomplete.push_back(std::move(part));
    }
    if (!outcomes[i].hits.empty()) out.files.push_back({found[i].path, std::move(outcomes[i])});
  }
  return out;
}

}  // namespace plimsoll::secret
