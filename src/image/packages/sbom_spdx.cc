#include <set>
#include <unordered_map>
#include <utility>

#include "core/ascii.h"
#include "image/document_root.h"
#include "image/node_field.h"
#include "image/package_reader.h"
#include "image/sbom_package.h"
#include "image/spdx_tag_value.h"

namespace plimsoll::image {
namespace packages {
namespace {

/// What a part is for, where that says more than that it is a package.
enum class Purpose : std::uint8_t { kOther, kImage, kSystem };
Purpose purpose_of(std::string_view text) {
  if (ascii::iequals(text, "container")) return Purpose::kImage;
  const bool is_system = ascii::iequals(text, "operating-system") ||
                         ascii::iequals(text, "operating_system") || text == "operatingSystem";
  return is_system ? Purpose::kSystem : Purpose::kOther;
}

struct Part : SbomPart {
  Purpose purpose = Purpose::kOther;
};

/// The parts by their ids, and what the document is about: an image or a product that a bill of
/// materials describes is no part of itself. It counts where a package URL names it.
class Parts {
 public:
  void add(std::string_view id, Part part) { parts_.emplace_back(id, std::move(part)); }
  void describe(std::string_view id) { described_.emplace(id); }

  void add_to(PackageList& list, SbomSubject& subject) {
    for (auto& [id, part] : parts_) {
      if (part.purpose == Purpose::kSystem && subject.release.id.empty()) {
        subject.release = {.id = ascii::lower(part.name), .version_id = part.version};
      }
      if (subject.name.empty() && described_.contains(id) && is_image(part)) {
        subject.name = part.name;
        if (is_digest(part.version)) subject.digest = part.version;
      }
      if (part.purl.empty() && described_.contains(id)) continue;
      if (part.purl.starts_with("pkg:oci/") || part.purl.starts_with("pkg:docker/")) continue;
      if (auto package = package_of(SbomPart(std::move(part)))) list.add(*std::move(package));
    }
  }

 private:
  /// What is described and has a package URL may be a package alone.
  static bool is_image(const Part& part) {
    return part.purl.empty() || part.purpose == Purpose::kImage;
  }

  std::vector<std::pair<std::string, Part>> parts_;
  std::set<std::string, std::less<>> described_;
};

constexpr std::size_t kMostLicenses = 64;  // of one part

void take_license(std::string_view text, SbomPart& part) {
  if (part.licenses.size() >= kMostLicenses) return;
  if (text.empty() || text == "NOASSERTION" || text == "NONE") return;
  for (const std::string& each : part.licenses) {
    if (each == text) return;
  }
  part.licenses.emplace_back(text);
}

void take_reference(std::string_view type, std::string_view locator, SbomPart& part) {
  if (type == "purl" && part.purl.empty()) part.purl = locator;
  if (is_cpe(locator) && part.cpe.empty()) part.cpe = locator;
}

/// SPDX 2 as JSON or YAML.
void read_document(const PackageFile& file, const Node& root, Parts& parts) {
  for (const Node* id : items_of(root, "documentDescribes")) parts.describe(id->str());
  for (const Node* each : items_of(root, "relationships")) {
    const bool describes = field(*each, "relationshipType").starts_with("DESCRIBE") &&
                           field(*each, "spdxElementId") == "SPDXRef-DOCUMENT";
    if (describes) parts.describe(field(*each, "relatedSpdxElement"));
  }
  for (const Node* row : items_of(root, "packages")) {
    const Node* name = row->find("name");
    if (name == nullptr) continue;
    Part part;
    part.name = name->str();
    part.version = field(*row, "versionInfo");
    part.line = file.line_of(*name);
    part.purpose = purpose_of(field(*row, "primaryPackagePurpose"));
    take_license(field(*row, "licenseDeclared"), part);
    take_license(field(*row, "licenseConcluded"), part);
    for (const Node* each : items_of(*row, "externalRefs")) {
      take_reference(field(*each, "referenceType"), field(*each, "referenceLocator"), part);
    }
    parts.add(field(*row, "SPDXID"), std::move(part));
  }
}

/// SPDX 2 as lines; a package begins with its name.
void read_tags(std::string_view text, Parts& parts) {
  std::string_view id;
  Part part;
  const auto finish = [&] {
    if (!part.name.empty()) parts.add(id, std::exchange(part, {}));
    id = {};
  };
  for (const SpdxTag& each : spdx_tags(text)) {
    if (each.tag == "PackageName") {
      finish();
      part.name = each.value;
      part.line = each.line;
    } else if (each.tag == "FileName" || each.tag == "SnippetSPDXID") {
      finish();
    } else if (each.tag == "Relationship") {
      const std::vector<std::string_view> words = ascii::split(each.value, ' ');
      const bool describes =
          words.size() == 3 && words[0] == "SPDXRef-DOCUMENT" && words[1].starts_with("DESCRIBE");
      if (describes) parts.describe(words[2]);
    } else if (part.name.empty()) {
      continue;
    } else if (each.tag == "SPDXID") {
      id = each.value;
    } else if (each.tag == "PackageVersion") {
      part.version = each.value;
    } else if (each.tag == "PrimaryPackagePurpose") {
      part.purpose = purpose_of(each.value);
    } else if (each.tag == "PackageLicenseDeclared" || each.tag == "PackageLicenseConcluded") {
      take_license(each.value, part);
    } else if (each.tag == "ExternalRef") {
      // "PACKAGE-MANAGER purl pkg:…"
      const std::size_t type = each.value.find(' ');
      const std::size_t locator = each.value.rfind(' ');
      if (type == std::string_view::npos || type == locator) continue;
      take_reference(ascii::trim(each.value.substr(type, locator - type)),
                     each.value.substr(locator + 1), part);
    }
  }
  finish();
}

/// SPDX 3 as JSON-LD: a list of elements that refer to each other.
class Graph {
 public:
  explicit Graph(const Node& root) : elements_(items_of(root, "@graph")) {
    for (const Node* each : elements_) {
      std::string_view license = field(*each, "simplelicensing_licenseExpression");
      if (license.empty()) license = field(*each, "simplelicensing_licenseText");
      if (!license.empty()) licenses_.emplace(id_of(*each), license);
    }
  }

  void read(const PackageFile& file, Parts& parts) const {
    const auto licenses_of = licenses_by_package();
    for (const Node* each : elements_) {
      if (is_type(*each, "SpdxDocument") || is_type(*each, "software_Sbom")) {
        for (const Node* root : items_of(*each, "rootElement")) parts.describe(root->str());
      }
      if (!is_type(*each, "software_Package")) continue;
      Part part = part_of(file, *each);
      if (const auto found = licenses_of.find(id_of(*each)); found != licenses_of.end()) {
        for (const std::string_view license : found->second) take_license(license, part);
      }
      parts.add(id_of(*each), std::move(part));
    }
  }

 private:
  static std::string_view id_of(const Node& element) {
    const std::string_view id = field(element, "spdxId");
    return id.empty() ? field(element, "@id") : id;
  }
  static bool is_type(const Node& element, std::string_view wanted) {
    const std::string_view type = field(element, "type");
    return (type.empty() ? field(element, "@type") : type) == wanted;
  }
  static Part part_of(const PackageFile& file, const Node& element) {
    Part part;
    part.name = field(element, "name");
    part.version = field(element, "software_packageVersion");
    part.line = file.line_of(element);
    part.purpose = purpose_of(field(element, "software_primaryPurpose"));
    const std::string_view url = field(element, "software_packageUrl");
    if (!url.empty()) take_reference("purl", url, part);
    for (const Node* each : items_of(element, "externalIdentifier")) {
      const std::string_view identifier = field(*each, "identifier");
      take_reference(identifier.starts_with("pkg:") ? "purl" : "", identifier, part);
    }
    return part;
  }
  using ByPackage = std::unordered_map<std::string_view, std::vector<std::string_view>>;
  [[nodiscard]] ByPackage licenses_by_package() const {
    ByPackage all;
    for (const Node* each : elements_) {
      const std::string_view type = field(*each, "relationshipType");
      if (type != "hasDeclaredLicense" && type != "hasConcludedLicense") continue;
      for (const Node* to : items_of(*each, "to")) {
        const auto found = licenses_.find(to->str());
        if (found == licenses_.end()) continue;
        std::vector<std::string_view>& licenses = all[field(*each, "from")];
        if (licenses.size() < kMostLicenses) licenses.push_back(found->second);
      }
    }
    return all;
  }

  const std::vector<const Node*>& elements_;
  std::unordered_map<std::string_view, std::string_view> licenses_;
};

Result<void> read(PackageFile& file, PackageList& list) {
  SbomSubject subject;
  return read_spdx(file, list, subject);
}

}  // namespace

const PackageReader& sbom_spdx() {
  static constexpr PackageReader kReader{
      .kind = "sbom-spdx",
      .ecosystem = "",
      .files = "**/*.spdx **/*.spdx.json **/*.spdx.yml **/*.spdx.yaml **/.spdx.*.json",
      .read = read,
      .source = "https://spdx.github.io/spdx-spec/"};
  return kReader;
}

}  // namespace packages

Result<void> read_spdx(PackageFile& file, PackageList& list, SbomSubject& subject) {
  packages::Parts parts;
  const std::string_view text = ascii::trim(file.bytes());
  if (text.starts_with("SPDXVersion:") || ascii::contains(text, "\nSPDXVersion:")) {
    packages::read_tags(file.bytes(), parts);
  } else if (text.starts_with('{') || text.starts_with("\xEF\xBB\xBF{")) {
    const auto root = json_object(file, "SPDX document", {"spdxVersion", "@graph"});
    if (!root) return tl::unexpected(root.error());
    packages::read_document(file, **root, parts);
    packages::Graph(**root).read(file, parts);
  } else {
    const auto root = file.yaml();
    if (!root) return tl::unexpected(root.error());
    if ((*root)->find("spdxVersion") == nullptr) {
      return fail(ErrorCode::kInvalid, "no SPDX document: it has no 'spdxVersion'", file.path());
    }
    packages::read_document(file, **root, parts);
  }
  parts.add_to(list, subject);
  return {};
}

}  // namespace plimsoll::image
