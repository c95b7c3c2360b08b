#include "image/registry/reference.h"

#include <algorithm>

#include "core/ascii.h"

namespace plimsoll::image::registry {
namespace {

constexpr std::size_t kLongestName = 255;
constexpr std::size_t kLongestTag = 128;

bool is_small(char c) {
  return ascii::is_lower(c) || ascii::is_digit(c);
}

/// [a-z0-9]+ parted by ".", "_", "__" or any number of "-".
bool is_component(std::string_view text) {
  if (text.empty() || !is_small(text.front()) || !is_small(text.back())) return false;
  std::size_t at = 0;
  while (at < text.size()) {
    if (is_small(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && !is_small(text[end])) ++end;
    const std::string_view parting = text.substr(at, end - at);
    const bool dashes =
        std::all_of(parting.begin(), parting.end(), [](char c) { return c == '-'; });
    if (!dashes && parting != "." && parting != "_" && parting != "__") return false;
    at = end;
  }
  return true;
}

bool is_host(std::string_view text) {
  const std::size_t bracket = text.rfind(']');
  const std::size_t colon = text.rfind(':');
  std::string_view name = text;
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    const std::string_view port = text.substr(colon + 1);
    if (!ascii::is_number(port) || port.size() > 5) return false;
    name = text.substr(0, colon);
  }
  if (name.starts_with('[')) {
    return name.size() > 2 && name.ends_with(']') &&
           std::all_of(name.begin() + 1, name.end() - 1,
                       [](char c) { return ascii::is_hex(c) || c == ':' || c == '.'; });
  }
  const auto parts = ascii::split(name, '.');
  return std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
    return !part.empty() && ascii::is_alnum(part.front()) && ascii::is_alnum(part.back()) &&
           std::all_of(part.begin(), part.end(),
                       [](char c) { return ascii::is_alnum(c) || c == '-'; });
  });
}

bool is_tag(std::string_view text) {
  return !text.empty() && text.size() <= kLongestTag && text.front() != '.' &&
         text.front() != '-' && std::all_of(text.begin(), text.end(), [](char c) {
           return ascii::is_name(c) || c == '.' || c == '-';
         });
}

}  // namespace

std::string Reference::to_string() const {
  std::string text = host + '/' + repository;
  if (!tag.empty()) text += ':' + tag;
  if (!digest.empty()) text += '@' + digest;
  return text;
}

bool is_sha256(std::string_view digest) {
  return digest.size() == 71 && digest.starts_with("sha256:") &&
         std::all_of(digest.begin() + 7, digest.end(),
                     [](char c) { return ascii::is_digit(c) || (c >= 'a' && c <= 'f'); });
}

Result<Reference> parse_reference(std::string_view text) {
  const auto refuse = [&text](const std::string& why) {
    return fail(ErrorCode::kUsage, "no image can be called so: " + why, std::string(text));
  };
  Reference reference;
  std::string_view rest = text;
  if (const std::size_t at = rest.find('@'); at != std::string_view::npos) {
    reference.digest = rest.substr(at + 1);
    rest = rest.substr(0, at);
    if (!is_sha256(reference.digest)) return refuse("what follows '@' is no sha256 digest");
  }
  const std::size_t slash = rest.find('/');
  const std::string_view first = rest.substr(0, slash);
  const bool has_host = slash != std::string_view::npos &&
                        (first == "localhost" || first.find_first_of(".:") != std::string::npos ||
                         std::any_of(first.begin(), first.end(), ascii::is_upper));
  if (has_host) {
    // Its case is kept: a host of one word is told from a folder of Docker Hub by it.
    reference.host = first;
    if (!is_host(first)) return refuse("'" + std::string(first) + "' is no host");
    rest.remove_prefix(slash + 1);
  }
  const std::size_t colon = rest.rfind(':');
  if (colon != std::string_view::npos && rest.find('/', colon) == std::string_view::npos) {
    reference.tag = rest.substr(colon + 1);
    rest = rest.substr(0, colon);
    if (!is_tag(reference.tag)) return refuse("what follows ':' is no tag");
  }
  const auto parts = ascii::split(rest, '/');
  if (!std::all_of(parts.begin(), parts.end(), is_component)) {
    return refuse("'" + std::string(rest) + "' is no repository");
  }
  if (rest.size() > kLongestName) return refuse("it is too long");
  reference.repository = rest;
  if (reference.host == "index.docker.io" || reference.host == "registry-1.docker.io") {
    reference.host = "docker.io";
  }
  if (reference.host == "docker.io" && parts.size() == 1)
    reference.repository.insert(0, "library/");
  if (reference.tag.empty() && reference.digest.empty()) reference.tag = "latest";
  return reference;
}

}  // namespace plimsoll::image::registry
