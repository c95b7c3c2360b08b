#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/file_system.h"
#include "scan/audit.h"
#include "scan/load.h"
#include "workload/compose.h"

namespace plimsoll::scan {

/// Every file of a run, parsed once: those that discovery brought, and those they refer to.
/// Addresses of Loaded are stable after load().
class Inputs {
 public:
  /// @param with_lock_files  discovery looks for them too
  Inputs(const FileSystem& files, const AuditOptions& options, bool with_lock_files = false)
      : files_(files), options_(options), with_lock_files_(with_lock_files) {}
  Inputs(const Inputs&) = delete;
  Inputs& operator=(const Inputs&) = delete;

  /// Discovers, reads and parses the targets, in parallel.
  void load();

  [[nodiscard]] std::vector<Loaded>& targets() { return targets_; }
  [[nodiscard]] const std::vector<Loaded>& targets() const { return targets_; }
  [[nodiscard]] const std::deque<Loaded>& extra() const { return extra_; }
  [[nodiscard]] const Discovery& discovery() const { return discovery_; }
  [[nodiscard]] const std::vector<LeftOut>& left_out() const { return left_out_; }
  [[nodiscard]] const FileSystem& files() const { return files_; }
  /// Absolute, or "" when it is not known.
  [[nodiscard]] const std::string& working_folder() const {
    return options_.configuration.working_folder;
  }

  /// Null when no file of this path was loaded.
  [[nodiscard]] Loaded* find(std::string_view path);
  [[nodiscard]] const Loaded* find(std::string_view path) const;
  /// A file that a target refers to; read at the first call. Its Loaded has no source when
  /// unreadable.
  Loaded& refer(const std::string& path, FileKind kind);
  /// Text that has no file of its own (dockerfile_inline).
  Loaded& add_text(std::string path, std::string text, FileKind kind);
  /// For compose::read.
  [[nodiscard]] compose::Sources compose_sources();

  /// Hands every SourceFile over to the report; trees that point into them stay valid.
  void release(std::vector<std::unique_ptr<SourceFile>>& into);

 private:
  Result<const Tree*> load_tree(const std::string& path);
  Result<const SourceFile*> load_source(const std::string& path);
  Loaded& add_extra(Loaded loaded);

  const FileSystem& files_;
  const AuditOptions& options_;
  const bool with_lock_files_;
  Discovery discovery_;
  std::vector<LeftOut> left_out_;
  std::vector<Loaded> targets_;
  std::deque<Loaded> extra_;
  std::unordered_map<std::string, Loaded*> by_path_;
};

}  // namespace plimsoll::scan
