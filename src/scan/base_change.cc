#include "scan/base_change.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "check/base_tag.h"
#include "check/view.h"
#include "core/layered_file_system.h"
#include "core/limits.h"
#include "core/splice.h"
#include "scan/fix_attempt.h"
#include "workload/image_facts.h"

namespace plimsoll::scan {
namespace {

tl::unexpected<Error> refuse(std::string reason, const std::string& path) {
  return fail(ErrorCode::kUsage, std::move(reason), path);
}

/// A Dockerfile and the stage whose FROM names the image.
struct Place {
  SourceFile source;
  dockerfile::Dockerfile file;
  const dockerfile::Stage* stage = nullptr;
  ImageReference reference;

  Place(const std::string& path, std::string text)
      : source(path, std::move(text)), file(dockerfile::parse(source)) {}
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
};

bool is_fatal(const dockerfile::Dockerfile& file) {
  return std::any_of(file.problems.begin(), file.problems.end(),
                     [](const dockerfile::Problem& problem) { return problem.fatal; });
}

Result<std::unique_ptr<Place>> find_place(std::string text, const std::string& path,
                                          std::string_view name) {
  auto place = std::make_unique<Place>(path, std::move(text));
  if (is_fatal(place->file)) {
    return fail(ErrorCode::kInvalid, place->file.problems.front().message, path);
  }
  const dockerfile::Stage* wanted =
      name.empty() ? place->file.target_stage() : place->file.find_stage(name);
  if (wanted == nullptr) {
    return refuse(name.empty() ? "it has no FROM" : "it has no stage '" + std::string(name) + '\'',
                  path);
  }
  place->stage = place->file.lineage(*wanted).back();
  if (!place->stage->image_known) {
    return refuse("the base image depends on a variable without default", path);
  }
  if (place->stage->image_expanded == "scratch") {
    return refuse("it is built on scratch, which holds nothing", path);
  }
  auto reference = parse_image_reference(place->stage->image_expanded);
  if (!reference) return refuse("its base is no image reference", path);
  place->reference = *std::move(reference);
  return place;
}

/// Commands of one distribution's package manager do not run on another's.
bool installs_packages(const Place& place) {
  constexpr std::string_view kManagers[] = {"apk",  "apt", "apt-get",  "aptitude", "dnf",
                                            "dpkg", "rpm", "microdnf", "yum",      "zypper"};
  for (const dockerfile::Instruction& instruction : place.file.instructions) {
    if (instruction.keyword != dockerfile::Keyword::kRun) continue;
    for (const shell::Command& command : instruction.script.commands) {
      if (std::find(std::begin(kManagers), std::end(kManagers), command.name()) !=
          std::end(kManagers)) {
        return true;
      }
    }
  }
  return false;
}

dockerfile::Edits edits_for(const Place& place, const NewBase& base) {
  const check::DockerfileView view = check::view_of(place.file, {});
  if (place.reference.digest.empty()) {
    return check::set_base_tag(view, *place.stage, place.reference, base.tag);
  }
  if (base.digest.empty()) {
    return tl::unexpected(std::string(
        "it is pinned by a digest, and the index has that of the new image not: add it from a "
        "registry or an OCI layout"));
  }
  return check::set_base_pin(view, *place.stage, base.tag, base.digest);
}

/// How often each rule fires where.
std::optional<std::map<std::string, int>> judge(const FileSystem& files, AuditOptions audit,
                                                const std::string& path) {
  audit.targets = {path};
  audit.only_rules.clear();
  audit.all_rules = true;
  audit.merged = false;
  const Report report = scan::audit(files, audit);
  if (!report.incomplete.empty()) return std::nullopt;
  std::map<std::string, int> counts;
  for (const Finding& finding : report.findings) ++counts[key_of(finding)];
  return counts;
}

/// Why the new text must not be; nothing when it is proven.
std::optional<std::string> objection(const FileSystem& files, const AuditOptions& audit,
                                     const Place& before, const std::string& text,
                                     const NewBase& base) {
  const std::string& path = before.source.path();
  const SourceFile source(path, text);
  const dockerfile::Dockerfile after = dockerfile::parse(source);
  if (is_fatal(after) || after.stages.size() != before.file.stages.size()) {
    return "the result would not be read as before";
  }
  for (std::size_t i = 0; i < after.stages.size(); ++i) {
    const dockerfile::Stage& stage = after.stages[i];
    const std::string& was = before.file.stages[i].image_expanded;
    if (i == before.stage->index || was == before.stage->image_expanded) {
      const auto now = parse_image_reference(stage.image_expanded);
      const bool is_meant = now && now->repository == before.reference.repository &&
                            (now->tag == base.tag || now->tag == before.reference.tag);
      if (!is_meant) return "another image would be built on than was meant";
    } else if (stage.image_expanded != was) {
      return "stage '" + std::string(stage.image_expanded) + "' would be built on something else";
    }
  }
  MemoryFileSystem edited;
  edited.add(path, text);
  const auto found = judge(files, audit, path);
  const auto left = judge(LayeredFileSystem(edited, files), audit, path);
  if (!found || !left) return "it cannot be judged whole";
  for (const auto& [key, count] : *left) {
    const auto old = found->find(key);
    if (old == found->end() || old->second < count) {
      return "the rule " + std::string(rule_of_key(key)) + " would find something new";
    }
  }
  return std::nullopt;
}

/// Stages that were built on the same image and still are.
std::vector<std::string> left_behind(const Place& before, const std::string& text) {
  std::vector<std::string> left;
  const SourceFile source(before.source.path(), text);
  const dockerfile::Dockerfile after = dockerfile::parse(source);
  for (const dockerfile::Stage& stage : after.stages) {
    if (stage.image_expanded != before.stage->image_expanded) continue;
    left.push_back(stage.name.empty() ? std::to_string(stage.index) : std::string(stage.name));
  }
  return left;
}

}  // namespace

Result<std::string> base_of_file(const FileSystem& files, const std::string& path,
                                 std::string_view stage) {
  auto text = files.read(path, limits::kDockerfileBytes);
  if (!text) return tl::unexpected(std::move(text.error()));
  const auto place = find_place(*std::move(text), path, stage);
  if (!place) return tl::unexpected(place.error());
  return (*place)->stage->image_expanded;
}

Result<BaseChange> change_base(const FileSystem& files, const AuditOptions& audit,
                               const std::string& path, std::string_view stage,
                               const NewBase& base) {
  auto text = files.read(path, limits::kDockerfileBytes);
  if (!text) return tl::unexpected(std::move(text.error()));
  const auto found = find_place(*text, path, stage);
  if (!found) return tl::unexpected(found.error());
  const Place& place = **found;
  ImageReference wanted = place.reference;
  wanted.tag = base.tag;
  if (family_of(wanted) != family_of(place.reference) && installs_packages(place)) {
    return refuse(
        "its RUN installs packages of another distribution, which a person has to "
        "translate",
        path);
  }
  const dockerfile::Edits edits = edits_for(place, base);
  if (!edits) return refuse(edits.error(), path);
  const auto plain = plain_edits(*edits);
  if (!plain) return refuse("its edits contradict each other", path);
  BaseChange change{.before = *std::move(text), .after = {}};
  change.after = splice(change.before, *plain);
  if (change.after == change.before) return refuse("it names that image already", path);
  if (auto reason = objection(files, audit, place, change.after, base)) {
    return refuse(*std::move(reason), path);
  }
  change.left = left_behind(place, change.after);
  return change;
}

}  // namespace plimsoll::scan
