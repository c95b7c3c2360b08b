#include "cli/base_question.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/advise.h"
#include "base/detect.h"
#include "base/index.h"
#include "cli/database.h"
#include "cli/output.h"
#include "report/counts.h"

namespace plimsoll::cli {
namespace {

/// What an image is built on, as far as that can be known.
struct FoundBase {
  std::string name;                    ///< as people write it; "" when nobody says it
  const base::Entry* entry = nullptr;  ///< of the index
  bool is_certain = false;             ///< `entry` is that very image
  std::string evidence;
  std::optional<report::Document> document;  ///< with its packages
  std::vector<std::string> environment;      ///< that it and what is built on it have
};

/// The lowest layers of an image and what they brought. What later layers upgraded or removed is
/// missing from it.
report::Document lowest_layers(const report::Document& image, std::size_t layers) {
  report::Document base{.version = image.version};
  base.image = image.image;
  base.image->layers.resize(layers);
  base.image->bytes = 0;
  base.image->digest.clear();
  for (const ImageSummary::Layer& layer : base.image->layers) base.image->bytes += layer.bytes;
  for (const Package& package : image.packages) {
    const auto at = report::layer_of(image, package);
    if (at && *at < layers) base.packages.push_back(package);
  }
  return base;
}

class Answering {
 public:
  Answering(const BaseQuestion& question, ImageJudge& judge) : question_(question), judge_(judge) {}

  Result<BaseAnswer> operator()() {
    index_ = base::Index::open(default_bases());
    for (const Error& problem : index_.problems()) {
      complain(problem.to_line());
      answer_.status = Exit::kIncomplete;
    }
    FoundBase found;
    if (!question_.target.empty()) {
      auto read = judge_.read(question_.target);
      if (!read) return tl::unexpected(std::move(read.error()));
      answer_.status = worse(answer_.status, complain_about(read->document));
      found = base_of(*read);
      const report::Document& document = read->document;
      if (!is_itself_) answer_.advice.yours = base::figures_of(question_.target, document, today_);
      answer_.advice.advisories_made = document.advisories_made;
    } else {
      found = by_name(question_.base, {}, "named by " + question_.said_by);
    }
    if (auto told = tell(std::move(found)); !told) return tl::unexpected(told.error());
    return std::move(answer_);
  }

 private:
  /// Of the names that an image of the index has, the one that was asked for, if it has that.
  std::string name_of(const base::Entry& entry, std::string name) const {
    const std::string asked = base::familiar(question_.base);
    const bool has_it = std::any_of(entry.names.begin(), entry.names.end(), [&](const auto& each) {
      return base::familiar(each) == asked;
    });
    return has_it ? asked : name;
  }

  FoundBase base_of(JudgedImage& image) {
    ImageSummary& summary = *image.document.image;
    const std::string id = base::id_of(image.config_digest);
    if (const base::Entry* same = itself(id)) {
      is_itself_ = true;
      return {.name = name_of(*same, base::familiar(same->names.front())),
              .entry = same,
              .is_certain = true,
              .evidence = "the image is itself in the index",
              .document = std::move(image.document)};
    }
    if (const base::Entry* entry = base::detect_base(index_, id, summary)) {
      return {.name = name_of(*entry, summary.base->name),
              .entry = entry,
              .is_certain = true,
              .evidence = summary.base->layers == 1
                              ? std::string("its layer is the image's lowest")
                              : "its " + report::plural(summary.base->layers, "layer") +
                                    " are the image's lowest"};
    }
    FoundBase found;
    std::string said_by;
    if (!question_.base.empty()) {
      said_by = "named by " + question_.said_by;
      found = by_name(question_.base, summary.platform, said_by);
    } else if (summary.base && !summary.base->name.empty()) {
      said_by = "named by the image's label";
      found = by_name(summary.base->name, summary.platform, said_by);
    }
    if (!summary.base || summary.base->layers == 0) return found;
    // The image shows more of its base than another image of the same name.
    const std::size_t layers = std::min(summary.base->layers, summary.layers.size());
    found.entry = nullptr;
    found.is_certain = false;
    found.environment = image.settings.environment;
    found.document = lowest_layers(image.document, layers);
    found.evidence = said_by + (said_by.empty() ? "" : "; ") + "its lowest " +
                     report::plural(layers, "layer") +
                     ", says the history; what later layers changed of them is not seen";
    return found;
  }

  const base::Entry* itself(std::string_view id) const {
    const auto& entries = index_.entries();
    const auto found = std::find_if(entries.begin(), entries.end(), [id](const base::Entry& each) {
      return !id.empty() && each.id == id;
    });
    return found == entries.end() ? nullptr : &*found;
  }

  FoundBase by_name(const std::string& name, std::string_view platform, std::string evidence) {
    FoundBase found{.name = base::familiar(name), .evidence = std::move(evidence)};
    const auto reference = base::reference_of(name);
    if (!reference) return found;
    const bool is_pinned = !reference->digest.empty();
    const bool has_tag = !reference->effective_tag().empty();
    if (const base::Entry* pinned = index_.pinned(*reference)) {
      found.entry = pinned;
      found.is_certain = true;
      if (!has_tag) found.name = name_in(*pinned, *reference);
      return found;
    }
    // A digest alone is of one image only.
    if (!has_tag) {
      found.name = reference->familiar_name() + '@' + reference->digest;
      return found;
    }
    const auto entries = index_.named(name, platform);
    if (entries.empty()) return found;
    found.is_certain = question_.target.empty() && !is_pinned;
    found.entry = entries.back();
    found.evidence += is_pinned ? "; the index does not have its digest, and this is the newest of "
                                  "its name there"
                                : "; taken for the newest of this name in the index";
    return found;
  }

  /// The first name that an image of the index has in this repository.
  static std::string name_in(const base::Entry& entry, const ImageReference& repository) {
    for (const std::string& each : entry.names) {
      const auto reference = base::reference_of(each);
      if (reference && reference->familiar_name() == repository.familiar_name()) {
        return base::familiar(each);
      }
    }
    return {};
  }

  /// Whether what was said of the base is what was found.
  [[nodiscard]] bool is_as_said(const FoundBase& found) const {
    const auto said = base::reference_of(question_.base);
    if (!said) return question_.base.empty();
    const bool is_that_name = base::familiar(question_.base) == found.name;
    if (said->digest.empty()) return is_that_name;
    const bool is_that_digest = found.entry != nullptr && found.entry->digest == said->digest;
    return is_that_digest || (is_that_name && !found.is_certain);
  }

  Result<void> tell(FoundBase found) {
    report::BaseAdvice& advice = answer_.advice;
    answer_.is_as_said = is_as_said(found);
    advice.evidence = found.evidence;
    std::optional<report::Document> base;
    if (found.document) {
      base = std::move(found.document);
      if (!is_itself_) {
        if (auto judged = judge_.judge(*base); !judged) return judged;
      }
    } else if (found.entry != nullptr) {
      auto read = judge_.read(index_, *found.entry);
      if (read) {
        base = std::move(read->document);
      } else {
        if (read.error().code == ErrorCode::kEnvironment) return tl::unexpected(read.error());
        complain(read.error().to_line());
        answer_.status = worse(answer_.status, Exit::kIncomplete);
      }
    }
    const auto reference = base::reference_of(found.name);
    if (reference) advice.worth_adding = base::worth_adding(index_, *reference, today_);
    if (base) {
      const std::string name = found.name.empty() ? "lowest layers" : found.name;
      advice.base = base::figures_of(name, *base, today_);
      if (found.entry != nullptr) advice.base->digest = found.entry->digest;
      advice.advisories_made = base->advisories_made;
      if (reference) {
        if (auto weighed = weigh(found, *reference, *base); !weighed) return weighed;
      }
    }
    advice.next_step = next_step(found);
    return {};
  }

  [[nodiscard]] bool is_asked_about(const base::Alternative& alternative) const {
    const bool is_refresh = alternative.steps.front() == base::Step::kRefresh;
    if (is_refresh ? question_.only_update : question_.only_refresh) return false;
    if (question_.tag.empty()) return true;
    const auto reference = base::reference_of(alternative.name);
    return reference && reference->tag == question_.tag;
  }

  Result<void> weigh(const FoundBase& found, const ImageReference& reference,
                     const report::Document& base) {
    base::Present present{.image = {.reference = reference,
                                    .os = base.image ? base.image->os : std::string(),
                                    .version = base::runtime_version(found.environment, reference)},
                          .platform = base.image ? base.image->platform : std::string(),
                          .entry = found.entry};
    if (base.image && found.entry == nullptr) present.before = base.image->created;
    for (const base::Alternative& alternative : base::alternatives(index_, present)) {
      if (!is_asked_about(alternative)) continue;
      auto read = judge_.read(index_, *alternative.entry);
      if (!read) {
        complain(read.error().to_line());
        answer_.status = worse(answer_.status, Exit::kIncomplete);
        continue;
      }
      auto weighed = base::weigh(alternative, base, read->document, today_);
      const bool is_refresh = alternative.steps.front() == base::Step::kRefresh;
      if (is_refresh) {
        answer_.advice.refresh = std::move(weighed);
      } else {
        answer_.advice.others.push_back(std::move(weighed));
      }
    }
    base::sort_by_rank(answer_.advice.others);
    return {};
  }

  [[nodiscard]] std::string next_step(const FoundBase& found) const {
    const report::BaseAdvice& advice = answer_.advice;
    if (found.name.empty()) {
      return "say what it is built on (--base NAME:TAG), or make its base known (plimsoll base "
             "add), so that it is told by its layers";
    }
    if (!advice.base) return "make the base known: plimsoll base add " + found.name;
    const bool refresh_helps = advice.refresh && advice.refresh->rank > 0;
    const bool other_helps = !advice.others.empty() && advice.others.front().rank > 0;
    if (refresh_helps && !(other_helps && advice.others.front().rank > advice.refresh->rank)) {
      const bool is_pinned = question_.base.find('@') != std::string::npos;
      const bool is_more = advice.refresh->steps.size() > 1;
      const std::string more = is_more ? "; mind: " + advice.refresh->caveats.back() : "";
      return (is_pinned ? "pin the newer " + found.name
                        : "rebuild on the newer " + found.name + " (docker build --pull)") +
             ": it " + advice.refresh->gain + more;
    }
    if (other_helps) {
      const report::BaseAlternative& best = advice.others.front();
      const auto now = base::reference_of(found.name);
      const auto then = base::reference_of(best.figures.name);
      const bool has_edit = now && then && now->familiar_name() == then->familiar_name();
      return "build on " + best.figures.name + ": it " + best.gain +
             (has_edit && question_.said_by == "--base"
                  ? " (plimsoll recommend --file Dockerfile shows the edit)"
                  : "");
    }
    if (!advice.worth_adding.empty()) {
      return "compare it with another base: plimsoll base add " + advice.worth_adding.front();
    }
    return "nothing: of what the index has, " + found.name + " is the best";
  }

  const BaseQuestion& question_;
  ImageJudge& judge_;
  base::Index index_;
  BaseAnswer answer_;
  bool is_itself_ = false;
  Date today_ = today();
};

}  // namespace

Result<BaseAnswer> answer(const BaseQuestion& question, ImageJudge& judge) {
  return Answering(question, judge)();
}

}  // namespace plimsoll::cli
