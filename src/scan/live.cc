#include "scan/live.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
#include <utility>

#include "core/limits.h"
#include "core/parallel.h"

namespace plimsoll::scan {
namespace {

constexpr std::string_view kContainer = "container:";
constexpr std::string_view kEngine = "engine:";
/// An engine that answers each call just in time shall not hold up the run for hours.
constexpr std::chrono::minutes kPatience{5};

Loaded failed(std::string path, const Error& error) {
  Loaded loaded;
  loaded.path = std::move(path);
  const bool environment = error.code == ErrorCode::kEnvironment;
  loaded.incomplete.push_back({.stage = environment ? "engine" : "read",
                               .path = loaded.path,
                               .limit = error.to_line(),
                               .rejected = !environment,
                               .environment = environment});
  return loaded;
}

/// Names are letters, digits and a few marks, so they need no escapes.
std::string listing(const std::vector<Loaded>& containers) {
  std::string text = "{\n    \"Containers\": [";
  std::string_view between = "\n";
  for (const Loaded& container : containers) {
    text += between;
    text += "        \"" + container.path.substr(kContainer.size()) + '"';
    between = ",\n";
  }
  return text + "\n    ]\n}\n";
}

class Asking {
 public:
  Asking(const engine::Engine& engine, Progress* progress) : engine_(engine), progress_(progress) {}

  /// @param listed  it was there a moment ago, so it may be gone by now
  std::optional<Loaded> container(const std::string& name, const std::string& target, bool listed) {
    if (given_up_ || std::chrono::steady_clock::now() > deadline_) {
      ++left_out_;
      return std::nullopt;
    }
    auto description = engine_.describe(name);
    if (progress_ != nullptr) ++progress_->read;
    if (!description) {
      const Error& error = description.error();
      if (listed && error.code == ErrorCode::kNotFound) return std::nullopt;
      if (error.code == ErrorCode::kEnvironment) given_up_ = true;
      return failed(target, error);
    }
    bytes_ += description->text.size();
    if (bytes_ > limits::kEngineBytes) {
      ++left_out_;
      return std::nullopt;
    }
    std::string path = std::string(kContainer) + description->name;
    const Candidate candidate{path, FileKind::kJson, true};
    Loaded loaded =
        load_text(std::move(path), std::move(description->text), candidate, {.as_inspect = true});
    loaded.live = true;
    return loaded;
  }

  [[nodiscard]] std::size_t left_out() const { return left_out_; }

 private:
  const engine::Engine& engine_;
  Progress* progress_;
  const std::chrono::steady_clock::time_point deadline_ =
      std::chrono::steady_clock::now() + kPatience;
  std::atomic<bool> given_up_{false};
  std::atomic<std::size_t> bytes_{0};
  std::atomic<std::size_t> left_out_{0};
};

struct Wanted {
  std::string name;
  std::string target;
  bool listed = false;
};

}  // namespace

bool LiveTargets::take(std::string_view target) {
  if (target == kEngine) {
    all_ = true;
    return true;
  }
  if (!target.starts_with(kContainer)) return false;
  names_.emplace_back(target.substr(kContainer.size()));
  return true;
}

std::vector<Loaded> LiveTargets::load(const OpenEngine& open, std::size_t jobs,
                                      Progress* progress) const {
  std::vector<Loaded> loaded;
  const auto fail_all = [&](const Error& error) {
    for (const std::string& name : names_) {
      loaded.push_back(failed(std::string(kContainer) + name, error));
    }
    if (all_) loaded.push_back(failed(std::string(kEngine), error));
    return std::move(loaded);
  };
  if (!open) return fail_all(fail(ErrorCode::kEnvironment, "no engine can be asked here").value());
  const auto api = open();
  if (!api) return fail_all(api.error());
  const auto engine = engine::Engine::meet(**api);
  if (!engine) return fail_all(engine.error());

  std::vector<Wanted> wanted;
  for (const std::string& name : names_) wanted.push_back({name, std::string(kContainer) + name});
  Loaded host;
  host.path = kEngine;
  if (all_) {
    auto listed = engine->containers();
    if (!listed) return fail_all(listed.error());
    if (listed->size() > limits::kEngineContainers) {
      listed->resize(limits::kEngineContainers);
      host.incomplete.push_back({"limit", host.path, "containers of one engine",
                                 std::to_string(limits::kEngineContainers)});
    }
    for (engine::Listed& one : *listed) {
      wanted.push_back({std::move(one.id), std::string(kContainer) + one.name, true});
    }
  }

  Asking asking(*engine, progress);
  std::vector<std::optional<Loaded>> answers(wanted.size());
  if (progress != nullptr) progress->files += wanted.size();
  parallel_for(wanted.size(), jobs, [&](std::size_t i) {
    answers[i] = asking.container(wanted[i].name, wanted[i].target, wanted[i].listed);
  });
  for (auto& answer : answers) {
    if (answer) loaded.push_back(*std::move(answer));
  }
  const auto by_path = [](const Loaded& a, const Loaded& b) { return a.path < b.path; };
  std::stable_sort(loaded.begin(), loaded.end(), by_path);
  const auto is_same = [](const Loaded& a, const Loaded& b) { return a.path == b.path; };
  loaded.erase(std::unique(loaded.begin(), loaded.end(), is_same), loaded.end());
  if (asking.left_out() > 0) {
    host.incomplete.push_back({.stage = "engine",
                               .path = host.path,
                               .limit = "containers that were not asked for",
                               .value = std::to_string(asking.left_out()),
                               .environment = true});
  }
  if (all_ || !host.incomplete.empty()) {
    host.content = Content::kEngine;
    host.live = true;
    host.source = std::make_unique<SourceFile>(host.path, listing(loaded));
    loaded.push_back(std::move(host));
  }
  return loaded;
}

}  // namespace plimsoll::scan
