#include "workload/distribution.h"

#include <algorithm>

#include "core/ascii.h"
#include "workload/end_of_life_table.h"

namespace plimsoll {
namespace {

struct KnownWord {
  std::string_view word;
  ImageFamily family;
  std::string_view product;    // at endoflife.date; "" when it has none or no version follows
  bool needs_version = false;  // an everyday word, or too short to mean anything alone
};

constexpr KnownWord kWords[] = {
    {"al", ImageFamily::kRedhat, "amazon-linux", true},
    {"almalinux", ImageFamily::kRedhat, "almalinux"},
    {"alpine", ImageFamily::kAlpine, "alpine-linux"},
    {"amazonlinux", ImageFamily::kRedhat, "amazon-linux"},
    {"azurelinux", ImageFamily::kOther, ""},
    {"busybox", ImageFamily::kBusybox, ""},
    {"centos", ImageFamily::kRedhat, "centos"},
    {"chiseled", ImageFamily::kDistroless, ""},
    {"debian", ImageFamily::kDebian, "debian"},
    {"distroless", ImageFamily::kDistroless, ""},
    {"fedora", ImageFamily::kRedhat, "fedora"},
    {"leap", ImageFamily::kOther, "opensuse", true},
    {"mariner", ImageFamily::kOther, ""},
    {"nanoserver", ImageFamily::kWindows, ""},
    {"oracle", ImageFamily::kRedhat, ""},
    {"oraclelinux", ImageFamily::kRedhat, "oracle-linux"},
    {"photon", ImageFamily::kOther, "photon"},
    {"rocky", ImageFamily::kRedhat, "rocky-linux", true},
    {"rockylinux", ImageFamily::kRedhat, "rocky-linux"},
    {"scratch", ImageFamily::kScratch, ""},
    {"stream", ImageFamily::kRedhat, "centos-stream", true},
    {"ubi", ImageFamily::kRedhat, "rhel"},
    {"ubuntu", ImageFamily::kUbuntu, "ubuntu"},
    {"windowsservercore", ImageFamily::kWindows, ""},
    {"wolfi", ImageFamily::kWolfi, ""},
};

bool is_version_char(char c) {
  return ascii::is_digit(c) || c == '.';
}

ImageFamily family_of_codename(const EndOfLife& release) {
  return release.product == "debian" ? ImageFamily::kDebian : ImageFamily::kUbuntu;
}

/// What may follow the digits of a version: nothing, or an update or a pre-release ("u292", "rc1").
bool is_version_suffix(std::string_view text) {
  if (text.empty()) return true;
  constexpr std::string_view kSuffixes[] = {"u", "rc", "alpha", "beta", "a", "b", "RC", "M"};
  return std::any_of(std::begin(kSuffixes), std::end(kSuffixes), [text](std::string_view suffix) {
    return text.starts_with(suffix) && ascii::is_number(text.substr(suffix.size()));
  });
}

}  // namespace

std::string_view next_word(std::string_view& rest) {
  const std::size_t end = std::min(rest.find_first_of("-_"), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

std::string_view version_of(std::string_view word) {
  if (word.starts_with('v')) word.remove_prefix(1);
  std::size_t size = 0;
  while (size < word.size() && is_version_char(word[size])) ++size;
  const std::string_view version = word.substr(0, size);
  if (version.empty() || version.front() == '.' || version.back() == '.') return {};
  return is_version_suffix(word.substr(size)) ? version : std::string_view{};
}

std::optional<Distribution> distribution_of(std::string_view word) {
  std::string_view name = word;
  while (!name.empty() && is_version_char(name.back())) name.remove_suffix(1);
  const std::string_view version = word.substr(name.size());
  if (!version.empty() && name.ends_with('-')) name.remove_suffix(1);

  const auto known =
      std::lower_bound(std::begin(kWords), std::end(kWords), name,
                       [](const KnownWord& a, std::string_view wanted) { return a.word < wanted; });
  if (known != std::end(kWords) && known->word == name) {
    if (known->needs_version && version.empty()) return std::nullopt;
    const EndOfLife* release = known->product.empty() || version.empty()
                                   ? nullptr
                                   : EndOfLifeTable::builtin().find(known->product, version);
    return Distribution{known->family, release};
  }
  if (const EndOfLife* release = EndOfLifeTable::builtin().find_codename(word)) {
    return Distribution{family_of_codename(*release), release};
  }
  return std::nullopt;
}

}  // namespace plimsoll
