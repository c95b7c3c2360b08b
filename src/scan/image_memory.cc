#include "scan/image_memory.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "archive/sha256.h"
#include "check/rule.h"
#include "image/byte_cache.h"
#include "image/image_answer.h"
#include "image/wire.h"

namespace plimsoll::scan {
namespace {

constexpr std::uint64_t kMostBytes = 256U << 20U;

/// Which build this is: rules change without a new version while they are worked on.
std::string program() {
  struct stat about {};
  if (::stat("/proc/self/exe", &about) != 0) return {};
  return std::to_string(about.st_size) + ' ' + std::to_string(about.st_mtim.tv_sec) + ' ' +
         std::to_string(about.st_mtim.tv_nsec) + ' ' + std::to_string(about.st_ino);
}

/// Everything that decides what is told, one after the other with its length.
class Key {
 public:
  Key& add(std::string_view text) {
    text_ += std::to_string(text.size()) + ':';
    text_ += text;
    return *this;
  }
  [[nodiscard]] std::string digest() const { return archive::sha256_of(text_).substr(7); }

 private:
  std::string text_;
};

std::string key_of(const image::SavedImage& image, const check::RuleOptions& rules) {
  const std::string build = program();
  const bool is_said = !image.config.empty() && !build.empty() && !image.layers.empty() &&
                       std::all_of(image.layers.begin(), image.layers.end(),
                                   [](const image::Layer& each) { return !each.diff_id.empty(); });
  if (!is_said) return {};
  Key key;
  key.add(build).add(image.config).add(image.digest).add(to_string(rules.today));
  key.add(rules.strict_labels ? "strict" : "");
  for (const std::string& registry : rules.trusted_registries) key.add(registry);
  for (const auto& [label, kind] : rules.label_schema) key.add(label).add(kind);
  key.add("annotations");
  for (const auto& [name, value] : image.annotations) key.add(name).add(value);
  return key.digest();
}

template <class From>
std::vector<std::uint32_t> numbers(const From& list) {
  return std::vector<std::uint32_t>(list.begin(), list.end());
}

/// False when it is of another number of controls.
template <class To>
bool fill(const std::vector<std::uint32_t>& list, To& into) {
  if (list.size() != into.size()) return false;
  for (std::size_t i = 0; i < list.size(); ++i) {
    into[i] = static_cast<typename To::value_type>(list[i]);
  }
  return true;
}

}  // namespace

ImageMemory::ImageMemory(std::string folder, std::uint64_t version, const image::SavedImage& image,
                         const check::RuleOptions& rules)
    : folder_(std::move(folder)), version_(version) {
  if (!folder_.empty()) key_ = key_of(image, rules);
}

std::optional<ImageMemory::Told> ImageMemory::find(const image::SavedImage& image,
                                                   const std::string& name) const {
  if (key_.empty()) return std::nullopt;
  const auto bytes = image::ByteCache(folder_, version_).find(key_);
  if (!bytes) return std::nullopt;
  auto answer = image::from_bytes<image::ImageAnswer>(*bytes);
  if (!answer || answer->waste.layers.size() != image.layers.size()) return std::nullopt;
  Told told;
  told.inventory.image = image;
  told.inventory.config = image::parse_image_config(image.config);
  told.inventory.release = std::move(answer->release);
  told.inventory.packages = std::move(answer->packages);
  told.inventory.secrets_sought = answer->secrets_sought;
  told.inventory.secrets = std::move(answer->secrets);
  told.waste = std::move(answer->waste);
  told.verdict.subject = {.id = name, .kind = "image", .name = name, .path = name};
  if (!fill(answer->applicable, told.verdict.applicable) ||
      !fill(answer->unknown, told.verdict.unknown) || !fill(answer->weight, told.verdict.weight)) {
    return std::nullopt;
  }
  for (image::KeptFinding& kept : answer->findings) {
    const check::Rule* const rule = check::find_rule(kept.rule);
    if (rule == nullptr) return std::nullopt;
    Finding& finding = told.verdict.findings.emplace_back();
    finding.rule = rule->meta.slug;
    finding.severity = kept.severity;
    finding.control = kept.control;
    finding.subject = name;
    finding.message = std::move(kept.message);
    finding.path = std::move(kept.path);
    finding.line = kept.line;
    finding.absence = kept.absence;
    for (auto& [key, value] : kept.evidence) finding.because(std::move(key), std::move(value));
  }
  return told;
}

void ImageMemory::keep(const image::Inventory& inventory, const image::Waste& waste,
                       const check::Verdict& verdict) const {
  if (key_.empty() || !inventory.problems.empty() || verdict.truncated) return;
  image::ImageAnswer answer{.release = inventory.release,
                            .packages = inventory.packages,
                            .secrets_sought = inventory.secrets_sought,
                            .secrets = inventory.secrets,
                            .waste = waste,
                            .applicable = numbers(verdict.applicable),
                            .unknown = numbers(verdict.unknown),
                            .weight = numbers(verdict.weight)};
  for (Package& package : answer.packages) package.files.clear();
  for (const Finding& finding : verdict.findings) {
    // One that points into a file or mends it is told by who has the file.
    if (finding.file != nullptr || finding.fix) return;
    image::KeptFinding& kept = answer.findings.emplace_back();
    kept.rule = finding.rule;
    kept.severity = finding.severity;
    kept.control = finding.control;
    kept.message = finding.message;
    kept.path = finding.path;
    kept.line = finding.line;
    kept.absence = finding.absence;
    for (const Fact& fact : finding.evidence) kept.evidence.emplace_back(fact.key, fact.value);
  }
  const image::ByteCache cache(folder_, version_);
  cache.keep(key_, image::to_bytes(answer));
  cache.shrink(kMostBytes);
}

}  // namespace plimsoll::scan
