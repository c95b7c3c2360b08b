#include "workload/newer_release.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/ascii.h"
#include "workload/distribution.h"
#include "workload/end_of_life.h"
#include "workload/end_of_life_table.h"

namespace plimsoll {
namespace {

/// Which of a product's cycles are meant to be stayed on.
enum class Line : std::uint8_t { kAll, kEvenMajor, kEvenMinor, kUbuntuLts, kJavaLts };

struct Product {
  std::string_view id;        ///< at endoflife.date
  std::string_view variants;  ///< words of a tag that each release has, blank separated
  Line line = Line::kAll;
  bool on_debian = false;  ///< each release also comes with the codename of each Debian
  bool has_data = false;   ///< another release cannot read what this one wrote
};
constexpr Product kProducts[] = {
    {"almalinux", "minimal"},
    {"alpine-linux", ""},
    {"amazon-linux", ""},
    {"apache-http-server", "alpine"},
    {"debian", "slim"},
    {"eclipse-temurin", "jre jdk alpine", Line::kJavaLts},
    {"fedora", ""},
    {"go", "alpine", Line::kAll, true},
    {"mariadb", "", Line::kAll, false, true},
    {"nginx", "alpine slim perl", Line::kEvenMinor, true},
    {"nodejs", "alpine slim", Line::kEvenMajor, true},
    {"oracle-linux", ""},
    {"perl", "slim", Line::kEvenMinor, true},
    {"php", "alpine apache cli fpm zts", Line::kAll, true},
    {"postgresql", "alpine", Line::kAll, false, true},
    {"python", "alpine slim", Line::kAll, true},
    {"redis", "alpine"},
    {"rocky-linux", "minimal"},
    {"ruby", "alpine slim", Line::kAll, true},
    {"ubuntu", "", Line::kUbuntuLts},
};
/// An image of Debian and nothing else.
constexpr Product kBuildpacks{"", "curl scm", Line::kAll, true};

/// Official images that end-of-life.tsv has no product for, with the line of releases that "latest"
/// is one of. Source: the images' pages at the Hub; such a tag stays when newer ones come.
struct SteadyTag {
  std::string_view image;  ///< familiar name
  std::string_view tag;
};
constexpr SteadyTag kSteadyTags[] = {
    {"adminer", "5"},
    {"busybox", "1.37"},
    {"caddy", "2"},
    {"couchdb", "3"},
    {"eclipse-mosquitto", "2"},
    {"memcached", "1.6"},
    {"mongo", "8"},
    {"mongo-express", "1.0"},
    {"nats", "2"},
    {"phpmyadmin", "5"},
    {"rabbitmq", "4"},
    {"redmine", "6"},
    {"registry", "3"},
    {"solr", "9"},
    {"wordpress", "6"},
    {"zookeeper", "3.9"},
};

const Product* find_product(std::string_view id) {
  const auto* const found = std::find_if(std::begin(kProducts), std::end(kProducts),
                                         [id](const Product& each) { return each.id == id; });
  return found == std::end(kProducts) ? nullptr : found;
}

bool has_variant(const Product& product, std::string_view word) {
  std::string_view rest = product.variants;
  while (!rest.empty()) {
    const std::size_t blank = rest.find(' ');
    if (rest.substr(0, blank) == word) return true;
    if (blank == std::string_view::npos) break;
    rest.remove_prefix(blank + 1);
  }
  return false;
}

std::vector<int> numbers_of(std::string_view version) {
  std::vector<int> numbers(1);
  for (const char c : version) {
    if (c == '.') {
      numbers.push_back(0);
    } else if (!ascii::is_digit(c) || numbers.back() > 1'000'000) {
      return {};
    } else {
      numbers.back() = numbers.back() * 10 + (c - '0');
    }
  }
  return numbers;
}

bool is_on(Line line, const std::vector<int>& numbers) {
  const int major = numbers[0];
  const int minor = numbers.size() > 1 ? numbers[1] : 0;
  switch (line) {
    case Line::kAll: return true;
    case Line::kEvenMajor: return major % 2 == 0;
    case Line::kEvenMinor: return minor % 2 == 0;
    case Line::kUbuntuLts: return major % 2 == 0 && minor == 4;
    case Line::kJavaLts: return major >= 17 && (major - 17) % 4 == 0;
  }
  return false;
}

const EndOfLifeTable::Row* newest(std::string_view id, Line line, Date today) {
  const EndOfLifeTable::Row* best = nullptr;
  std::vector<int> best_numbers;
  for (const EndOfLifeTable::Row& row : EndOfLifeTable::builtin().rows()) {
    if (row.cycle.product != id || row.cycle.ended(today)) continue;
    std::vector<int> numbers = numbers_of(row.cycle.cycle);
    if (numbers.empty() || !is_on(line, numbers) || numbers <= best_numbers) continue;
    best = &row;
    best_numbers = std::move(numbers);
  }
  return best;
}

bool is_plain_version(std::string_view word) {
  return !word.empty() && ascii::is_digit(word.front()) && version_of(word) == word &&
         word.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool is_codename(std::string_view word) {
  return !word.empty() && word.find_first_of("0123456789") == std::string_view::npos;
}

/// Rewrites a tag word by word.
class Tag {
 public:
  /// @param always  also from a release that still gets fixes
  Tag(const Product& product, Date today, bool always = false)
      : product_(product), today_(today), always_(always) {}

  std::optional<std::string> rewrite(std::string_view tag) {
    moves_ = must_move(tag);
    std::string result;
    for (bool first = true; !tag.empty(); first = false) {
      const std::string_view word = next_word(tag);
      auto written = first && is_plain_version(word) ? version(word) : other(word);
      if (!written) return std::nullopt;
      if (!first) result += '-';
      result += *written;
    }
    return result;
  }

 private:
  /// The release of the product itself has ended, or the distribution below it.
  [[nodiscard]] bool must_move(std::string_view tag) {
    while (!tag.empty()) {
      const auto distribution = distribution_of(next_word(tag));
      if (distribution && distribution->release != nullptr &&
          distribution->release->ended(today_)) {
        return true;
      }
    }
    return false;
  }

  std::optional<std::string> version(std::string_view word) {
    const EndOfLife* release = EndOfLifeTable::builtin().find(product_.id, word);
    if (release == nullptr) return std::nullopt;
    if (!release->ended(today_) && !always_) {
      // What was built on an older distribution is not built again on the next one.
      return std::string(moves_ ? release->cycle : word);
    }
    if (product_.has_data) return std::nullopt;
    const EndOfLifeTable::Row* next = newest(product_.id, product_.line, today_);
    if (next == nullptr) return std::nullopt;
    moves_ = true;
    return std::string(next->cycle.cycle);
  }

  std::optional<std::string> other(std::string_view word) {
    if (has_variant(product_, word)) return std::string(word);
    const auto distribution = distribution_of(word);
    if (!distribution) return std::nullopt;
    if (distribution->family == ImageFamily::kAlpine && has_variant(product_, "alpine")) {
      return std::string(moves_ ? "alpine" : word);
    }
    const EndOfLife* release = distribution->release;
    if (release == nullptr || !is_codename(word)) return std::nullopt;
    const bool own = release->product == product_.id;
    if (!own && (release->product != "debian" || !product_.on_debian)) return std::nullopt;
    if (!moves_ && !release->ended(today_)) return std::string(word);
    const EndOfLifeTable::Row* next =
        newest(release->product, own ? product_.line : Line::kAll, today_);
    if (next == nullptr || next->codename.empty()) return std::nullopt;
    return std::string(next->codename);
  }

  const Product& product_;
  Date today_;
  bool always_;
  bool moves_ = false;
};

bool any_ended(const ImageReference& reference, Date today) {
  const auto releases = end_of_life(reference);
  return std::any_of(releases.begin(), releases.end(),
                     [today](const EndOfLife& each) { return each.ended(today); });
}

}  // namespace

std::optional<std::string> supported_tag(const ImageReference& reference, Date today) {
  const Product* product = find_product(product_of(reference));
  if (product == nullptr && reference.familiar_name() == "buildpack-deps") product = &kBuildpacks;
  if (product == nullptr || reference.tag.empty()) return std::nullopt;
  auto tag = Tag(*product, today).rewrite(reference.tag);
  if (!tag || *tag == reference.tag) return std::nullopt;
  ImageReference moved = reference;
  moved.tag = *tag;
  if (any_ended(moved, today)) return std::nullopt;
  return tag;
}

std::optional<std::string> newest_tag(const ImageReference& reference, Date today) {
  const Product* product = find_product(product_of(reference));
  if (product == nullptr || reference.tag.empty()) return std::nullopt;
  auto tag = Tag(*product, today, true).rewrite(reference.tag);
  if (!tag || *tag == reference.tag) return std::nullopt;
  ImageReference moved = reference;
  moved.tag = *tag;
  const auto before = end_of_life(reference);
  const auto after = end_of_life(moved);
  if (before.empty() || after.empty() || any_ended(moved, today)) return std::nullopt;
  // "22.04.3" and "jammy" are spelled anew too, but are no other release.
  if (before.front().cycle == after.front().cycle) return std::nullopt;
  return tag;
}

std::vector<std::string> smaller_tags(const ImageReference& reference) {
  std::vector<std::string> tags;
  const Product* product = find_product(product_of(reference));
  if (product == nullptr) return tags;
  std::string_view rest = reference.tag;
  const std::string_view first = next_word(rest);
  const bool own = distribution_of(first) && product->id == "debian";  // debian:bookworm
  const EndOfLife* release = EndOfLifeTable::builtin().find(product->id, first);
  if (!own && (!is_plain_version(first) || release == nullptr)) return tags;
  while (!rest.empty()) {
    // "bookworm" says what the distribution is; anything else is a variant already.
    if (!is_codename(rest) || !distribution_of(next_word(rest))) return tags;
  }
  for (const std::string_view variant : {"slim", "alpine"}) {
    if (has_variant(*product, variant))
      tags.push_back(std::string(first) + '-' + std::string(variant));
  }
  return tags;
}

std::optional<std::string> current_tag(const ImageReference& reference, Date today) {
  const Product* product = find_product(product_of(reference));
  if (product == nullptr) {
    const auto* const steady = std::find_if(
        std::begin(kSteadyTags), std::end(kSteadyTags),
        [&](const SteadyTag& each) { return each.image == reference.familiar_name(); });
    return steady == std::end(kSteadyTags) ? std::nullopt : std::optional<std::string>(steady->tag);
  }
  if (any_ended(reference, today)) return std::nullopt;
  // nginx and perl call what is in development "latest", and Java's "latest" is any release.
  const Line line =
      product->line == Line::kEvenMinor && product->id == "nginx" ? Line::kAll : product->line;
  const EndOfLifeTable::Row* now = newest(product->id, line, today);
  if (now == nullptr) return std::nullopt;
  return std::string(now->cycle.cycle);
}

}  // namespace plimsoll
