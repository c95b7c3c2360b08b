#include "image/wire.h"

#include <cstdint>
#include <map>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace plimsoll::image {
namespace {

/// Numbers are of seven bits a byte, the lowest first (LEB128); texts and lists begin with how long
/// they are. Each type says once which fields it has, for both directions.
class Writer {
 public:
  static constexpr bool kReads = false;
  void number(std::uint64_t value) {
    while (value >= 0x80) {
      bytes += static_cast<char>(value | 0x80U);
      value >>= 7U;
    }
    bytes += static_cast<char>(value);
  }
  void text(const std::string& value) {
    number(value.size());
    bytes += value;
  }

  std::string bytes;
};

class Reader {
 public:
  static constexpr bool kReads = true;
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) break;
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) return value;
    }
    broken_ = true;
    return 0;
  }
  std::string text() {
    const std::uint64_t size = number();
    if (size > rest_.size()) {
      broken_ = true;
      return {};
    }
    std::string value(rest_.substr(0, static_cast<std::size_t>(size)));
    rest_.remove_prefix(static_cast<std::size_t>(size));
    return value;
  }
  /// How many things follow: each takes a byte at least.
  std::size_t count() {
    const std::uint64_t size = number();
    if (size <= rest_.size()) return static_cast<std::size_t>(size);
    broken_ = true;
    return 0;
  }
  void refuse() { broken_ = true; }
  [[nodiscard]] bool is_whole() const { return !broken_ && rest_.empty(); }
  [[nodiscard]] bool is_broken() const { return broken_; }

 private:
  std::string_view rest_;
  bool broken_ = false;
};

template <class Wire, class T>
requires std::is_unsigned_v<T> &&(!std::is_same_v<T, bool>)void pass(Wire& wire, T& value) {
  if constexpr (Wire::kReads) {
    value = static_cast<T>(wire.number());
  } else {
    wire.number(value);
  }
}

template <class Wire>
void pass(Wire& wire, bool& value) {
  if constexpr (Wire::kReads) {
    value = wire.number() != 0;
  } else {
    wire.number(value ? 1 : 0);
  }
}

template <class Wire>
void pass(Wire& wire, std::string& value) {
  if constexpr (Wire::kReads) {
    value = wire.text();
  } else {
    wire.text(value);
  }
}

/// @param last  the highest value there is
template <class Wire, class T>
void pass_choice(Wire& wire, T& value, T last) {
  auto number = static_cast<std::uint64_t>(value);
  pass(wire, number);
  if constexpr (Wire::kReads) {
    if (number > static_cast<std::uint64_t>(last)) {
      wire.refuse();
    } else {
      value = static_cast<T>(number);
    }
  }
}

template <class Wire, class T>
void pass(Wire& wire, std::vector<T>& list) {
  if constexpr (Wire::kReads) {
    const std::size_t count = wire.count();
    for (std::size_t i = 0; i < count && !wire.is_broken(); ++i) pass(wire, list.emplace_back());
  } else {
    wire.number(list.size());
    for (T& each : list) pass(wire, each);
  }
}

template <class Wire, class T>
void pass(Wire& wire, std::map<std::string, T, std::less<>>& map) {
  if constexpr (Wire::kReads) {
    const std::size_t count = wire.count();
    for (std::size_t i = 0; i < count && !wire.is_broken(); ++i) {
      std::string key = wire.text();
      pass(wire, map[std::move(key)]);
    }
  } else {
    wire.number(map.size());
    for (auto& [key, value] : map) {
      wire.text(key);
      pass(wire, value);
    }
  }
}

template <class Wire>
void pass(Wire& wire, Error& error) {
  pass_choice(wire, error.code, ErrorCode::kEnvironment);
  pass(wire, error.message);
  pass(wire, error.path);
  pass(wire, error.has_position);
  pass(wire, error.position.line);
  pass(wire, error.position.column);
  pass(wire, error.trail);
}

template <class Wire>
void pass(Wire& wire, Entry& entry) {
  pass(wire, entry.path);
  pass(wire, entry.link);
  pass_choice(wire, entry.type, Entry::Type::kOther);
  pass(wire, entry.mode);
  pass(wire, entry.user);
  pass(wire, entry.group);
  pass(wire, entry.size);
  pass(wire, entry.sum);
}

template <class Wire>
void pass(Wire& wire, Package& package) {
  for (std::string* text :
       {&package.name, &package.version, &package.ecosystem, &package.purl, &package.architecture,
        &package.source_name, &package.source_version, &package.module_label, &package.path,
        &package.layer, &package.owner, &package.tier}) {
    pass(wire, *text);
  }
  pass(wire, package.licenses);
  pass(wire, package.files);
  pass(wire, package.functions);
  pass(wire, package.dev);
  pass(wire, package.line);
}

template <class Wire>
void pass(Wire& wire, Position& position) {
  pass(wire, position.line);
  pass(wire, position.column);
}

template <class Wire>
void pass(Wire& wire, FoundSecret& secret) {
  for (std::string* text :
       {&secret.path, &secret.detector, &secret.title, &secret.family, &secret.shown}) {
    pass(wire, *text);
  }
  pass_choice(wire, secret.severity, Severity::kCritical);
  pass(wire, secret.position);
  pass(wire, secret.end_position);
  pass(wire, secret.begin);
  pass(wire, secret.end);
}

template <class Wire>
void pass(Wire& wire, PackageReading& reading) {
  pass(wire, reading.packages);
  pass(wire, reading.problems);
}

template <class Wire>
void pass(Wire& wire, BinaryFacts& facts) {
  for (bool* flag :
       {&facts.is_elf, &facts.is_64, &facts.is_dynamic, &facts.is_understood,
        &facts.opens_libraries, &facts.starts_programs, &facts.run_paths_are_inherited}) {
    pass(wire, *flag);
  }
  pass(wire, facts.machine);
  for (std::string* text : {&facts.interpreter, &facts.soname, &facts.build_id}) pass(wire, *text);
  pass(wire, facts.needed);
  pass(wire, facts.run_paths);
  pass(wire, facts.packages);
  pass(wire, facts.problems);
}

template <class Wire>
void pass(Wire& wire, LayerEntries& content) {
  pass(wire, content.stored);
  pass(wire, content.diff_id);
  pass(wire, content.entries);
  pass(wire, content.bytes);
  pass(wire, content.removed);
  pass(wire, content.emptied);
  pass(wire, content.problems);
}

template <class Wire>
void pass(Wire& wire, LayerAnalysis& analysis) {
  pass(wire, analysis.content);
  pass(wire, analysis.packages);
  pass(wire, analysis.facts);
  pass(wire, analysis.secrets);
  pass(wire, analysis.binaries);
}

template <class Wire>
void pass(Wire& wire, AnalysisSettings& settings) {
  pass(wire, settings.secrets);
  pass(wire, settings.secret_configuration);
  pass(wire, settings.secret_configuration_path);
}

template <class Wire>
void pass(Wire& wire, ArchiveMembers& members) {
  pass(wire, members.files);
  pass(wire, members.layers);
  pass(wire, members.sizes);
  pass(wire, members.links);
  pass(wire, members.problems);
}

template <class Wire>
void pass(Wire& wire, std::pair<std::string, std::string>& fact) {
  pass(wire, fact.first);
  pass(wire, fact.second);
}

template <class Wire>
void pass(Wire& wire, KeptFinding& finding) {
  pass(wire, finding.rule);
  pass_choice(wire, finding.severity, Severity::kCritical);
  pass_choice(wire, finding.control, static_cast<Control>(kControlCount - 1));
  pass(wire, finding.message);
  pass(wire, finding.path);
  pass(wire, finding.line);
  pass(wire, finding.absence);
  pass(wire, finding.evidence);
}

/// 0 for nothing, else one more than the number.
template <class Wire, class T>
void pass(Wire& wire, std::optional<T>& value) {
  std::uint64_t number = value ? *value + 1 : 0;
  pass(wire, number);
  if constexpr (Wire::kReads) {
    value = number == 0 ? std::nullopt : std::optional<T>(static_cast<T>(number - 1));
  }
}

template <class Wire>
void pass(Wire& wire, ImageSecret& secret) {
  pass(wire, secret.secret);
  pass_choice(wire, secret.place, ImageSecret::Place::kHistory);
  pass(wire, secret.layer);
  pass(wire, secret.hidden_by);
}

template <class Wire>
void pass(Wire& wire, LayerSize& size) {
  pass(wire, size.bytes);
  pass(wire, size.hidden);
}

template <class Wire>
void pass(Wire& wire, WasteGroup& group) {
  pass_choice(wire, group.kind, WasteGroup::Kind::kLocales);
  pass(wire, group.bytes);
  pass(wire, group.files);
  pass(wire, group.layer);
  pass(wire, group.paths);
  pass(wire, group.what);
}

template <class Wire>
void pass(Wire& wire, Waste& waste) {
  pass(wire, waste.bytes);
  pass(wire, waste.hidden);
  pass(wire, waste.layers);
  pass(wire, waste.groups);
  pass(wire, waste.unreachable_bytes);
}

template <class Wire>
void pass(Wire& wire, OsRelease& release) {
  for (std::string* text : {&release.id, &release.id_like, &release.version_id, &release.codename,
                            &release.pretty_name}) {
    pass(wire, *text);
  }
}

template <class Wire>
void pass(Wire& wire, SbomReading& reading) {
  pass(wire, reading.failure);
  SbomContent& content = reading.content;
  pass(wire, content.subject.name);
  pass(wire, content.subject.digest);
  pass(wire, content.subject.release);
  pass(wire, content.packages);
  pass(wire, content.problems);
}

template <class Wire>
void pass(Wire& wire, ImageAnswer& answer) {
  pass(wire, answer.release);
  pass(wire, answer.packages);
  pass(wire, answer.secrets_sought);
  pass(wire, answer.secrets);
  pass(wire, answer.waste);
  pass(wire, answer.findings);
  pass(wire, answer.applicable);
  pass(wire, answer.unknown);
  pass(wire, answer.weight);
}

}  // namespace

template <class T>
std::string to_bytes(const T& value) {
  Writer writer;
  // The direction that writes changes nothing.
  pass(writer, const_cast<T&>(value));
  return std::move(writer.bytes);
}

template <class T>
Result<T> from_bytes(std::string_view bytes) {
  Reader reader(bytes);
  T value;
  pass(reader, value);
  if (!reader.is_whole()) return fail(ErrorCode::kInvalid, "not what this program writes");
  return value;
}

template std::string to_bytes(const LayerAnalysis&);
template std::string to_bytes(const PackageReadings&);
template std::string to_bytes(const ArchiveMembers&);
template std::string to_bytes(const WantedReaders&);
template std::string to_bytes(const AnalysisSettings&);
template std::string to_bytes(const ImageAnswer&);
template std::string to_bytes(const SbomReading&);
template Result<LayerAnalysis> from_bytes(std::string_view);
template Result<PackageReadings> from_bytes(std::string_view);
template Result<ArchiveMembers> from_bytes(std::string_view);
template Result<WantedReaders> from_bytes(std::string_view);
template Result<AnalysisSettings> from_bytes(std::string_view);
template Result<ImageAnswer> from_bytes(std::string_view);
template Result<SbomReading> from_bytes(std::string_view);

}  // namespace plimsoll::image
