#include "advisory/oval_criteria.h"

#include <optional>
#include <utility>

#include "advisory/feed_xml.h"
#include "advisory/rpm_release.h"
#include "core/ascii.h"

namespace plimsoll::advisory {
namespace {

constexpr std::size_t kMostDepth = 32;
/// A definition tells each package once per distribution; vendors come to some ten thousands.
constexpr std::size_t kMostPackages = 200'000;

/// What a criterion says, in the words of its comment: every vendor writes the same sentences,
/// whatever the test behind them is called.
struct Statement {
  enum class Kind : std::uint8_t {
    kOther,  ///< "is signed with …"
    kPlatform,
    kModule,
    kArchitecture,
    kBuild,  ///< SUSE: "anvil-1.2-3 is installed", where the test wants an earlier one
    kEarlier,
    kThrough,
    kLater,
    kNotAffected,
    kAffected,
  };
  Kind kind = Kind::kOther;
  std::string_view subject;
  std::string_view version;
  std::string_view test;
};

/// What stands between `start` and the first of ',' and blanks.
std::string_view version_at(std::string_view text) {
  text = ascii::trim(text);
  return text.substr(0, text.find_first_of(", "));
}

std::optional<std::pair<std::string_view, std::string_view>> split_at(std::string_view text,
                                                                      std::string_view words) {
  const std::size_t at = text.find(words);
  if (at == std::string_view::npos) return std::nullopt;
  return std::pair{text.substr(0, at), text.substr(at + words.size())};
}

Statement statement_of(pugi::xml_node criterion) {
  using Kind = Statement::Kind;
  std::string_view text = xml::attribute(criterion, "comment");
  const std::string_view test = xml::attribute(criterion, "test_ref");
  if (text.starts_with("Package ")) text.remove_prefix(8);  // Azure Linux
  if (const auto two = split_at(text, " is earlier than ")) {
    return {Kind::kEarlier, two->first, version_at(two->second), test};
  }
  if (const auto two = split_at(text, " is greater than ")) {
    return {Kind::kLater, two->first, version_at(two->second), test};
  }
  if (const auto two = split_at(text, " is installed with version ")) {
    if (two->second.ends_with(" or earlier")) {
      return {Kind::kThrough, two->first, version_at(two->second), test};
    }
  }
  if (const auto two = split_at(text, " is not affected")) {
    return {Kind::kNotAffected, two->first, {}, test};
  }
  if (const auto two = split_at(text, " is affected")) {
    return {Kind::kAffected, two->first, {}, test};
  }
  if (text.starts_with("Module ") && text.ends_with(" is enabled")) {
    return {Kind::kModule, text.substr(7, text.size() - 7 - 11), {}, test};
  }
  if (const auto two = split_at(text, " arch is ")) {
    return {Kind::kArchitecture, two->second, {}, test};
  }
  if (text.ends_with(" is installed")) {
    const std::string_view name = text.substr(0, text.size() - 13);
    if (ecosystem_of_platform(name)) return {Kind::kPlatform, name, {}, test};
    const std::size_t release = name.rfind('-');
    const std::size_t version = release == 0 ? release : name.rfind('-', release - 1);
    if (release != std::string_view::npos && version != std::string_view::npos && version != 0) {
      return {Kind::kBuild, name.substr(0, version), name.substr(version + 1), test};
    }
  }
  return {};
}

/// What holds for a group of criteria.
struct Scope {
  const std::vector<std::string>* platforms = nullptr;  ///< of the caller: there may be many
  std::string module;
  std::vector<std::string> architectures;
};

/// "(aarch64|x86_64)" or "aarch64" as a list.
std::vector<std::string> alternatives(std::string_view pattern) {
  std::vector<std::string> all;
  if (pattern.starts_with('(') && pattern.ends_with(')')) {
    pattern = pattern.substr(1, pattern.size() - 2);
  }
  for (const std::string_view each : ascii::split(pattern, '|')) {
    if (!each.empty() && each != "noarch") all.emplace_back(each);
  }
  return all;
}

class Reader {
 public:
  Reader(const OvalTests& tests, std::size_t& not_read) : tests_(tests), not_read_(not_read) {}

  // NOLINTNEXTLINE(misc-no-recursion): kMostDepth
  void read(pugi::xml_node criteria, Scope scope, std::size_t depth) {
    if (depth > kMostDepth) {
      ++not_read_;
      return;
    }
    const bool is_any = xml::attribute(criteria, "operator") == "OR";
    std::vector<std::string> platforms;
    std::string_view after;  // "is greater than" stands beside the test that it belongs to
    if (!is_any) {
      narrow(criteria, scope, platforms);
      after = lower_bound(criteria);
    }
    if (!platforms.empty()) scope.platforms = &platforms;
    for (const pugi::xml_node each : criteria.children()) {
      if (xml::name(each) == "criterion") {
        take(statement_of(each), scope, after);
      } else if (xml::name(each) == "criteria") {
        read(each, scope, depth + 1);
      }
    }
  }

  std::vector<Affected> give() { return std::move(all_); }

 private:
  /// Takes what every package of the group must fulfil: single criteria, and groups of
  /// alternatives that name distributions or architectures.
  static void narrow(pugi::xml_node criteria, Scope& scope, std::vector<std::string>& platforms) {
    Scope own;
    for (const pugi::xml_node each : criteria.children()) {
      if (xml::name(each) == "criterion") take_scope(statement_of(each), own, platforms);
      if (xml::name(each) != "criteria" || xml::attribute(each, "operator") != "OR") continue;
      for (const pugi::xml_node one : each.children()) {
        if (xml::name(one) == "criterion") take_scope(statement_of(one), own, platforms);
      }
    }
    if (!own.module.empty()) scope.module = std::move(own.module);
    if (!own.architectures.empty()) scope.architectures = std::move(own.architectures);
  }

  static void take_scope(const Statement& statement, Scope& scope,
                         std::vector<std::string>& platforms) {
    using Kind = Statement::Kind;
    if (statement.kind == Kind::kPlatform) {
      platforms.push_back(*ecosystem_of_platform(statement.subject));
    } else if (statement.kind == Kind::kModule) {
      scope.module = statement.subject;
    } else if (statement.kind == Kind::kArchitecture && scope.architectures.size() < 16) {
      scope.architectures.emplace_back(statement.subject);
    }
  }

  static std::string_view lower_bound(pugi::xml_node criteria) {
    for (const pugi::xml_node each : criteria.children()) {
      if (xml::name(each) != "criterion") continue;
      const Statement statement = statement_of(each);
      if (statement.kind == Statement::Kind::kLater) return statement.version;
    }
    return {};
  }

  void take(const Statement& statement, const Scope& scope, std::string_view after) {
    using Kind = Statement::Kind;
    if (statement.kind < Kind::kBuild || statement.kind == Kind::kLater) return;
    Affected affected{.package = std::string(ascii::trim(statement.subject)),
                      .module = scope.module,
                      .architectures = scope.architectures};
    const OvalTests::State state = tests_.state_of(statement.test);
    const bool is_tested = state.operation == "less than" && !state.evr.empty();
    if (statement.kind == Kind::kBuild && !is_tested) {
      // Only the test says whether that build is the fix; some documents are cut and lack it.
      if (state.operation.empty()) ++not_read_;
      return;
    }
    if (!state.architectures.empty()) affected.architectures = alternatives(state.architectures);
    if (statement.kind == Kind::kNotAffected) affected.status = Status::kNotAffected;
    if (statement.kind == Kind::kEarlier || statement.kind == Kind::kBuild) {
      // The test itself is what a checker runs; the comment is for people.
      affected.ranges.push_back({.introduced = std::string(after),
                                 .fixed = std::string(is_tested ? state.evr : statement.version)});
    } else if (statement.kind == Kind::kThrough) {
      affected.ranges.push_back(
          {.introduced = std::string(after), .last_affected = std::string(statement.version)});
    }
    const bool has_version = statement.kind == Kind::kNotAffected ||
                             statement.kind == Kind::kAffected || !statement.version.empty();
    if (affected.package.empty() || !has_version ||
        all_.size() + scope.platforms->size() > kMostPackages) {
      ++not_read_;
      return;
    }
    for (const std::string& platform : *scope.platforms) {
      affected.ecosystem = platform;
      all_.push_back(affected);
    }
  }

  const OvalTests& tests_;
  std::size_t& not_read_;
  std::vector<Affected> all_;
};

}  // namespace

OvalTests::OvalTests(pugi::xml_node root) {
  for (const pugi::xml_node test : xml::child(root, "tests").children()) {
    for (const pugi::xml_node each : test.children()) {
      if (xml::name(each) != "state") continue;
      state_names_.emplace(xml::attribute(test, "id"), xml::attribute(each, "state_ref"));
    }
  }
  for (const pugi::xml_node state : xml::child(root, "states").children()) {
    const pugi::xml_node evr = xml::child(state, "evr");
    states_.emplace(xml::attribute(state, "id"),
                    State{.operation = xml::attribute(evr, "operation"),
                          .evr = xml::text(evr),
                          .architectures = xml::text(xml::child(state, "arch"))});
  }
}

OvalTests::State OvalTests::state_of(std::string_view test) const {
  const auto name = state_names_.find(test);
  if (name == state_names_.end()) return {};
  const auto state = states_.find(name->second);
  return state == states_.end() ? State{} : state->second;
}

std::vector<Affected> oval_packages(pugi::xml_node criteria, const OvalTests& tests,
                                    const std::vector<std::string>& platforms,
                                    std::size_t& not_read) {
  Reader reader(tests, not_read);
  reader.read(criteria, {.platforms = &platforms}, 0);
  return reader.give();
}

}  // namespace plimsoll::advisory
