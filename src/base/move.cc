#include "base/move.h"

#include <algorithm>

#include "base/tag.h"
#include "workload/image_name.h"

namespace plimsoll::base {
namespace {

using Numbers = std::vector<std::uint32_t>;

/// "debian 12" in two.
struct System {
  std::string id;
  Numbers release;
};

System system_of(const Named& image, const Tag& tag) {
  const std::size_t blank = image.os.find(' ');
  if (image.os.empty()) return {tag.distribution, tag.release};
  System system{image.os.substr(0, blank), {}};
  if (blank != std::string::npos) system.release = numbers_of(image.os.substr(blank + 1));
  // Debian's point releases and Alpine's patches are updates of one release.
  const std::size_t parts = system.id == "alpine" || system.id == "ubuntu" ? 2 : 1;
  if (system.release.size() > parts) system.release.resize(parts);
  return system;
}

bool is_alpine(const System& system) {
  return system.id == "alpine" || system.id == "alpine-linux";
}

/// Below 0 when `a` is the older, 0 when one of them says no more than the other.
int compare(const Numbers& a, const Numbers& b, std::size_t& differs) {
  const std::size_t common = std::min(a.size(), b.size());
  for (differs = 0; differs < common; ++differs) {
    if (a[differs] != b[differs]) return a[differs] < b[differs] ? -1 : 1;
  }
  return 0;
}

/// What an image has of the runtime: what it says itself, where that is what its tag means.
Numbers known_version(const Named& image, const Tag& tag) {
  const Numbers& said = image.version;
  const bool is_of_tag = tag.version.size() <= said.size() &&
                         std::equal(tag.version.begin(), tag.version.end(), said.begin());
  return is_of_tag ? said : tag.version;
}

Step step_between_versions(std::size_t differs) {
  return differs == 0 ? Step::kMajor : differs == 1 ? Step::kMinor : Step::kPatch;
}

class Steps {
 public:
  Steps(const Named& from, const Named& to)
      : from_(read_tag(from.reference)),
        to_(read_tag(to.reference)),
        from_version_(known_version(from, from_)),
        to_version_(known_version(to, to_)),
        from_system_(system_of(from, from_)),
        to_system_(system_of(to, to_)),
        is_distribution_(runtime_of(from.reference) == from_system_.id) {}

  std::optional<std::vector<Step>> find(const Named& from, const Named& to) {
    const bool same = image_name(from.reference) == image_name(to.reference);
    if (same && from.reference.effective_tag() == to.reference.effective_tag()) return refresh();
    if (runtime_of(from.reference) != runtime_of(to.reference)) return std::nullopt;
    // Who publishes it matters: another's image is an alternative only for having less in it.
    if (!same && to_.flavour != Flavour::kDistroless) return std::nullopt;
    const bool fits = version(same) && flavour() && variants(same) && distribution();
    if (!fits) return std::nullopt;
    std::sort(steps_.begin(), steps_.end());
    return std::move(steps_);
  }

 private:
  /// A patch is what a refresh is for. Whatever the tag stood for before, it is what a rebuild
  /// takes.
  std::vector<Step> refresh() {
    steps_ = {Step::kRefresh};
    std::size_t differs = 0;
    if (compare(from_version_, to_version_, differs) < 0 && differs < 2) {
      steps_.push_back(step_between_versions(differs));
    }
    if (compare(from_system_.release, to_system_.release, differs) < 0) {
      steps_.push_back(is_distribution_ ? step_between_versions(differs) : Step::kDistribution);
    }
    std::sort(steps_.begin(), steps_.end());
    steps_.erase(std::unique(steps_.begin(), steps_.end()), steps_.end());
    return std::move(steps_);
  }

  bool version(bool same) {
    if (to_.is_early && !from_.is_early) return false;
    if (from_.channel != to_.channel) {
      // Distroless images of a runtime without a version follow the newest.
      return !same && to_.version.empty();
    }
    if (from_.version.empty() != to_.version.empty()) return !same && to_.version.empty();
    // Nobody knows which release python:3 is, unless the image says so.
    const bool is_vague = to_version_.size() == 1 && from_version_.size() > 1;
    if (is_vague && same) return false;
    std::size_t differs = 0;
    const int order = compare(from_version_, to_version_, differs);
    if (order > 0) return false;
    if (order < 0) {
      steps_.push_back(step_between_versions(differs));
    } else if (from_.snapshot != to_.snapshot && !from_.snapshot.empty() && !to_.snapshot.empty()) {
      if (from_.snapshot > to_.snapshot) return false;
      steps_.push_back(Step::kPatch);
    }
    return true;
  }

  bool flavour() {
    if (to_.flavour < from_.flavour) return false;
    if (to_.flavour == from_.flavour) return true;
    switch (to_.flavour) {
      case Flavour::kSlim: steps_.push_back(Step::kSlim); break;
      case Flavour::kAlpine: steps_.push_back(Step::kAlpine); break;
      case Flavour::kDistroless: steps_.push_back(Step::kDistroless); break;
      case Flavour::kFull: break;
    }
    return true;
  }

  /// Another publisher has words of its own; "debug" puts in what distroless leaves out.
  [[nodiscard]] bool variants(bool same) const {
    if (!same) {
      return std::find(to_.variants.begin(), to_.variants.end(), "debug") == to_.variants.end();
    }
    return from_.variants == to_.variants;
  }

  bool distribution() {
    if (from_system_.id.empty() || to_system_.id.empty()) return true;
    if (from_system_.id != to_system_.id) {
      return to_.flavour == Flavour::kDistroless ||
             (to_.flavour == Flavour::kAlpine && is_alpine(to_system_));
    }
    std::size_t differs = 0;
    const int order = compare(from_system_.release, to_system_.release, differs);
    if (order > 0) return false;
    // Of an image of the distribution itself the version has said it.
    if (order < 0 && !is_distribution_) steps_.push_back(Step::kDistribution);
    return true;
  }

  Tag from_;
  Tag to_;
  Numbers from_version_;
  Numbers to_version_;
  System from_system_;
  System to_system_;
  bool is_distribution_;  ///< `from` is an image of a distribution and nothing else
  std::vector<Step> steps_;
};

}  // namespace

std::string_view to_string(Step step) {
  switch (step) {
    case Step::kRefresh: return "refresh";
    case Step::kPatch: return "patch";
    case Step::kSlim: return "slim";
    case Step::kMinor: return "minor";
    case Step::kDistribution: return "distribution";
    case Step::kAlpine: return "alpine";
    case Step::kMajor: return "major";
    case Step::kDistroless: return "distroless";
  }
  return "refresh";
}

std::string_view caveat(Step step) {
  switch (step) {
    case Step::kRefresh: return "the same tag, built later: rebuild and test";
    case Step::kPatch: return "the same release line: fixes only, by its makers' word";
    case Step::kSlim: return "fewer packages: what was used without being installed is missing";
    case Step::kMinor: return "a later release: read what it deprecates";
    case Step::kDistribution: return "other versions of the distribution's packages";
    case Step::kAlpine:
      return "musl instead of glibc, apk instead of apt: binary modules may have to be built anew";
    case Step::kMajor: return "a major release: it may break what runs on it";
    case Step::kDistroless:
      return "no shell and no package manager: RUN moves to a build stage, CMD to the exec form";
  }
  return "";
}

double effort(Step step) {
  switch (step) {
    case Step::kRefresh: return 1;
    case Step::kPatch: return 1.5;
    case Step::kSlim: return 2.5;
    case Step::kMinor: return 3;
    case Step::kDistribution: return 4;
    case Step::kAlpine: return 5;
    case Step::kMajor: return 6;
    case Step::kDistroless: return 8;
  }
  return 1;
}

std::optional<std::vector<Step>> steps_between(const Named& from, const Named& to) {
  return Steps(from, to).find(from, to);
}

}  // namespace plimsoll::base
