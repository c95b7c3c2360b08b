#include "check/two_stage/final_stage.h"

#include <algorithm>
#include <utility>

#include "check/two_stage/layout.h"
#include "check/two_stage/placement.h"
#include "core/splice.h"
#include "parse/dockerfile_edit.h"

namespace plimsoll::check::two_stage {
namespace {

using dockerfile::Instruction;
using dockerfile::Keyword;

/// Rules that count what a second stage has as well, or look at it for the first time.
constexpr std::string_view kReveals =
    "base-image-not-pinned package-version-unpinned consecutive-runs root-filesystem-copied "
    "setuid-bits-kept app-files-writable copied-files-not-chowned label-missing "
    "recommended-packages-installed base-image-end-of-life base-image-not-minimal";

/// Makes text of a placement.
class Writer {
 public:
  Writer(const SingleStage& stage, const Plan& plan, Placement placement)
      : stage_(stage),
        plan_(plan),
        placement_(std::move(placement)),
        file_(stage.view.file),
        layout_(*stage.view.file.source) {}

  tl::expected<Fix, std::string> fix() {
    name_ = new_name();
    const bool taken = plan_.fork != nullptr && file_.find_stage(kShared) != nullptr &&
                       stage_.stage.name != kShared;
    if (name_.empty() || taken) return Reason("its stages have the names that a new one would get");
    std::vector<Edit> edits = plan_.edits;
    change_from(edits);
    prepare(edits);
    add_final_stage(edits);
    remove_all(edits);
    const auto plain = plain_edits(edits);
    if (!plain) return Reason("the changes it needs overlap");
    Fix fix{.title = "build in a stage of its own and ship '" +
                     (plan_.fork != nullptr ? std::string(stage_.stage.image) : plan_.image) + "'",
            .edits = guarded(*plain),
            .safety = FixSafety::kUnsafe,
            .advice = advice(),
            .reveals = kReveals};
    return fix;
  }

 private:
  /// Instructions that stand together go together, with the blank line that set them off.
  void remove_all(std::vector<Edit>& edits) {
    std::sort(
        placement_.removed.begin(), placement_.removed.end(),
        [](const Instruction* a, const Instruction* b) { return a->span.begin < b->span.begin; });
    for (std::size_t i = 0; i < placement_.removed.size(); ++i) {
      Span span = layout_.block_of(*placement_.removed[i]);
      while (i + 1 < placement_.removed.size() &&
             next_of(*placement_.removed[i]) == placement_.removed[i + 1]) {
        span.end = layout_.block_of(*placement_.removed[++i]).end;
      }
      if (span.begin == 0 || layout_.is_blank_above(span.begin)) {
        while (span.end < layout_.text().size() && layout_.line_at(span.end).empty())
          span.end = layout_.next_line(span.end + 1);
        while (layout_.is_blank_above(span.begin) &&
               layout_.is_blank_above(layout_.line_begin(span.begin - 1))) {
          span.begin = layout_.line_begin(span.begin - 1);
        }
      }
      // The file does not end in blank lines.
      const std::uint32_t build = layout_.next_line(placement_.point->full_span.end);
      while (span.end == layout_.text().size() && span.begin > build &&
             layout_.is_blank_above(span.begin)) {
        span.begin = layout_.line_begin(span.begin - 1);
      }
      edits.push_back({span, ""});
    }
  }
  [[nodiscard]] const Instruction* next_of(const Instruction& instruction) const {
    const Instruction* next = &instruction + 1;
    return next < file_.instructions.data() + file_.instructions.size() ? next : nullptr;
  }

  [[nodiscard]] std::string new_name() const {
    for (const char* name : {"build", "builder", "build-stage", "compile"}) {
      if (file_.find_stage(name) == nullptr) return name;
    }
    return {};
  }

  [[nodiscard]] std::string copy_line(const Result& result) const {
    const std::string chown = result.chown.empty() ? "" : " --chown=" + result.chown;
    return dockerfile::spelled(file_, Keyword::kCopy) + " --from=" + name_ + chown + ' ' +
           result.from + ' ' + result.to;
  }

  std::vector<std::string> lines_of_final_stage() {
    const auto spelled = [this](Keyword keyword) { return dockerfile::spelled(file_, keyword); };
    std::vector<std::string> lines;
    std::string from = spelled(Keyword::kFrom) + ' ' +
                       (plan_.fork != nullptr ? std::string(kShared) : plan_.image);
    if (!stage_.stage.name.empty()) {
      from += as_word() + std::string(stage_.stage.name);
    }
    lines.push_back(std::move(from));
    lines.insert(lines.end(), placement_.early.begin(), placement_.early.end());
    if (!plan_.environment.empty())
      lines.push_back(spelled(Keyword::kEnv) + ' ' + plan_.environment);
    if (plan_.port.empty() && placement_.workdir != nullptr && starts_there()) {
      lines.push_back(spelled(Keyword::kWorkdir) + ' ' + workdir_at_point());
    }
    for (const Result& result : plan_.results) lines.push_back(copy_line(result));
    if (!plan_.setup.empty()) lines.push_back(spelled(Keyword::kRun) + ' ' + plan_.setup);
    lines.insert(lines.end(), placement_.late.begin(), placement_.late.end());
    return lines;
  }

  /// The folder means something without the sources that lay there.
  [[nodiscard]] bool starts_there() const {
    // Another one follows before anything is done there.
    const auto instructions = stage_.instructions();
    const auto next =
        std::find_if(instructions.begin(), instructions.end(), [this](const Instruction& each) {
          return !placement_.is_above(each) &&
                 (each.keyword == Keyword::kWorkdir || each.keyword == Keyword::kRun ||
                  each.keyword == Keyword::kCopy || each.keyword == Keyword::kAdd);
        });
    if (next != instructions.end() && next->keyword == Keyword::kWorkdir &&
        next->args.text.starts_with('/')) {
      return false;
    }
    if (!plan_.only_program) return true;
    const bool copied =
        std::any_of(stage_.instructions().begin(), stage_.instructions().end(),
                    [this](const Instruction& each) {
                      return !placement_.is_above(each) &&
                             (each.keyword == Keyword::kCopy || each.keyword == Keyword::kAdd);
                    });
    const bool relative =
        std::any_of(stage_.starts.begin(), stage_.starts.end(), [](const Words& start) {
          return std::any_of(start.begin(), start.end(), [](std::string_view word) {
            return !word.starts_with('/') && (ascii::contains(word, "/") || word.ends_with(".jar"));
          });
        });
    return copied || relative;
  }

  [[nodiscard]] std::string workdir_at_point() const {
    const std::string_view written = placement_.workdir->args.text;
    if (written.starts_with('/')) return std::string(written);
    const Instruction* next = next_of(*placement_.workdir);
    return next == nullptr ? stage_.workdir : workdir_at(stage_, *next);
  }

  [[nodiscard]] std::string as_word() const {
    return dockerfile::spelled(file_, Keyword::kFrom) == "from" ? " as " : " AS ";
  }

  void change_from(std::vector<Edit>& edits) const {
    const dockerfile::Stage& stage = stage_.stage;
    const std::string name = plan_.fork != nullptr ? std::string(kShared) : name_;
    const std::string image =
        plan_.build_image.empty() ? std::string(stage.image) : plan_.build_image;
    if (stage.name.empty()) {
      edits.push_back({stage.image_span, image + as_word() + name});
      return;
    }
    if (image != stage.image) edits.push_back({stage.image_span, image});
    edits.push_back({stage.name_span, name});
  }

  void add_final_stage(std::vector<Edit>& edits) {
    const std::string end(dockerfile::line_end(file_));
    std::vector<std::string> lines = lines_of_final_stage();
    const Instruction* next = nullptr;
    for (const Instruction& each : stage_.instructions()) {
      if (placement_.is_above(each)) continue;
      if (std::find(placement_.removed.begin(), placement_.removed.end(), &each) !=
          placement_.removed.end())
        continue;
      next = &each;
      break;
    }
    if (next == nullptr) {
      lines.insert(lines.begin(), std::string());
      edits.push_back(dockerfile::insert_after(file_, *placement_.point, lines));
      return;
    }
    Edit edit = dockerfile::insert_before(file_, *next, lines);
    if (!layout_.is_blank_above(edit.span.begin)) edit.text.insert(0, end);
    edits.push_back(std::move(edit));
  }

  /// The build on what both stages have.
  void begin_build(std::vector<Edit>& edits) const {
    std::vector<std::string> lines = placement_.shared;
    if (!lines.empty()) lines.emplace_back();
    lines.push_back(dockerfile::spelled(file_, Keyword::kFrom) + ' ' + std::string(kShared) +
                    as_word() + name_);
    lines.insert(lines.end(), plan_.build_lines.begin(), plan_.build_lines.end());
    Edit edit = dockerfile::insert_before(file_, *plan_.fork, lines);
    if (placement_.shared.empty() && !layout_.is_blank_above(edit.span.begin)) {
      edit.text.insert(0, std::string(dockerfile::line_end(file_)));
    }
    edits.push_back(std::move(edit));
  }

  void prepare(std::vector<Edit>& edits) const {
    if (plan_.fork != nullptr) begin_build(edits);
    std::vector<std::string> lines;
    if (!plan_.preparation.empty()) {
      lines.push_back(dockerfile::spelled(file_, Keyword::kRun) + ' ' + plan_.preparation);
    }
    if (!plan_.environment.empty()) {
      lines.push_back(dockerfile::spelled(file_, Keyword::kEnv) + ' ' + plan_.environment);
    }
    if (!lines.empty()) edits.push_back(dockerfile::insert_before(file_, *placement_.first, lines));
  }

  /// All that stands in the stage is changed, if only to what it was: what another fix puts in
  /// there may be meant for either of the two stages, so that it has to wait. Each change takes the
  /// byte before and the one behind it, since an insertion at the edge of a change is none inside.
  [[nodiscard]] std::vector<Edit> guarded(const std::vector<Edit>& plain) const {
    const auto size = static_cast<std::uint32_t>(layout_.text().size());
    std::vector<Edit> groups;
    for (const Edit& edit : plain) {
      if (groups.empty() || edit.span.begin > groups.back().span.end + 2) {
        groups.push_back({edit.span, edit.text});
        continue;
      }
      Edit& last = groups.back();
      last.text += file_.source->slice({last.span.end, edit.span.begin});
      last.text += edit.text;
      last.span.end = edit.span.end;
    }
    std::vector<Edit> all;
    std::uint32_t at = groups.front().span.begin;
    for (Edit& group : groups) {
      if (group.span.begin > at) {
        --group.span.begin;
        group.text.insert(0, 1, layout_.text()[group.span.begin]);
        keep({at, group.span.begin}, all);
      }
      if (group.span.end < size) group.text += layout_.text()[group.span.end++];
      at = group.span.end;
      all.push_back(std::move(group));
    }
    keep({at, size}, all);
    return all;
  }
  void keep(Span span, std::vector<Edit>& edits) const {
    if (!span.empty()) edits.push_back({span, std::string(file_.source->slice(span))});
  }

  [[nodiscard]] std::string advice() const {
    std::string advice = plan_.advice;
    if (!placement_.packages.dropped.empty()) {
      if (!advice.empty()) advice += "; ";
      advice += "check that what it runs calls none of what the image no longer has:";
      std::string separator = " ";
      for (const std::string& name : placement_.packages.dropped) {
        advice += separator + name;
        separator = ", ";
      }
    }
    return advice;
  }

  const SingleStage& stage_;
  const Plan& plan_;
  Placement placement_;
  const dockerfile::Dockerfile& file_;
  const Layout layout_;
  std::string name_;
};

}  // namespace

tl::expected<Fix, std::string> write_final_stage(const SingleStage& stage, const Stack& stack,
                                                 const Plan& plan) {
  auto placement = place_instructions(stage, stack, plan);
  if (!placement) return Reason(std::move(placement.error()));
  return Writer(stage, plan, *std::move(placement)).fix();
}

}  // namespace plimsoll::check::two_stage
