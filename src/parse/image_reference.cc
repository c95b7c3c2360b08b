#include "parse/image_reference.h"

#include <algorithm>
#include <optional>

#include "core/ascii.h"

namespace plimsoll {
namespace {

constexpr std::string_view kHub = "docker.io";
constexpr std::string_view kLegacyHub = "index.docker.io";
constexpr std::string_view kOfficial = "library/";
constexpr std::size_t kRepositoryBytes = 255;  // RepositoryNameTotalLengthMax
constexpr std::size_t kTagBytes = 128;
constexpr std::size_t kImageIdDigits = 64;

constexpr bool is_lower_hex(char c) {
  return ascii::is_digit(c) || (c >= 'a' && c <= 'f');
}
constexpr bool is_repository_alnum(char c) {
  return ascii::is_lower(c) || ascii::is_digit(c);
}

bool all_of(std::string_view text, bool (*predicate)(char)) {
  return std::all_of(text.begin(), text.end(), predicate);
}

/// How many bytes of a separator (`.`, `_`, `__` or any number of `-`) `text` starts with.
std::size_t separator_size(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] == '.') return 1;
  if (text[0] == '_') return text.size() > 1 && text[1] == '_' ? 2 : 1;
  return std::min(text.find_first_not_of('-'), text.size());
}

/// path-component ['/' path-component]*, a component being alnum+ (separator alnum+)*.
bool is_repository(std::string_view text) {
  std::size_t i = 0;
  for (;;) {
    const std::size_t word = i;
    while (i < text.size() && is_repository_alnum(text[i])) ++i;
    if (i == word) return false;
    if (i == text.size()) return true;
    if (text[i] == '/') {
      ++i;
      continue;
    }
    const std::size_t separator = separator_size(text.substr(i));
    if (separator == 0) return false;
    i += separator;
  }
}

bool is_domain_component(std::string_view text) {
  if (text.empty() || text.front() == '-' || text.back() == '-') return false;
  return all_of(text, [](char c) { return ascii::is_alnum(c) || c == '-'; });
}

bool is_host(std::string_view text) {
  if (text.starts_with('[')) {
    if (text.size() < 3 || !text.ends_with(']')) return false;
    return all_of(text.substr(1, text.size() - 2),
                  [](char c) { return ascii::is_hex(c) || c == ':'; });
  }
  for (;;) {
    const std::size_t dot = text.find('.');
    if (!is_domain_component(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool is_registry(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const bool has_port = colon != std::string_view::npos && !text.ends_with(']');
  if (!has_port) return is_host(text);
  return ascii::is_number(text.substr(colon + 1)) && is_host(text.substr(0, colon));
}

/// Whether the part before the first '/' names a registry and not a user of the Hub.
bool means_registry(std::string_view text) {
  if (text == "localhost") return true;
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return c == '.' || c == ':' || ascii::is_upper(c); });
}

bool is_tag(std::string_view text) {
  if (text.empty() || text.size() > kTagBytes || !ascii::is_name(text.front())) return false;
  return all_of(text, [](char c) { return ascii::is_name(c) || c == '.' || c == '-'; });
}

bool is_digest(std::string_view text) {
  struct Algorithm {
    std::string_view prefix;
    std::size_t digits;
  };
  constexpr Algorithm kAlgorithms[] = {{"sha256:", 64}, {"sha384:", 96}, {"sha512:", 128}};
  for (const Algorithm& algorithm : kAlgorithms) {
    if (!text.starts_with(algorithm.prefix)) continue;
    text.remove_prefix(algorithm.prefix.size());
    return text.size() == algorithm.digits && all_of(text, is_lower_hex);
  }
  return false;
}

/// Docker reads 64 hex digits as the id of a local image, never as a name.
bool is_image_id(std::string_view text) {
  return text.size() == kImageIdDigits && all_of(text, is_lower_hex);
}

tl::unexpected<Error> invalid(const char* why) {
  return fail(ErrorCode::kInvalid, why);
}

tl::unexpected<Error> invalid_repository(std::string_view repository) {
  if (std::any_of(repository.begin(), repository.end(), ascii::is_upper)) {
    return invalid("image repository must be lower case");
  }
  return invalid("image repository is not valid");
}

/// Cuts text after `at` off and returns it without the byte at `at`.
std::string_view cut(std::string_view& text, std::size_t at) {
  const std::string_view rest = text.substr(at + 1);
  text = text.substr(0, at);
  return rest;
}

}  // namespace

bool ImageReference::is_official() const {
  return registry == kHub && repository.starts_with(kOfficial) &&
         repository.find('/', kOfficial.size()) == std::string::npos;
}

std::string ImageReference::familiar_name() const {
  if (registry == kHub) {
    if (is_official() && !is_image_id(std::string_view(repository).substr(kOfficial.size()))) {
      return repository.substr(kOfficial.size());
    }
    // Without the registry, docker.io/a.b/c would read back as registry a.b.
    if (!means_registry(std::string_view(repository).substr(0, repository.find('/')))) {
      return repository;
    }
  }
  return registry + '/' + repository;
}

std::string_view ImageReference::effective_tag() const {
  if (tag.empty() && digest.empty()) return "latest";
  return tag;
}

Result<ImageReference> parse_image_reference(std::string_view text) {
  if (text.empty()) return invalid("image reference is empty");
  if (is_image_id(text)) return invalid("image reference is an image id, not a name");

  ImageReference reference;
  if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
    const std::string_view digest = cut(text, at);
    if (!is_digest(digest)) return invalid("image digest is not valid");
    reference.digest = digest;
  }
  const std::size_t last_slash = text.rfind('/');
  const std::size_t colon = text.rfind(':');
  if (colon != std::string_view::npos &&
      (last_slash == std::string_view::npos || colon > last_slash)) {
    const std::string_view tag = cut(text, colon);
    if (!is_tag(tag)) return invalid("image tag is not valid");
    reference.tag = tag;
  }

  std::string_view registry = kHub;
  std::string_view repository = text;
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos && means_registry(text.substr(0, slash))) {
    registry = text.substr(0, slash);
    repository = text.substr(slash + 1);
    if (registry == kLegacyHub) registry = kHub;
    if (!is_registry(registry)) return invalid("image registry is not valid");
  }
  const bool short_name = registry == kHub && !ascii::contains(repository, "/");
  if (repository.size() + (short_name ? kOfficial.size() : 0) > kRepositoryBytes) {
    return invalid("image repository is longer than 255 bytes");
  }
  if (!is_repository(repository)) return invalid_repository(repository);

  reference.registry = registry;
  if (short_name) reference.repository = kOfficial;
  reference.repository += repository;
  return reference;
}

std::string to_string(const ImageReference& reference) {
  std::string text;
  text.reserve(reference.registry.size() + reference.repository.size() + reference.tag.size() +
               reference.digest.size() + sizeof("/:latest@"));
  text.append(reference.registry).append(1, '/').append(reference.repository);
  if (const std::string_view tag = reference.effective_tag(); !tag.empty()) {
    text.append(1, ':').append(tag);
  }
  if (!reference.digest.empty()) text.append(1, '@').append(reference.digest);
  return text;
}

}  // namespace plimsoll
