#include "lsp/code_action.h"

#include <algorithm>
#include <string>

#include "core/escape.h"
#include "core/splice.h"
#include "lsp/diagnostic.h"
#include "lsp/ignore_comment.h"

namespace plimsoll::lsp {
namespace {

constexpr std::string_view kQuickFix = "quickfix";
/// A file may have ten thousand findings on one line; nobody reads such a menu.
constexpr std::size_t kMostFindings = 50;

/// What an editor can apply to the open document alone.
bool is_of_one_file(const Fix& fix) {
  return fix.new_files.empty() &&
         std::none_of(fix.edits.begin(), fix.edits.end(),
                      [](const Edit& edit) { return edit.file != nullptr; });
}

/// "source.fixAll" asks for "source.fixAll.plimsoll" too.
bool is_kind_within(std::string_view kind, std::string_view asked) {
  return asked.empty() || kind == asked ||
         (kind.starts_with(asked) && kind.size() > asked.size() && kind[asked.size()] == '.');
}

class Actions {
 public:
  explicit Actions(const ActionRequest& request) : request_(request) {}

  Json collect() {
    const auto shown = shown_in(request_.report, request_.path);
    if (wants(kQuickFix)) {
      std::size_t used = 0;
      for (const Finding* finding : shown) {
        if (!is_asked_for(*finding)) continue;
        if (++used > kMostFindings) break;
        add_fix(*finding);
        add_ignore(*finding);
        add_explain(*finding);
      }
    }
    if (wants(kFixAllKind)) add_fix_all(shown);
    return std::move(actions_);
  }

 private:
  [[nodiscard]] bool wants(std::string_view kind) const {
    const Json& only = member(request_.params, {"context", "only"});
    if (!only.is_array()) return true;
    return std::any_of(only.begin(), only.end(), [kind](const Json& asked) {
      return asked.is_string() && is_kind_within(kind, text_of(asked));
    });
  }

  /// Its place touches the asked range, or the client names it in the context: editors ask for the
  /// findings of a whole line too.
  [[nodiscard]] bool is_asked_for(const Finding& finding) const {
    const Range place = range_of(finding, request_.index);
    if (const auto asked = range_of(member(request_.params, "range"))) {
      if (place.start <= asked->end && asked->start <= place.end) return true;
    }
    const Json& named = member(request_.params, {"context", "diagnostics"});
    if (!named.is_array()) return false;
    return std::any_of(named.begin(), named.end(), [&](const Json& diagnostic) {
      if (text_of(member(diagnostic, {"data", "fingerprint"})) == finding.fingerprint) return true;
      return text_of(member(diagnostic, "code")) == finding.rule &&
             range_of(member(diagnostic, "range")) == place;
    });
  }

  [[nodiscard]] Json workspace_edit(const std::vector<Edit>& edits) const {
    Json changes = Json::array();
    for (const Edit& edit : edits) {
      changes.push_back(
          {{"range", to_json(request_.index.range(edit.span))}, {"newText", to_utf8(edit.text)}});
    }
    const Document& document = request_.document;
    if (!request_.abilities.document_changes) {
      return {{"changes", {{document.uri, std::move(changes)}}}};
    }
    const Json identifier{{"uri", document.uri}, {"version", document.version}};
    return {{"documentChanges",
             Json::array({{{"textDocument", identifier}, {"edits", std::move(changes)}}})}};
  }

  [[nodiscard]] Json action(const Finding& finding, const std::string& title) const {
    const RuleInfo& rule = *request_.report.rule(finding.rule);
    return {{"title", escape_terminal(title)},
            {"kind", kQuickFix},
            {"diagnostics", Json::array({to_diagnostic(finding, rule, request_.index)})}};
  }

  void add_fix(const Finding& finding) {
    if (!finding.fix || finding.fix->safety == FixSafety::kNone) return;
    const auto edits = plain_edits(finding.fix->edits);
    if (!edits || !is_of_one_file(*finding.fix)) return;
    const bool safe = finding.fix->safety == FixSafety::kSafe;
    Json fix =
        action(finding, finding.fix->title + (safe ? "" : " (unsafe: may change behaviour)"));
    if (safe) fix["isPreferred"] = true;
    fix["edit"] = workspace_edit(*edits);
    actions_.push_back(std::move(fix));
  }

  void add_ignore(const Finding& finding) {
    const auto edit = ignore_comment(finding, request_.document.named, request_.today);
    if (!edit) return;
    Json ignore = action(finding, "ignore " + std::string(finding.rule) + " here");
    ignore["edit"] = workspace_edit({*edit});
    actions_.push_back(std::move(ignore));
  }

  void add_explain(const Finding& finding) {
    const std::string title = "explain " + std::string(finding.rule);
    Json explain = action(finding, title);
    explain["command"] = {
        {"title", title}, {"command", kExplainCommand}, {"arguments", Json::array({finding.rule})}};
    actions_.push_back(std::move(explain));
  }

  void add_fix_all(const std::vector<const Finding*>& shown) {
    const std::vector<Edit> edits = edits_of_all_safe_fixes(shown);
    if (edits.empty()) return;
    actions_.push_back({{"title", "apply all safe fixes of plimsoll"},
                        {"kind", kFixAllKind},
                        {"edit", workspace_edit(edits)}});
  }

  const ActionRequest& request_;
  Json actions_ = Json::array();
};

}  // namespace

std::vector<Edit> edits_of_all_safe_fixes(const std::vector<const Finding*>& findings) {
  Splicer splicer;
  for (const Finding* finding : findings) {
    if (!finding->fix || finding->fix->safety != FixSafety::kSafe) continue;
    if (!is_of_one_file(*finding->fix)) continue;
    // What contradicts is offered again once these are made.
    static_cast<void>(splicer.take(finding->fix->edits));
  }
  return splicer.plain();
}

Json code_actions(const ActionRequest& request) {
  return Actions(request).collect();
}

}  // namespace plimsoll::lsp
