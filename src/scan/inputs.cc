#include "scan/inputs.h"

#include <utility>

#include "core/limits.h"
#include "core/parallel.h"
#include "scan/leave_out.h"
#include "scan/lock_files.h"

namespace plimsoll::scan {

void Inputs::load() {
  std::vector<std::string> on_disk;
  bool standard_input = false;
  LiveTargets live;
  for (const std::string& target : options_.targets) {
    if (target == "-") {
      standard_input = true;
    } else if (!live.take(target)) {
      on_disk.push_back(target);
    }
  }
  const bool with_lock_files = with_lock_files_ && !options_.as_inspect;
  discovery_ = discover(files_, on_disk, with_lock_files ? is_lock_file : nullptr);
  left_out_ = leave_out(options_.configuration, discovery_);
  const LoadOptions load_options{.as_inspect = options_.as_inspect};
  const std::size_t count = discovery_.candidates.size();
  targets_.resize(count + (standard_input ? 1 : 0));
  if (options_.progress != nullptr) options_.progress->files = count;
  parallel_for(count, options_.jobs, [&](std::size_t i) {
    targets_[i] = scan::load(files_, discovery_.candidates[i], load_options);
    if (options_.progress != nullptr) ++options_.progress->read;
  });
  if (standard_input) {
    const Candidate candidate{"-", FileKind::kNothing, true};
    targets_.back() = load_text("-", options_.standard_input, candidate, load_options);
  }
  if (!live.empty()) {
    for (Loaded& answer : live.load(options_.open_engine, options_.jobs, options_.progress)) {
      targets_.push_back(std::move(answer));
    }
  }
  for (Loaded& file : targets_) by_path_.emplace(file.path, &file);
}

const Loaded* Inputs::find(std::string_view path) const {
  const auto found = by_path_.find(std::string(path));
  return found == by_path_.end() ? nullptr : found->second;
}

Loaded* Inputs::find(std::string_view path) {
  const auto found = by_path_.find(std::string(path));
  return found == by_path_.end() ? nullptr : found->second;
}

Loaded& Inputs::add_extra(Loaded loaded) {
  Loaded& extra = extra_.emplace_back(std::move(loaded));
  by_path_[extra.path] = &extra;
  return extra;
}

Loaded& Inputs::refer(const std::string& path, FileKind kind) {
  if (Loaded* known = find(path)) return *known;
  return add_extra(scan::load(files_, Candidate{path, kind, false}, {}));
}

Loaded& Inputs::add_text(std::string path, std::string text, FileKind kind) {
  const Candidate candidate{path, kind, true};
  return add_extra(load_text(std::move(path), std::move(text), candidate, {}));
}

compose::Sources Inputs::compose_sources() {
  return {[this](const std::string& path) { return load_tree(path); },
          [this](const std::string& path) { return load_source(path); }};
}

Result<const Tree*> Inputs::load_tree(const std::string& path) {
  Loaded* file = find(path);
  if (file == nullptr || file->tree == nullptr) {
    // Parsed whatever its name and content: a base for `extends` need not look like Compose.
    auto text = files_.read(path, limits::kYamlBytes);
    if (!text) return tl::unexpected<Error>(text.error());
    Loaded loaded;
    loaded.path = path;
    loaded.source = std::make_unique<SourceFile>(path, std::move(*text));
    loaded.tree = parse_yaml(*loaded.source);
    file = &add_extra(std::move(loaded));
  }
  if (!file->tree->documents.empty()) return file->tree.get();
  const std::vector<TreeProblem>& problems = file->tree->problems;
  return fail(ErrorCode::kInvalid, problems.empty() ? "is empty" : problems.front().message, path);
}

Result<const SourceFile*> Inputs::load_source(const std::string& path) {
  const Loaded& file = refer(path, FileKind::kEnvironment);
  if (file.source != nullptr) return file.source.get();
  return fail(ErrorCode::kNotFound,
              file.incomplete.empty() ? "not found" : file.incomplete.front().limit, path);
}

void Inputs::release(std::vector<std::unique_ptr<SourceFile>>& into) {
  for (Loaded& file : targets_) {
    if (file.source != nullptr) into.push_back(std::move(file.source));
  }
  for (Loaded& file : extra_) {
    if (file.source != nullptr) into.push_back(std::move(file.source));
  }
}

}  // namespace plimsoll::scan
