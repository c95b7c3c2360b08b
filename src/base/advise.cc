#include "base/advise.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/tag.h"
#include "report/comparison.h"
#include "report/counts.h"
#include "workload/end_of_life.h"
#include "workload/image_facts.h"
#include "workload/newer_release.h"

namespace plimsoll::base {
namespace {

/// What leaving a distribution that nobody fixes is worth: as much as what is found in it next.
constexpr double kOfSupport = 25;
/// A package less is one less to keep up with.
constexpr double kOfPackage = 0.02;

double cost(const std::vector<Step>& steps) {
  double sum = 0;
  for (const Step step : steps) sum += effort(step);
  return sum;
}

bool is_later(const Entry& entry, const Entry& present) {
  return std::tuple(std::string_view(entry.created), entry.turn) >
         std::tuple(std::string_view(present.created), present.turn);
}

/// The same for an image that is not in the index, of which is known by when it was made.
bool is_certainly_later(const Entry& entry, const Named& to, const Present& present,
                        const Named& from) {
  const bool has_versions = !from.version.empty() && !to.version.empty();
  if (has_versions && from.version != to.version) return from.version < to.version;
  const std::string_view before = moment_of(present.before);
  return !before.empty() && moment_of(entry.created) > before;
}

/// The steps, with what only the images themselves tell: which of one line is the later one.
std::optional<std::vector<Step>> steps_to(const Present& present, const Entry& entry,
                                          const ImageReference& reference) {
  Named from = present.image;
  if (present.entry != nullptr) {
    from.version = runtime_version(present.entry->settings.environment, from.reference);
  }
  const Named to{.reference = reference,
                 .os = entry.os,
                 .version = runtime_version(entry.settings.environment, reference)};
  auto steps = steps_between(from, to);
  if (!steps) return std::nullopt;
  const bool is_same_line = steps->empty() || steps->front() == Step::kRefresh;
  if (!is_same_line) return steps;
  const bool is_after = present.entry != nullptr ? is_later(entry, *present.entry)
                                                 : is_certainly_later(entry, to, present, from);
  if (!is_after) return std::nullopt;
  if (steps->empty()) steps->push_back(Step::kPatch);
  return steps;
}

/// How far another tag says as much as the present one: who wrote 3.11.4 wants no 3.11 for it.
int likeness(const Tag& a, const Tag& b) {
  return static_cast<int>(a.version.size() == b.version.size()) +
         static_cast<int>(a.distribution.empty() == b.distribution.empty()) +
         static_cast<int>(a.snapshot.empty() == b.snapshot.empty());
}

/// Whether `a` is less work than `b`, or is named more as the present image is.
bool is_better(const Alternative& a, const Alternative& b, const Tag& present) {
  const double difference = cost(a.steps) - cost(b.steps);
  if (difference != 0) return difference < 0;
  const auto likeness_of = [&present](const Alternative& each) {
    const auto reference = reference_of(each.name);
    return reference ? likeness(read_tag(*reference), present) : 0;
  };
  return likeness_of(a) > likeness_of(b);
}

std::string signed_number(std::ptrdiff_t number, std::string_view noun) {
  const std::size_t size = static_cast<std::size_t>(number < 0 ? -number : number);
  return report::plural(size, noun) + (number < 0 ? " less" : " more");
}

class Weighing {
 public:
  Weighing(const Alternative& alternative, const report::Document& present,
           const report::Document& other, Date today)
      : before_(figures_of("", present, today)),
        changes_(report::compare({&present}, {&other}, nullptr)) {
    result_.figures = figures_of(alternative.name, other, today);
    result_.figures.digest = alternative.entry->digest;
    for (const Step step : alternative.steps) {
      result_.steps.emplace_back(to_string(step));
      result_.caveats.emplace_back(caveat(step));
    }
    cost_ = cost(alternative.steps);
  }

  report::BaseAlternative weigh() {
    double gain = vulnerabilities() + support();
    sizes();
    gain += kOfPackage *
            (static_cast<double>(before_.packages) - static_cast<double>(result_.figures.packages));
    result_.rank = gain > 0 ? gain / cost_ : gain;
    if (!is_comparable()) result_.rank = std::min(result_.rank, 0.0);
    return std::move(result_);
  }

 private:
  void say(std::string reason) { result_.reasons.push_back(std::move(reason)); }
  /// The first that speaks for it is the one that is told in short.
  void praise(const std::string& reason) {
    if (result_.gain.empty()) result_.gain = reason;
  }
  [[nodiscard]] bool is_comparable() const {
    return result_.figures.is_judged && before_.is_judged;
  }

  double vulnerabilities() {
    if (!is_comparable()) {
      say(result_.figures.is_judged ? "what it mends is not known"
                                    : "its vulnerabilities are not known");
      return 0;
    }
    result_.mends = report::count_vulnerabilities(changes_.gone);
    result_.brings = report::count_vulnerabilities(changes_.fresh);
    const auto told = [](const report::VulnerabilityCounts& counts) {
      return counts.text() +
             (counts.exploited > 0 ? " (" + std::to_string(counts.exploited) + " exploited)" : "");
    };
    if (result_.mends.total() > 0) {
      praise("removes " + told(result_.mends));
      say("removes " + told(result_.mends));
    }
    if (result_.brings.total() > 0) say("brings " + told(result_.brings));
    if (changes_.gone.empty() && changes_.fresh.empty()) say("the same vulnerabilities");
    return result_.mends.weight() - result_.brings.weight();
  }

  double support() {
    if (!result_.figures.support.empty()) say(result_.figures.support);
    if (before_.has_ended && !result_.figures.has_ended) {
      praise("leaves a distribution that has ended: " + result_.figures.support);
    }
    return kOfSupport * (static_cast<double>(before_.has_ended) -
                         static_cast<double>(result_.figures.has_ended));
  }

  void sizes() {
    std::string text;
    if (before_.packages != result_.figures.packages) {
      text = signed_number(static_cast<std::ptrdiff_t>(result_.figures.packages) -
                               static_cast<std::ptrdiff_t>(before_.packages),
                           "package");
    }
    const std::uint64_t a = before_.bytes;
    const std::uint64_t b = result_.figures.bytes;
    if (a > 0 && b > 0 && a != b) {
      text += (text.empty() ? "" : ", ") + report::size_text(a > b ? a - b : b - a) +
              (a > b ? " less" : " more");
    }
    if (before_.packages > result_.figures.packages) praise("has " + text);
    if (!text.empty()) say(std::move(text));
  }

  report::ImageFigures before_;
  report::Comparison changes_;
  report::BaseAlternative result_;
  double cost_ = 1;
};

/// "node:*-slim" for node:20: only where the tag is a version alone is it certain what '*' is.
std::string from_facts(const ImageReference& reference) {
  const ImageFacts* facts = find_image_facts(reference);
  if (facts == nullptr || facts->minimal_alternative.empty()) return {};
  std::string pattern(facts->minimal_alternative);
  const std::size_t star = pattern.find('*');
  if (star == std::string::npos) return pattern;
  const bool is_version =
      !reference.tag.empty() && reference.tag.find_first_not_of("0123456789.") == std::string::npos;
  return is_version ? pattern.replace(star, 1, reference.tag) : std::string();
}

std::string support_of(const EndOfLife& release, Date today) {
  std::string text = std::string(release.title) + ' ' + std::string(release.cycle);
  if (!release.date) return text + " has no end of life yet";
  if (!release.ended(today)) return text + " gets fixes until " + to_string(*release.date);
  text += " ended on " + to_string(*release.date);
  if (release.extended && *release.extended > today) {
    text += ", others fix it until " + to_string(*release.extended);
  }
  return text;
}

}  // namespace

std::vector<Alternative> alternatives(const Index& index, const Present& present) {
  const Tag tag = read_tag(present.image.reference);
  std::map<std::string_view, Alternative> by_id;
  for (const Entry& entry : index.entries()) {
    if (present.entry != nullptr && entry.id == present.entry->id) continue;
    const bool fits =
        present.platform.empty() || entry.platform.empty() || present.platform == entry.platform;
    if (!fits) continue;
    for (const std::string& name : entry.names) {
      const auto reference = parse_image_reference(name);
      if (!reference) continue;
      // What a name was before is history.
      if (index.named(name, present.platform).back() != &entry) continue;
      auto steps = steps_to(present, entry, *reference);
      if (!steps) continue;
      Alternative& best = by_id[entry.id];
      Alternative found{&entry, familiar(name), *std::move(steps)};
      if (best.entry == nullptr || is_better(found, best, tag)) best = std::move(found);
    }
  }
  std::vector<Alternative> found;
  for (auto& [id, alternative] : by_id) found.push_back(std::move(alternative));
  std::sort(found.begin(), found.end(), [](const Alternative& a, const Alternative& b) {
    return std::tie(a.name, a.entry->id) < std::tie(b.name, b.entry->id);
  });
  return found;
}

std::vector<std::string> worth_adding(const Index& index, const ImageReference& reference,
                                      Date today) {
  std::vector<std::string> names;
  const auto offer = [&](const std::string& name) {
    const bool is_known = name.empty() || !index.named(name).empty() ||
                          std::find(names.begin(), names.end(), name) != names.end();
    const auto other = reference_of(name);
    const bool compares =
        other && steps_between({.reference = reference}, {.reference = *other}).has_value();
    if (!is_known && compares) names.push_back(name);
  };
  const std::string repository = reference.familiar_name() + ':';
  if (!reference.effective_tag().empty()) {
    offer(repository + std::string(reference.effective_tag()));
  }
  if (const auto tag = supported_tag(reference, today)) offer(repository + *tag);
  for (const std::string& tag : smaller_tags(reference)) offer(repository + tag);
  offer(from_facts(reference));
  if (const auto tag = newest_tag(reference, today)) offer(repository + *tag);
  return names;
}

report::ImageFigures figures_of(const std::string& name, const report::Document& document,
                                Date today) {
  report::ImageFigures figures{.name = name, .packages = document.packages.size()};
  const bool is_unknown = std::any_of(document.unjudged.begin(), document.unjudged.end(),
                                      [](const auto& each) { return each.is_of_system; });
  figures.is_judged = !document.advisories_made.empty() && !is_unknown;
  figures.counts = report::count_vulnerabilities(report::distinct_vulnerabilities(document));
  if (!document.image) return figures;
  figures.bytes = document.image->bytes;
  figures.digest = document.image->digest;
  const std::string& os = document.image->os;
  const std::size_t blank = std::min(os.find(' '), os.size());
  const EndOfLife* release = end_of_system(
      os.substr(0, blank), std::string_view(os).substr(std::min(blank + 1, os.size())));
  if (release != nullptr) {
    figures.support = support_of(*release, today);
    figures.has_ended = release->ended(today);
  }
  return figures;
}

report::BaseAlternative weigh(const Alternative& alternative, const report::Document& present,
                              const report::Document& other, Date today) {
  return Weighing(alternative, present, other, today).weigh();
}

void sort_by_rank(std::vector<report::BaseAlternative>& alternatives) {
  std::stable_sort(alternatives.begin(), alternatives.end(),
                   [](const auto& a, const auto& b) { return a.rank > b.rank; });
}

}  // namespace plimsoll::base
