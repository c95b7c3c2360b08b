#include "base/tag.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "core/ascii.h"
#include "workload/distribution.h"
#include "workload/image_facts.h"

namespace plimsoll::base {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_channel(std::string_view word) {
  return is_one_of(word, {"current", "edge", "latest", "lts", "mainline", "oldstable", "rolling",
                          "stable", "testing", "unstable"});
}

bool is_day(std::string_view word) {
  return word.size() == 8 && ascii::is_number(word) && (word.starts_with("20"));
}

/// "3.13.0rc1", "3.13rc": what follows the numbers of a version and comes before a release.
bool is_early(std::string_view word) {
  const std::size_t letters = word.find_first_not_of("0123456789.");
  if (letters == std::string_view::npos) return false;
  const std::string_view rest = word.substr(letters);
  return rest.starts_with("rc") || rest.starts_with("alpha") || rest.starts_with("beta") ||
         rest.starts_with("a") || rest.starts_with("b") || rest.starts_with("RC");
}

std::string_view last_component(std::string_view repository) {
  return repository.substr(repository.rfind('/') + 1);
}

bool is_distroless(const ImageReference& reference) {
  return reference.registry == "gcr.io" && reference.repository.starts_with("distroless/");
}

class Reading {
 public:
  explicit Reading(const ImageReference& reference)
      : reference_(reference), own_product_(product_of(reference)) {}

  Tag read() {
    if (is_distroless(reference_)) {
      tag_.flavour = Flavour::kDistroless;
      read_distroless();
    }
    std::string_view rest = reference_.tag;
    if (rest.empty()) tag_.channel = "latest";
    for (bool first = true; !rest.empty(); first = false) take(next_word(rest), first);
    if (family_of(reference_) == ImageFamily::kAlpine && !is_distribution_image()) {
      tag_.flavour = std::max(tag_.flavour, Flavour::kAlpine);
    }
    if (family_of(reference_) == ImageFamily::kDistroless || reference_.registry == "cgr.dev") {
      tag_.flavour = Flavour::kDistroless;
    }
    // "slim" alone is that of the latest.
    const bool is_named = !tag_.version.empty() || !tag_.channel.empty() || !tag_.snapshot.empty();
    if (!is_named && !is_distroless(reference_)) tag_.channel = "latest";
    // Distroless images have their version in the repository, and tags for how they start.
    if (is_distroless(reference_) && !tag_.version.empty()) tag_.channel.clear();
    std::sort(tag_.variants.begin(), tag_.variants.end());
    return std::move(tag_);
  }

 private:
  /// `debian`, `alpine`: its version is that of the distribution.
  [[nodiscard]] bool is_distribution_image() const {
    return is_one_of(own_product_,
                     {"almalinux", "alpine-linux", "amazon-linux", "centos", "debian", "fedora",
                      "opensuse", "oracle-linux", "photon", "rocky-linux", "ubuntu"});
  }

  /// "python3-debian12": a version of the runtime and one of the distribution.
  void read_distroless() {
    std::string_view rest = last_component(reference_.repository);
    for (bool first = true; !rest.empty(); first = false) {
      const std::string_view word = next_word(rest);
      if (!first) {
        take_distribution(word);
        continue;
      }
      const std::size_t digits = word.find_first_of("0123456789");
      if (digits != std::string_view::npos) tag_.version = numbers_of(word.substr(digits));
    }
  }

  bool take_distribution(std::string_view word) {
    const auto known = distribution_of(word);
    if (!known) return false;
    if (known->release == nullptr) return known->family != ImageFamily::kUnknown;
    if (!own_product_.empty() && known->release->product == own_product_) {
      if (tag_.version.empty()) tag_.version = numbers_of(known->release->cycle);
      return true;
    }
    tag_.distribution = known->release->product;
    tag_.release = numbers_of(known->release->cycle);
    return true;
  }

  void take(std::string_view word, bool first) {
    const std::string_view version = version_of(word);
    if (is_day(word)) {
      tag_.snapshot = word;
    } else if (first && !version.empty()) {
      tag_.version = numbers_of(version);
      tag_.is_early = is_early(word.starts_with('v') ? word.substr(1) : word);
    } else if (first && is_channel(word)) {
      tag_.channel = word;
    } else if (is_one_of(word, {"slim", "minimal", "micro"})) {
      tag_.flavour = std::max(tag_.flavour, Flavour::kSlim);
    } else if (is_distroless(reference_) && is_one_of(word, {"nonroot"})) {
      // the same image, started as another user
    } else if (!take_distribution(word)) {
      // What is in the place of a version and is none is compared with itself only.
      if (first && !is_distroless(reference_)) {
        tag_.channel = word;
      } else {
        tag_.variants.emplace_back(word);
      }
    }
  }

  const ImageReference& reference_;
  std::string_view own_product_;
  Tag tag_;
};

/// Repositories by what is in them, by the last component of their names without its digits.
struct Runtime {
  std::string_view name;
  std::string_view runtime;
};
constexpr Runtime kRuntimes[] = {
    {"amazoncorretto", "java"},
    {"cc", "cc"},
    {"eclipse-temurin", "java"},
    {"go", "go"},
    {"golang", "go"},
    {"java", "java"},
    {"jdk", "java"},
    {"jre", "java"},
    {"node", "node"},
    {"nodejs", "node"},
    {"openjdk", "java"},
    {"python", "python"},
    {"rust", "rust"},
};

}  // namespace

std::string_view to_string(Flavour flavour) {
  switch (flavour) {
    case Flavour::kFull: return "full";
    case Flavour::kSlim: return "slim";
    case Flavour::kAlpine: return "alpine";
    case Flavour::kDistroless: return "distroless";
  }
  return "full";
}

Tag read_tag(const ImageReference& reference) {
  return Reading(reference).read();
}

std::string runtime_of(const ImageReference& reference) {
  std::string_view name = last_component(reference.repository);
  if (is_distroless(reference)) {
    name = name.substr(0, name.find('-'));
    name = name.substr(0, name.find_first_of("0123456789"));
  }
  const auto* const known = std::find_if(std::begin(kRuntimes), std::end(kRuntimes),
                                         [name](const Runtime& each) { return each.name == name; });
  return std::string(known == std::end(kRuntimes) ? name : known->runtime);
}

std::vector<std::uint32_t> numbers_of(std::string_view version) {
  std::vector<std::uint32_t> numbers;
  for (const std::string_view part : ascii::split(version, '.')) {
    constexpr std::size_t kMostDigits = 9;  // a day has eight
    if (!ascii::is_number(part) || part.size() > kMostDigits) return {};
    std::uint32_t number = 0;
    for (const char c : part) number = number * 10 + static_cast<std::uint32_t>(c - '0');
    numbers.push_back(number);
  }
  return numbers;
}

}  // namespace plimsoll::base
