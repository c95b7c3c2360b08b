#include "advisory/database_builder.h"

#include <zstd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <map>
#include <set>
#include <utility>

#include "advisory/affectedness.h"
#include "advisory/database_format.h"
#include "advisory/package_key.h"
#include "version/order.h"

namespace plimsoll::advisory {
namespace {

using namespace format;

constexpr int kTextLevel = 15;
constexpr std::size_t kMostDetails = 2000;  // bytes of a text that nobody reads whole here

/// Texts, each once. The reference is where its length stands; 0 is "".
class Strings {
 public:
  Strings() { put_text(bytes_, ""); }
  std::uint32_t operator()(std::string_view text) {
    if (text.empty()) return 0;
    const auto [known, is_new] =
        references_.try_emplace(std::string(text), static_cast<std::uint32_t>(bytes_.size()));
    if (is_new) put_text(bytes_, text);
    return known->second;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  std::unordered_map<std::string, std::uint32_t> references_;
};

void put_list(std::string& out, const std::vector<std::string>& list, Strings& strings) {
  put_number(out, list.size());
  for (const std::string& each : list) put_number(out, strings(each));
}

template <class Record>
void put_record(std::string& out, const Record& record) {
  static_assert(std::endian::native == std::endian::little, "the file is little-endian");
  std::array<char, sizeof(Record)> bytes{};
  std::memcpy(bytes.data(), &record, sizeof record);
  out.append(bytes.data(), bytes.size());
}

/// Some sources list every version that their ranges hold as well.
void drop_what_ranges_hold(Affected& affected) {
  const version::Order* order = version::find_order(affected.ecosystem);
  if (order == nullptr || affected.ranges.empty()) return;
  std::erase_if(affected.versions, [&](const std::string& version) {
    return order->is_valid(version) &&
           std::any_of(affected.ranges.begin(), affected.ranges.end(), [&](const Range& range) {
             return is_in({range.introduced, range.fixed, range.last_affected}, *order, version);
           });
  });
}

void put_affected(std::string& out, const Affected& affected, Strings& strings) {
  std::uint64_t flags = static_cast<std::uint64_t>(affected.status);
  if (!affected.note.empty()) flags |= kNote;
  if (!affected.severity.empty()) flags |= kSeverity;
  if (!affected.module.empty()) flags |= kModule;
  if (!affected.architectures.empty()) flags |= kArchitectures;
  if (!affected.versions.empty()) flags |= kVersions;
  if (!affected.symbols.empty()) flags |= kSymbols;
  put_number(out, flags);
  if ((flags & kNote) != 0) put_number(out, strings(affected.note));
  if ((flags & kSeverity) != 0) put_number(out, strings(affected.severity));
  if ((flags & kModule) != 0) put_number(out, strings(affected.module));
  if ((flags & kArchitectures) != 0) put_list(out, affected.architectures, strings);
  if ((flags & kVersions) != 0) put_list(out, affected.versions, strings);
  if ((flags & kSymbols) != 0) put_list(out, affected.symbols, strings);
  put_number(out, affected.ranges.size());
  for (const Range& range : affected.ranges) {
    put_number(out, strings(range.introduced));
    const bool is_last = range.fixed.empty() && !range.last_affected.empty();
    const std::uint64_t end = strings(is_last ? range.last_affected : range.fixed);
    put_number(out, end << 1U | (is_last ? 1U : 0U));
  }
}

/// A day is enough.
std::string_view day(std::string_view date) {
  return date.substr(0, 10);
}

void put_advisory(std::string& out, const Advisory& advisory, Strings& strings) {
  put_number(out, strings(advisory.id));
  put_list(out, advisory.aliases, strings);
  put_list(out, advisory.upstream, strings);
  put_number(out, strings(advisory.cvss));
  put_number(out, strings(advisory.severity));
  put_number(out, strings(day(advisory.published)));
  put_number(out, strings(day(advisory.modified)));
  put_list(out, advisory.weaknesses, strings);
}

std::string packed(const std::string& bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size =
      ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), kTextLevel);
  out.resize(ZSTD_isError(size) != 0 ? 0 : size);
  return out;
}

std::string texts_of(const std::vector<const Advisory*>& advisories) {
  std::vector<std::string> blocks;
  for (std::size_t from = 0; from < advisories.size(); from += kTextsPerBlock) {
    std::string block;
    const std::size_t to = std::min(from + kTextsPerBlock, advisories.size());
    for (std::size_t i = from; i < to; ++i) {
      const Advisory& each = *advisories[i];
      put_text(block, each.summary);
      put_text(block, each.details);
      put_number(block, each.references.size());
      for (const std::string& url : each.references) put_text(block, url);
    }
    blocks.push_back(packed(block));
  }
  std::string out;
  std::uint32_t at = static_cast<std::uint32_t>((blocks.size() + 1) * sizeof(std::uint32_t));
  put_record(out, at);
  for (const std::string& block : blocks) {
    at += static_cast<std::uint32_t>(block.size());
    put_record(out, at);
  }
  for (const std::string& block : blocks) out += block;
  return out;
}

std::uint16_t share(float value) {
  return static_cast<std::uint16_t>(std::lround(std::clamp(value, 0.0F, 1.0F) * 65535.0F));
}

EvidenceRecord record_of(std::uint32_t key, const Evidence& evidence) {
  using Exploitation = ExploitStatus::Exploitation;
  EvidenceRecord record{};
  record.key = key;
  std::uint32_t flags = 0;
  if (evidence.prediction) {
    flags |= kHasEpss;
    record.epss = share(evidence.prediction->score);
    record.percentile = share(evidence.prediction->percentile);
  }
  if (evidence.status) {
    flags |= kHasSsvc;
    if (evidence.status->exploitation == Exploitation::kProofOfConcept) flags |= kProofOfConcept;
    if (evidence.status->exploitation == Exploitation::kActive) flags |= kActive;
    if (evidence.status->is_automatable) flags |= kAutomatable;
    if (evidence.status->is_total) flags |= kTotal;
  }
  record.flags = static_cast<std::uint16_t>(flags);
  return record;
}

/// One file in the making.
class Writing {
 public:
  explicit Writing(std::vector<const Advisory*> advisories) : advisories_(std::move(advisories)) {}

  std::string& section(SectionKind kind) { return sections_[static_cast<std::size_t>(kind)]; }

  void put_advisories() {
    std::string& offsets = section(SectionKind::kOffsets);
    std::string& bytes = section(SectionKind::kAdvisories);
    put_record(offsets, static_cast<std::uint32_t>(advisories_.size()));
    for (std::size_t i = 0; i < advisories_.size(); ++i) {
      if (i % kAdvisoriesPerBlock == 0) {
        put_record(offsets, static_cast<std::uint32_t>(bytes.size()));
      }
      std::string one;
      put_advisory(one, *advisories_[i], strings_);
      put_text(bytes, one);
    }
    section(SectionKind::kTexts) = texts_of(advisories_);
  }

  void put_packages() {
    // By ecosystem and name; the entries of each in the order of the advisories.
    std::map<std::pair<std::string, std::string>,
             std::vector<std::pair<std::uint32_t, const Affected*>>>
        packages;
    for (std::uint32_t i = 0; i < advisories_.size(); ++i) {
      for (const Affected& affected : advisories_[i]->affected) {
        packages[{affected.ecosystem, affected.package}].emplace_back(i, &affected);
      }
    }
    std::map<std::string, std::uint32_t> names;
    for (const auto& [key, entries] : packages) names.try_emplace(key.first, 0);
    put_number(section(SectionKind::kNames), names.size());
    std::uint32_t index = 0;
    for (auto& [name, number] : names) {
      put_text(section(SectionKind::kNames), name);
      number = index++;
    }
    std::vector<std::uint32_t> slots(std::bit_ceil(packages.size() * 2 + 1), 0);
    std::string& bytes = section(SectionKind::kAffected);
    index = 0;
    for (const auto& [key, entries] : packages) {
      put_record(section(SectionKind::kPackages),
                 PackageRecord{strings_(key.second), names[key.first],
                               static_cast<std::uint32_t>(bytes.size())});
      std::size_t slot = hash_of(key.first, key.second) & (slots.size() - 1);
      while (slots[slot] != 0) slot = (slot + 1) & (slots.size() - 1);
      slots[slot] = ++index;
      put_number(bytes, entries.size());
      std::uint32_t last = 0;
      for (const auto& [advisory, affected] : entries) {
        put_number(bytes, advisory - last);
        last = advisory;
        put_affected(bytes, *affected, strings_);
      }
    }
    for (const std::uint32_t slot : slots) put_record(section(SectionKind::kSlots), slot);
  }

  /// Only of what an advisory names: nothing else is ever asked for.
  void put_evidence(const std::unordered_map<std::uint32_t, Evidence>& evidence) {
    // Updates of distributions have no score of their own: what another source gives holds.
    std::map<std::uint32_t, std::string_view> named;
    const auto name = [&named](std::string_view id, std::string_view cvss) {
      const auto key = cve_key(id);
      if (!key) return;
      std::string_view& known = named[*key];
      if (cvss > known) known = cvss;
    };
    for (const Advisory* advisory : advisories_) {
      name(advisory->id, advisory->cvss);
      for (const std::string& alias : advisory->aliases) name(alias, advisory->cvss);
      const bool is_one = advisory->upstream.size() == 1;
      for (const std::string& upstream : advisory->upstream) {
        name(upstream, is_one ? std::string_view(advisory->cvss) : std::string_view());
      }
    }
    std::uint16_t exploited = 0;
    for (const auto& [key, cvss] : named) {
      const auto found = evidence.find(key);
      const Evidence known = found == evidence.end() ? Evidence() : found->second;
      EvidenceRecord record = record_of(key, known);
      const bool has_own = known.status && !known.status->cvss.empty();
      record.cvss = strings_(has_own ? std::string_view(known.status->cvss) : cvss);
      if (const auto& entry = known.exploited; entry && exploited < UINT16_MAX) {
        record.exploited = ++exploited;
        std::string& bytes = section(SectionKind::kExploited);
        put_number(bytes, strings_(entry->added));
        put_number(bytes, strings_(entry->due));
        put_number(bytes, entry->is_used_by_ransomware ? 1 : 0);
        put_number(bytes, strings_(entry->name));
      }
      if (record.flags != 0 || record.cvss != 0 || record.exploited != 0) {
        put_record(section(SectionKind::kEvidence), record);
      }
    }
  }

  void put_sources(std::string_view made, const std::vector<DatabaseSource>& sources) {
    std::string& bytes = section(SectionKind::kSources);
    put_text(bytes, made);
    put_number(bytes, sources.size());
    for (const DatabaseSource& source : sources) {
      put_text(bytes, source.format);
      put_text(bytes, source.path);
      put_text(bytes, source.made);
      put_number(bytes, source.records);
      put_number(bytes, source.skipped);
    }
    struct Coverage {
      std::set<const Advisory*> advisories;
      std::string_view newest;
    };
    std::map<std::string_view, Coverage> coverage;
    for (const Advisory* advisory : advisories_) {
      for (const Affected& affected : advisory->affected) {
        Coverage& of = coverage[affected.ecosystem];
        of.advisories.insert(advisory);
        of.newest = std::max(of.newest, day(advisory->modified));
      }
    }
    put_number(bytes, coverage.size());
    for (const auto& [ecosystem, of] : coverage) {
      put_text(bytes, ecosystem);
      put_number(bytes, of.advisories.size());
      put_text(bytes, of.newest);
    }
  }

  std::string bytes() {
    section(SectionKind::kStrings) = strings_.bytes();
    constexpr std::size_t kAlignment = 8;
    std::string table;
    std::string body;
    const std::size_t start = sizeof(Header) + kSections * sizeof(Section);
    for (const std::string& each : sections_) {
      body.resize((body.size() + kAlignment - 1) / kAlignment * kAlignment);
      put_record(table,
                 Section{start + body.size(), each.size(), XXH3_64bits(each.data(), each.size())});
      body += each;
    }
    Header header{};
    std::copy(std::begin(kMagic), std::end(kMagic), header.magic);
    header.version = kVersion;
    header.sections = kSections;
    header.size = start + body.size();
    header.sum = XXH3_64bits(table.data(), table.size());
    std::string out;
    put_record(out, header);
    return out + table + body;
  }

 private:
  std::vector<const Advisory*> advisories_;
  Strings strings_;
  std::array<std::string, kSections> sections_;
};

}  // namespace

void DatabaseBuilder::begin(std::string_view format, std::string_view path) {
  const auto known = std::find_if(
      sources_.begin(), sources_.end(),
      [&](const DatabaseSource& each) { return each.format == format && each.path == path; });
  // The last one is where is added to.
  if (known != sources_.end()) {
    std::rotate(known, known + 1, sources_.end());
  } else {
    sources_.push_back({.format = std::string(format), .path = std::string(path)});
  }
}

void DatabaseBuilder::add(Advisory advisory) {
  ++sources_.back().records;
  // What nobody will read is not held until the end: public feeds have 800,000 advisories.
  if (advisory.details.size() > kMostDetails) {
    advisory.details.resize(kMostDetails);
    advisory.details.shrink_to_fit();
  }
  for (Affected& affected : advisory.affected) {
    affected.ecosystem = canonical_ecosystem(affected.ecosystem);
    affected.package = canonical_name(affected.ecosystem, affected.package);
    drop_what_ranges_hold(affected);
  }
  const std::string& format = sources_.back().format;
  const auto [known, is_new] = by_id_.try_emplace(format + ' ' + advisory.id, advisories_.size());
  if (is_new) {
    advisories_.push_back(std::move(advisory));
    return;
  }
  Advisory& before = advisories_[known->second];
  // An OSV record is whole; other sources tell of one vulnerability file by file.
  if (format == "osv") {
    if (advisory.modified > before.modified) before = std::move(advisory);
    return;
  }
  for (Affected& affected : advisory.affected) {
    const auto same = std::find(before.affected.begin(), before.affected.end(), affected);
    if (same == before.affected.end()) before.affected.push_back(std::move(affected));
  }
  before.is_withdrawn = before.is_withdrawn && advisory.is_withdrawn;
}

void DatabaseBuilder::add(KnownExploited entry) {
  ++sources_.back().records;
  if (const auto key = cve_key(entry.id)) evidence_[*key].exploited = std::move(entry);
}

void DatabaseBuilder::add(ExploitPrediction prediction) {
  ++sources_.back().records;
  if (const auto key = cve_key(prediction.id)) evidence_[*key].prediction = std::move(prediction);
}

void DatabaseBuilder::add(ExploitStatus status) {
  ++sources_.back().records;
  if (const auto key = cve_key(status.id)) evidence_[*key].status = std::move(status);
}

void DatabaseBuilder::skip(Error) {
  ++sources_.back().skipped;
}

void DatabaseBuilder::made(std::string_view date) {
  if (date > sources_.back().made) sources_.back().made = date;
}

std::string DatabaseBuilder::bytes(std::string_view made) const {
  std::vector<const Advisory*> advisories;
  for (const Advisory& each : advisories_) {
    if (!each.is_withdrawn && !each.affected.empty()) advisories.push_back(&each);
  }
  std::stable_sort(advisories.begin(), advisories.end(),
                   [](const Advisory* a, const Advisory* b) { return a->id < b->id; });
  Writing writing(std::move(advisories));
  writing.put_advisories();
  writing.put_packages();
  writing.put_evidence(evidence_);
  writing.put_sources(made, sources_);
  return writing.bytes();
}

}  // namespace plimsoll::advisory
