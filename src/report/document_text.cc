#include "report/document_text.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/escape.h"

namespace plimsoll::report {
namespace {

void mend(std::string& text) {
  const bool is_ascii = std::all_of(text.begin(), text.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!is_ascii) text = to_utf8(text);
}

void mend(std::vector<std::string>& texts) {
  for (std::string& text : texts) mend(text);
}

template <class... Text>
void mend_all(Text&... texts) {
  (mend(texts), ...);
}

void mend(Package& package) {
  mend_all(package.name, package.version, package.ecosystem, package.purl, package.architecture,
           package.source_name, package.source_version, package.module_label, package.licenses,
           package.owner, package.path, package.tier, package.layer);
}

void mend(Vulnerability& one) {
  mend_all(one.id, one.aliases, one.title, one.details, one.url, one.references, one.fixed,
           one.upgrade, one.status, one.note, one.severity_source, one.cvss_vector, one.published,
           one.modified, one.weaknesses, one.tier, one.justification, one.reasons, one.why);
  if (one.suppressed) mend_all(one.suppressed->by, one.suppressed->reason, one.suppressed->until);
}

void mend(ImageSummary& image) {
  mend_all(image.reference, image.digest, image.platform, image.os, image.os_title, image.created,
           image.user, image.start);
  for (ImageSummary::Layer& layer : image.layers) {
    mend_all(layer.diff_id, layer.digest, layer.instruction, layer.place);
  }
  if (image.base) mend_all(image.base->name, image.base->digest, image.base->evidence);
  for (ImageSummary::Waste& waste : image.waste) {
    mend_all(waste.id, waste.title, waste.what, waste.paths, waste.advice);
  }
}

void mend(LockFile& file) {
  mend_all(file.path, file.kind);
  for (LockInstall& install : file.installs) mend_all(install.path, install.stage);
}

}  // namespace

void make_utf8(Document& document) {
  if (document.image) mend(*document.image);
  for (Package& package : document.packages) mend(package);
  for (Vulnerability& vulnerability : document.vulnerabilities) mend(vulnerability);
  for (LockFile& file : document.lock_files) mend(file);
  for (UnjudgedPackages& each : document.unjudged) mend_all(each.ecosystem, each.reason);
  mend(document.advisories_made);
}

}  // namespace plimsoll::report
