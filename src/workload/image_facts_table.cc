#include "workload/image_facts_table.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/ascii.h"
#include "core/bug.h"
#include "embedded/image_facts.h"

namespace plimsoll {
namespace {

enum Column : std::size_t {
  kImage,
  kTags,
  kUser,
  kUidGid,
  kDropsRoot,
  kNonrootUser,
  kPorts,
  kVolumes,
  kWritablePaths,
  kCaps,
  kCapsNonroot,
  kHealthcheck,
  kHasHealthcheck,
  kNeedsInit,
  kFamily,
  kKind,
  kHasShell,
  kMinimalAlternative,
  kFileEnv,
  kConfidence,
  kNotes,
  kColumnCount,
};
constexpr std::string_view kHeader =
    "image\ttags\tuser\tuid_gid\tdrops_root\tnonroot_user\tports\tvolumes\twritable_paths\tcaps\t"
    "caps_nonroot\thealthcheck\thas_healthcheck\tneeds_init\tfamily\tkind\thas_shell\t"
    "minimal_alternative\tfile_env\tconfidence\tnotes";
constexpr std::string_view kNotKnown = "?";
constexpr std::string_view kNone = "-";

using Cells = std::array<std::string_view, kColumnCount>;

Cells cells_of(std::string_view line) {
  Cells cells;
  for (std::size_t column = 0; column < kColumnCount; ++column) {
    const std::size_t tab = line.find('\t');
    if ((tab == std::string_view::npos) != (column + 1 == kColumnCount)) {
      PL_BUG("image-facts.tsv: a row with too few or too many cells");
    }
    cells[column] = line.substr(0, tab);
    if (tab != std::string_view::npos) line.remove_prefix(tab + 1);
  }
  return cells;
}

/// Fills the empty cells of a row about some tags from the `*` row of its image.
void inherit(Cells& cells, const Cells& any_tag) {
  for (std::size_t column = 0; column < kColumnCount; ++column) {
    if (cells[column].empty()) cells[column] = any_tag[column];
  }
}

std::string_view text(std::string_view cell) {
  return cell == kNotKnown || cell == kNone ? std::string_view{} : cell;
}

ImageFacts::Words words(std::string_view cell) {
  if (cell.empty() || cell == kNotKnown) return std::nullopt;
  if (cell == kNone) return std::vector<std::string_view>{};
  return ascii::split(cell, ' ');
}

std::optional<bool> yes_or_no(std::string_view cell) {
  if (cell == "yes") return true;
  if (cell == "no") return false;
  if (!cell.empty() && cell != kNotKnown) PL_BUG("image-facts.tsv: neither yes nor no");
  return std::nullopt;
}

std::optional<std::uint32_t> id(std::string_view cell) {
  std::uint32_t value = 0;
  const auto result = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (result.ec != std::errc{} || result.ptr != cell.data() + cell.size()) return std::nullopt;
  return value;
}

template <class Enum>
struct Word {
  std::string_view word;
  Enum value;
};

constexpr Word<ImageFamily> kFamilies[] = {
    {"debian", ImageFamily::kDebian},         {"alpine", ImageFamily::kAlpine},
    {"ubuntu", ImageFamily::kUbuntu},         {"redhat", ImageFamily::kRedhat},
    {"distroless", ImageFamily::kDistroless}, {"scratch", ImageFamily::kScratch},
    {"busybox", ImageFamily::kBusybox},       {"wolfi", ImageFamily::kWolfi},
    {"windows", ImageFamily::kWindows},       {"other", ImageFamily::kOther},
};
constexpr Word<ImageKind> kKinds[] = {
    {"os", ImageKind::kOs},           {"language", ImageKind::kLanguage},
    {"sdk", ImageKind::kSdk},         {"server", ImageKind::kServer},
    {"tool", ImageKind::kTool},       {"distroless", ImageKind::kDistroless},
    {"minimal", ImageKind::kMinimal},
};
constexpr Word<DropsRoot> kDrops[] = {
    {"none", DropsRoot::kNone},
    {"entrypoint", DropsRoot::kEntrypoint},
    {"workers", DropsRoot::kWorkers},
};

template <class Enum, std::size_t kSize>
Enum value_of(const Word<Enum> (&table)[kSize], std::string_view cell) {
  if (cell.empty() || cell == kNotKnown) return Enum::kUnknown;
  for (const auto& entry : table) {
    if (entry.word == cell) return entry.value;
  }
  PL_BUG("image-facts.tsv: an unknown word");
}

template <class Enum, std::size_t kSize>
std::string_view word_of(const Word<Enum> (&table)[kSize], Enum value) {
  for (const auto& entry : table) {
    if (entry.value == value) return entry.word;
  }
  return "unknown";
}

ImageFacts facts_of(const Cells& cells) {
  const std::string_view ids = cells[kUidGid];
  const std::size_t colon = ids.find(':');
  ImageFacts facts;
  facts.image = cells[kImage];
  facts.tags = cells[kTags];
  facts.user = text(cells[kUser]);
  facts.nonroot_user = text(cells[kNonrootUser]);
  facts.uid = id(ids.substr(0, colon));
  if (colon != std::string_view::npos) facts.gid = id(ids.substr(colon + 1));
  facts.drops_root = value_of(kDrops, cells[kDropsRoot]);
  facts.ports = words(cells[kPorts]);
  facts.volumes = words(cells[kVolumes]);
  facts.writable_paths = words(cells[kWritablePaths]);
  facts.caps = words(cells[kCaps]);
  facts.caps_nonroot = words(cells[kCapsNonroot]);
  facts.healthcheck = text(cells[kHealthcheck]);
  facts.has_healthcheck = yes_or_no(cells[kHasHealthcheck]);
  facts.needs_init = yes_or_no(cells[kNeedsInit]);
  facts.family = value_of(kFamilies, cells[kFamily]);
  facts.kind = value_of(kKinds, cells[kKind]);
  facts.has_shell = yes_or_no(cells[kHasShell]);
  facts.minimal_alternative = text(cells[kMinimalAlternative]);
  facts.file_env = words(cells[kFileEnv]);
  facts.from_sources = cells[kConfidence] == "file";
  facts.notes = text(cells[kNotes]);
  return facts;
}

/// The rows without comments and without the line of column names.
std::vector<Cells> table_of(std::string_view text) {
  std::vector<Cells> table;
  bool header_seen = false;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.starts_with('#')) continue;
    if (!header_seen) {
      if (line != kHeader) PL_BUG("image-facts.tsv: other columns than expected");
      header_seen = true;
      continue;
    }
    table.push_back(cells_of(line));
  }
  return table;
}

}  // namespace

std::string_view to_string(ImageFamily family) {
  return word_of(kFamilies, family);
}
std::string_view to_string(ImageKind kind) {
  return word_of(kKinds, kind);
}

ImageFactsTable::ImageFactsTable(std::string_view text) {
  const std::vector<Cells> table = table_of(text);
  rows_.reserve(table.size());
  for (auto row = table.begin(); row != table.end(); ++row) {
    const auto any_tag =
        std::find_if(row, table.end(), [](const Cells& cells) { return cells[kTags] == "*"; });
    if (any_tag == table.end() || (*any_tag)[kImage] != (*row)[kImage]) {
      PL_BUG("image-facts.tsv: an image whose last row is not for every tag");
    }
    Cells cells = *row;
    inherit(cells, *any_tag);
    rows_.push_back(facts_of(cells));
  }
  index();
}

const ImageFactsTable& ImageFactsTable::builtin() {
  static const ImageFactsTable table(embedded::image_facts);
  return table;
}

void ImageFactsTable::index() {
  for (std::size_t begin = 0; begin < rows_.size();) {
    std::size_t end = begin + 1;
    while (end < rows_.size() && rows_[end].image == rows_[begin].image) ++end;
    ImageName name = image_name(rows_[begin].image);
    const bool is_prefix = name.repository.ends_with('*');
    if (is_prefix) name.repository.remove_suffix(name.repository == "*" ? 1 : 2);
    (is_prefix ? prefixes_ : exact_).push_back({name, begin, end});
    begin = end;
  }
  const auto by_name = [](const Group& a, const Group& b) { return a.name < b.name; };
  std::sort(exact_.begin(), exact_.end(), by_name);
  std::sort(prefixes_.begin(), prefixes_.end(), by_name);
}

std::span<const ImageFacts> ImageFactsTable::find_in(const std::vector<Group>& groups,
                                                     ImageName name) const {
  const auto group =
      std::lower_bound(groups.begin(), groups.end(), name,
                       [](const Group& a, const ImageName& b) { return a.name < b; });
  if (group == groups.end() || group->name != name) return {};
  return std::span(rows_).subspan(group->begin, group->end - group->begin);
}

std::span<const ImageFacts> ImageFactsTable::find(const ImageReference& reference) const {
  ImageName name = image_name(reference);
  if (const auto found = find_in(exact_, name); !found.empty()) return found;
  while (!name.repository.empty()) {
    const std::size_t slash = name.repository.rfind('/');
    name.repository = name.repository.substr(0, slash == std::string_view::npos ? 0 : slash);
    if (const auto found = find_in(prefixes_, name); !found.empty()) return found;
  }
  return {};
}

}  // namespace plimsoll
