#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "advisory/import.h"
#include "core/result.h"

namespace plimsoll::advisory {

/// What is known of one vulnerability besides advisories.
struct Evidence {
  std::optional<ExploitPrediction> prediction;
  std::optional<ExploitStatus> status;
  std::optional<KnownExploited> exploited;
  std::string cvss;  ///< vector that some source gives it; may be ""
};

/// One feed of a database, for `plimsoll db status`.
struct DatabaseSource {
  std::string format;  ///< "osv"
  std::string path;    ///< as it was given
  std::string made;    ///< newest date that it says; may be ""
  std::uint64_t records = 0;
  std::uint64_t skipped = 0;
  friend bool operator==(const DatabaseSource&, const DatabaseSource&) = default;
};

/// Collects what feeds tell and writes it as one database file.
class DatabaseBuilder final : public ImportSink {
 public:
  void begin(std::string_view format, std::string_view path) override;

  void add(Advisory advisory) override;
  void add(KnownExploited entry) override;
  void add(ExploitPrediction prediction) override;
  void add(ExploitStatus status) override;
  void skip(Error reason) override;
  void made(std::string_view date) override;

  [[nodiscard]] std::size_t advisories() const { return advisories_.size(); }
  [[nodiscard]] const std::vector<DatabaseSource>& sources() const { return sources_; }

  /// The bytes of the file. The same advisories in any order of files give the same matches.
  /// @param made  RFC 3339
  [[nodiscard]] std::string bytes(std::string_view made) const;

 private:
  std::vector<Advisory> advisories_;
  std::unordered_map<std::string, std::size_t> by_id_;    ///< format and id → index
  std::unordered_map<std::uint32_t, Evidence> evidence_;  ///< by cve_key()
  std::vector<DatabaseSource> sources_;
};

}  // namespace plimsoll::advisory
