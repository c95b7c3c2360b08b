#include <algorithm>
#include <iterator>

#include "check/external_image.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "base-image-insecure-registry",
    .title = "An image comes from an insecure or misspelt registry",
    .severity = Severity::kHigh,
    .control = Control::kVerifiedSources,
    .enabled = true,
    .fix_safety = FixSafety::kNone,
    .why =
        "Over plain HTTP anyone on the way can replace the image; behind a misspelt registry sits "
        "whoever registered that name, and the build runs what he sends.",
    .fix_note = "Use HTTPS, and the registry's right name.",
    .sources =
        "https://docs.docker.com/reference/cli/dockerd/#insecure-registries "
        "https://docs.docker.com/engine/security/trust/",
};

struct Misspelling {
  std::string_view wrong;
  std::string_view right;
};

/// The short names: near ones exist that are somebody's real registry (icr.io, lscr.io), so these
/// are listed one by one.
constexpr Misspelling kMisspellings[] = {
    {"ghrc.io", "ghcr.io"},       {"gchr.io", "ghcr.io"},     {"ghcr.oi", "ghcr.io"},
    {"ghcr.com", "ghcr.io"},      {"gcr.oi", "gcr.io"},       {"gcr.com", "gcr.io"},
    {"grc.io", "gcr.io"},         {"quay.oi", "quay.io"},     {"qauy.io", "quay.io"},
    {"quya.io", "quay.io"},       {"docker.oi", "docker.io"}, {"dokcer.io", "docker.io"},
    {"dcoker.io", "docker.io"},   {"dockr.io", "docker.io"},  {"docekr.io", "docker.io"},
    {"dockerio.io", "docker.io"},
};

constexpr std::string_view kLongNames[] = {
    "mcr.microsoft.com",   "registry.k8s.io",    "public.ecr.aws",
    "registry.gitlab.com", "registry.redhat.io", "registry.access.redhat.com",
    "index.docker.io",     "docker.elastic.co",  "registry.hub.docker.com",
};

/// One letter left out, doubled, or swapped with the next: not one replaced, as real names differ
/// so.
bool is_slip_of(std::string_view text, std::string_view name) {
  const std::string_view longer = text.size() > name.size() ? text : name;
  const std::string_view shorter = text.size() > name.size() ? name : text;
  const auto [a, b] = std::mismatch(longer.begin(), longer.end(), shorter.begin(), shorter.end());
  const auto at = static_cast<std::size_t>(a - longer.begin());
  if (longer.size() == shorter.size()) {
    return at + 1 < text.size() && text[at] == name[at + 1] && text[at + 1] == name[at] &&
           text[at] != '.' && name[at] != '.' && text.substr(at + 2) == name.substr(at + 2);
  }
  if (longer.size() != shorter.size() + 1) return false;
  if (longer.substr(at + 1) != shorter.substr(at)) return false;
  const bool doubled = at > 0 && longer[at] == longer[at - 1];
  return text.size() < name.size() || doubled;
}

/// The well-known registry that `registry` is a slip of; "" when none.
std::string_view meant_by(std::string_view registry) {
  for (const Misspelling& each : kMisspellings) {
    if (registry == each.wrong) return each.right;
  }
  for (const std::string_view name : kLongNames) {
    if (registry == name) return {};
  }
  for (const std::string_view name : kLongNames) {
    if (is_slip_of(registry, name)) return name;
  }
  return {};
}

bool is_local(std::string_view registry) {
  const std::string_view host = registry.substr(0, registry.find(':'));
  return host == "localhost" || host.starts_with("127.") || host.ends_with(".localhost");
}

void judge(const ExternalImage& image, Sink& sink) {
  constexpr std::string_view kScheme = "http://";
  if (image.text.starts_with(kScheme)) {
    if (is_local(image.text.substr(kScheme.size()))) return;
    sink.report(image.span, "the image is addressed over plain HTTP");
    return;
  }
  // A registry has a dot or a port; most images name none.
  const std::size_t slash = image.text.find('/');
  if (slash == std::string_view::npos) return;
  const std::string_view registry = image.text.substr(0, slash);
  if (registry.find_first_of(".:") == std::string_view::npos || is_local(registry)) return;
  if (registry.ends_with(":80")) {
    sink.report(image.span, "port 80 of '" + std::string(registry.substr(0, registry.size() - 3)) +
                                "' is plain HTTP");
  } else if (const std::string_view meant = meant_by(registry); !meant.empty()) {
    sink.report(image.span, "the registry '" + std::string(registry) + "' looks like a misspelt '" +
                                std::string(meant) + "'");
  }
}

void check(const DockerfileView& view, Sink& sink) {
  for_each_external_image(view, [&](const ExternalImage& image) { judge(image, sink); });
}

constexpr Example kExamples[] = {
    {.name = "plain HTTP by its port", .before = "FROM «registry.example.com:80/a/b:1»\n"},
    {.name = "misspelt", .before = "FROM «ghrc.io/a/b:1»\n"},
    {.name = "two letters swapped", .before = "FROM «mcr.micorsoft.com/dotnet/aspnet:8.0»\n"},
    {.name = "a letter is missing",
     .before = "FROM scratch\nCOPY --from=«registry.k8.io/pause:3.9» /a /a\n"},
    {.name = "on this machine", .before = "FROM localhost:80/a\n"},
    {.name = "well-known ones",
     .before = "FROM ghcr.io/a/b:1\nFROM gcr.io/a/b:1\nFROM icr.io/a/b:1\nFROM lscr.io/a/b:1\n"
               "FROM mcr.microsoft.com/a:1\nFROM registry.k8s.io/pause:3.9\nFROM debian:12\n"},
    {.name = "others", .before = "FROM registry.example.com:5000/a/b:1\n"},
};

}  // namespace

const Rule& base_image_insecure_registry() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
