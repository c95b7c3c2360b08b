#include "advisory/vex_image.h"

#include <algorithm>
#include <utility>

#include "advisory/purl_match.h"
#include "core/ascii.h"

namespace plimsoll::advisory {
namespace {

/// part, vendor, product, version, … without what stands before them.
std::vector<std::string_view> cpe_fields(std::string_view cpe) {
  for (const std::string_view head : {"cpe:2.3:", "cpe:/"}) {
    if (cpe.starts_with(head)) return ascii::split(cpe.substr(head.size()), ':');
  }
  return {};
}

bool is_open(std::string_view field) {
  return field.empty() || field == "*" || field == "-";
}

bool is_same_repository(const ImageReference& a, const ImageReference& b) {
  return a.registry == b.registry && a.repository == b.repository;
}

}  // namespace

bool is_image_purl(std::string_view purl) {
  return purl.starts_with("pkg:oci/") || purl.starts_with("pkg:docker/");
}

// Sources: NISTIR 7695 (CPE 2.3 naming); CPE 2.2 Specification, 5.
bool is_cpe_of_release(std::string_view cpe, std::string_view system) {
  constexpr std::size_t kVendor = 1;
  constexpr std::size_t kProduct = 2;
  constexpr std::size_t kVersion = 3;
  const auto want = cpe_fields(cpe);
  const auto have = cpe_fields(system);
  if (want.size() <= kProduct || have.size() <= kProduct) return false;
  for (const std::size_t field : {kVendor, kProduct}) {
    if (is_open(want[field]) || !ascii::iequals(want[field], have[field])) return false;
  }
  if (want.size() == kVersion || is_open(want[kVersion])) return true;
  if (have.size() == kVersion || !have[kVersion].starts_with(want[kVersion])) return false;
  const std::string_view rest = have[kVersion].substr(want[kVersion].size());
  return rest.empty() || rest.front() == '.';
}

VexImage::VexImage(ImageIdentity identity) : identity_(std::move(identity)) {
  for (const std::string& text : identity_.references) {
    auto reference = parse_image_reference(text);
    if (!reference) continue;
    if (!reference->digest.empty()) identity_.digests.push_back(reference->digest);
    references_.push_back(*std::move(reference));
  }
}

bool VexImage::is(const VexComponent& component) const {
  if (has_digest(component.digest) || has_digest(component.id)) return true;
  if (is_reference(component.id)) return true;
  const auto url = comparable_purl(component.purl);
  if (!url) return false;
  if ((url->type == "oci" && is_oci(*url)) || (url->type == "docker" && is_docker(*url))) {
    return true;
  }
  return std::any_of(identity_.purls.begin(), identity_.purls.end(), [&url](const auto& each) {
    const auto own = comparable_purl(each);
    return own && purl_covers(*url, *own);
  });
}

bool VexImage::is_based_on(const VexComponent& component) const {
  return std::any_of(identity_.cpes.begin(), identity_.cpes.end(), [&component](const auto& each) {
    return is_cpe_of_release(component.cpe, each);
  });
}

bool VexImage::has_digest(std::string_view digest) const {
  return digest.starts_with("sha256:") &&
         std::find(identity_.digests.begin(), identity_.digests.end(), digest) !=
             identity_.digests.end();
}

/// Without a tag every version is meant, as it is with package URLs.
bool VexImage::is_reference(std::string_view text) const {
  if (text.empty() || ascii::contains(text, "://")) return false;
  const auto wanted = parse_image_reference(text);
  if (!wanted) return false;
  if (!wanted->digest.empty()) return has_digest(wanted->digest);
  return std::any_of(references_.begin(), references_.end(), [&wanted](const auto& own) {
    return is_same_repository(*wanted, own) &&
           (wanted->tag.empty() || wanted->tag == own.effective_tag());
  });
}

// Source: PURL-TYPES, "oci": the version is a digest, "repository_url" the repository with its
// registry. A digest says all there is to know; the same image may lie in another registry.
bool VexImage::is_oci(const PackageUrl& url) const {
  if (!url.version.empty()) return has_digest(url.version);
  for (const auto& [key, value] : url.qualifiers) {
    const bool is_known = key == "repository_url" || key == "tag" || key == "arch";
    if (!value.empty() && !is_known) return false;
  }
  const std::string_view arch = url.qualifier("arch");
  if (!arch.empty() && arch != identity_.architecture) return false;
  const std::string_view tag = url.qualifier("tag");
  const auto repository = parse_image_reference(url.qualifier("repository_url"));
  return std::any_of(references_.begin(), references_.end(), [&](const auto& own) {
    const std::string_view name =
        std::string_view(own.repository).substr(own.repository.rfind('/') + 1);
    if (name != url.name || (!tag.empty() && tag != own.effective_tag())) return false;
    if (url.qualifier("repository_url").empty()) return true;
    return repository && is_same_repository(*repository, own);
  });
}

// Source: PURL-TYPES, "docker": the version is a tag or a digest.
bool VexImage::is_docker(const PackageUrl& url) const {
  if (url.version.starts_with("sha256:")) return has_digest(url.version);
  std::string text(url.qualifier("repository_url"));
  if (!text.empty()) text += '/';
  if (!url.space.empty()) text += url.space + '/';
  text += url.name;
  if (!url.version.empty()) text += ':' + url.version;
  return is_reference(text);
}

}  // namespace plimsoll::advisory
