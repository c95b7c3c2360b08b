#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "advisory/database_builder.h"
#include "core/result.h"

namespace plimsoll::advisory {

/// A list of texts in the file.
class TextList {
 public:
  TextList() = default;
  TextList(std::string_view references, std::uint64_t count, std::string_view strings)
      : references_(references), strings_(strings), count_(count) {}
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(count_); }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] std::vector<std::string_view> all() const;
  [[nodiscard]] bool contains(std::string_view text) const;

 private:
  std::string_view references_;
  std::string_view strings_;
  std::uint64_t count_ = 0;
};

struct RangeView {
  std::string_view introduced;
  std::string_view fixed;
  std::string_view last_affected;
};

/// As Affected, in the file. Valid as long as the database.
struct AffectedView {
  std::uint32_t advisory = 0;
  Status status = Status::kAffected;
  std::string_view note;
  std::string_view severity;
  std::string_view module;
  TextList architectures;
  TextList versions;
  TextList symbols;
  std::vector<RangeView> ranges;
};

struct AdvisoryView {
  std::string_view id;
  TextList aliases;
  TextList upstream;
  std::string_view cvss;
  std::string_view severity;
  std::string_view published;
  std::string_view modified;
  TextList weaknesses;
};

struct AdvisoryText {
  std::string summary;
  std::string details;
  std::vector<std::string> references;
};

/// How much is known of an ecosystem.
struct Coverage {
  std::string ecosystem;
  std::uint64_t advisories = 0;
  std::string newest;  ///< day of its newest advisory
};

struct DatabaseStatus {
  std::string made;
  std::vector<DatabaseSource> sources;
  std::vector<Coverage> coverage;  ///< by ecosystem
};

/// A database file, mapped: opening it reads its header only. Any bytes are answered; what is
/// broken is as if it were not there.
class Database {
 public:
  /// @error kNotFound, kUnreadable   @error kInvalid  no such file, or of another version
  [[nodiscard]] static Result<Database> open(const std::string& path);
  /// Of bytes that outlive it.
  [[nodiscard]] static Result<Database> over(std::string_view bytes, std::string name);

  /// Calls `take` for each entry of a package, whose ecosystem and name are canonical. The view is
  /// good for the call only.
  /// @return  how many there are
  std::size_t for_each(std::string_view ecosystem, std::string_view name,
                       const std::function<void(const AffectedView&)>& take) const;
  [[nodiscard]] bool has_package(std::string_view ecosystem, std::string_view name) const;
  /// Ecosystems that there is anything of, sorted.
  [[nodiscard]] const std::vector<std::string_view>& ecosystems() const;

  [[nodiscard]] std::size_t advisories() const;
  [[nodiscard]] AdvisoryView advisory(std::uint32_t index) const;
  [[nodiscard]] AdvisoryText text(std::uint32_t index) const;
  /// Of a "CVE-…"; empty for others.
  [[nodiscard]] Evidence evidence(std::string_view id) const;
  [[nodiscard]] DatabaseStatus status() const;
  [[nodiscard]] std::uint64_t bytes() const;
  /// Of what is needed to match, without texts.
  [[nodiscard]] std::uint64_t bytes_to_match() const;
  /// @error kInvalid  a part of it is not what was written, and which
  [[nodiscard]] Result<void> verify() const;

  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

 private:
  struct File;
  explicit Database(std::unique_ptr<File> file);
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view ecosystem,
                                                  std::string_view name) const;
  std::unique_ptr<File> file_;
};

}  // namespace plimsoll::advisory
