#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/control.h"
#include "core/severity.h"
#include "core/source_file.h"

namespace plimsoll {

/// Replaces the bytes of `span` by `text`. An empty span inserts. core/splice.h applies them.
struct Edit {
  Span span;
  std::string text;
  /// Of an insertion: lines that `text` has to stand below, outermost first, each with its line end
  /// ("\n    securityContext:"). Insertions at one place write those that they share once.
  std::vector<std::string> under = {};
  const SourceFile* file = nullptr;  ///< null: the finding's
  friend bool operator==(const Edit&, const Edit&) = default;
};

enum class FixSafety : std::uint8_t {
  kNone,    ///< advice only
  kSafe,    ///< meaning and behaviour kept
  kUnsafe,  ///< needs a decision; applied only when asked
};
[[nodiscard]] std::string_view to_string(FixSafety safety);

/// A file that a fix adds where there is none.
struct NewFile {
  std::string path;
  std::string text;
  friend bool operator==(const NewFile&, const NewFile&) = default;
};

/// Edits that together make a finding go away; never overlapping.
struct Fix {
  std::string title;  ///< imperative: "replace ADD with COPY"
  std::vector<Edit> edits;
  FixSafety safety = FixSafety::kSafe;
  std::vector<NewFile> new_files = {};
  std::string advice = {};      ///< what is left for a person: "rotate the secret"; no full stop
  std::string_view needs = {};  ///< name of the value it took from RuleOptions::fix; may be empty
  /// Rules, blank separated, that have something to say only once this is made: a finding of theirs
  /// is no reason to turn it down.
  std::string_view reveals = {};
};

struct Suppression {
  std::string by;      ///< "plimsoll", "hadolint", "checkov", … : whose pragma it was
  std::string reason;  ///< may be empty
  std::string until;   ///< ISO date, may be empty
};

/// One fact that decided a finding: {"user", "no USER in stage 'runtime'"}.
struct Fact {
  std::string key;
  std::string value;
  friend bool operator==(const Fact&, const Fact&) = default;
};

/// What we report. Self-contained but for `file`, which the Report keeps alive.
struct Finding {
  std::string_view rule;  ///< slug; static storage
  Severity severity = Severity::kLow;
  Control control = Control::kVerifiedSources;
  std::string subject;  ///< id of the Subject it is about
  std::string message;  ///< lower case first letter, no full stop, untrusted text in '…'
  /// Says more than `message`, which has to suit several subjects: shown instead of it unless
  /// findings that differ in it were merged.
  std::string alone;
  const SourceFile* file = nullptr;
  Span span;
  std::string path = {};      ///< without `file`: of a file inside an image; "" for none
  std::uint32_t line = 0;     ///< of `path`, 1-based; 0: lines mean nothing there
  std::vector<Span> secrets;  ///< bytes no report may show, where they are not those of `span`
  std::optional<Fix> fix;
  std::string unfixed;  ///< why there is no fix although its rule has one; may be empty
  std::vector<Fact> evidence;
  std::optional<Suppression> suppressed;
  std::vector<std::string> also;  ///< further subjects that the same line or edit is about
  bool absence = false;           ///< says that something is missing: shown once per file and rule
  std::string fingerprint;        ///< filled last; stable when lines above move

  /// Of the file it is about; "" for what is nowhere in particular.
  [[nodiscard]] std::string_view path_of_file() const {
    return file != nullptr ? std::string_view(file->path()) : std::string_view(path);
  }
  /// Records what decided it; chainable.
  Finding& because(std::string key, std::string value) {
    evidence.push_back({std::move(key), std::move(value)});
    return *this;
  }
  /// Names the subject it is about when that is not the one being judged (a rule about a whole
  /// Compose project names its services); again for each further one; chainable.
  Finding& about(std::string id) {
    if (named_) {
      also.push_back(std::move(id));
    } else {
      subject = std::move(id);
      named_ = true;
    }
    return *this;
  }

 private:
  bool named_ = false;
};

/// Something judged: a Dockerfile, a workload, a project.
struct Subject {
  std::string id;    ///< unique in the report: "compose.yaml#web"
  std::string kind;  ///< "dockerfile", "service", "container", "run", "project", …
  std::string name;
  std::string path;
};

/// A part of the input that was not (wholly) judged, and why.
struct Incomplete {
  std::string stage;  ///< "read", "parse", "limit", …
  std::string path;
  std::string limit;  ///< what tripped, in words
  std::string value;
  bool rejected = false;     ///< the whole file was refused (status 3), not just part of it (4)
  bool environment = false;  ///< what had to be asked did not answer (5)
};

}  // namespace plimsoll
