#include "lsp/code_action.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "core/escape.h"
#include "core/splice.h"
#include "lsp/diagnostic.h"
#include "lsp/ignore_comment.h"

namespace plimsoll::lsp {
namespace {

constexpr std::string_view kQuickFix = "quickfix";
/// A file may have ten thousand findings on one line; nobody reads such a menu.
constexpr std::size_t kMostFindings = 50;

/// Changes nothing but the open document.
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

/// What the client calls a WorkspaceEdit, in the form that it can take.
class WorkspaceEdit {
 public:
  explicit WorkspaceEdit(const EditAbilities& abilities)
      : by_document_(abilities.document_changes),
        changes_(by_document_ ? Json::array() : Json::object()) {}

  void create(const DocumentId& id) {
    changes_.push_back(
        {{"kind", "create"}, {"uri", id.uri}, {"options", {{"ignoreIfExists", true}}}});
  }
  void change(const DocumentId& id, Json edits) {
    if (!by_document_) {
      changes_[id.uri] = std::move(edits);
      return;
    }
    const Json version = id.version ? Json(*id.version) : Json(nullptr);
    changes_.push_back(
        {{"textDocument", {{"uri", id.uri}, {"version", version}}}, {"edits", std::move(edits)}});
  }
  Json finish() { return {{by_document_ ? "documentChanges" : "changes", std::move(changes_)}}; }

 private:
  bool by_document_;
  Json changes_;
};

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

  static Json text_edits(const TextIndex& index, const std::vector<Edit>& edits) {
    Json changes = Json::array();
    for (const Edit& edit : edits) {
      changes.push_back(
          {{"range", to_json(index.range(edit.span))}, {"newText", to_utf8(edit.text)}});
    }
    return changes;
  }

  [[nodiscard]] Json workspace_edit(const std::vector<Edit>& edits) const {
    WorkspaceEdit edit(request_.abilities);
    const Document& document = request_.document;
    edit.change({document.uri, document.version}, text_edits(request_.index, edits));
    return edit.finish();
  }

  /// Of all files that the fix changes; null when the client cannot apply it.
  [[nodiscard]] Json workspace_edit(const Fix& fix) const {
    if (!fix.new_files.empty() && !request_.abilities.new_files) return nullptr;
    std::map<const SourceFile*, std::vector<Edit>> files;
    for (Edit edit : fix.edits) {
      const SourceFile* file = std::exchange(edit.file, nullptr);
      const bool own = file == nullptr || file->path() == request_.path;
      files[own ? nullptr : file].push_back(std::move(edit));
    }
    WorkspaceEdit all(request_.abilities);
    const Document& document = request_.document;
    for (const auto& [file, edits] : files) {
      const auto plain = plain_edits(edits);
      if (!plain) return nullptr;
      if (file == nullptr) {
        all.change({document.uri, document.version}, text_edits(request_.index, *plain));
      } else {
        const TextIndex index(file->text(), request_.encoding);
        all.change(request_.id_of(file->path()), text_edits(index, *plain));
      }
    }
    for (const NewFile& file : fix.new_files) {
      const DocumentId id = request_.id_of(file.path);
      all.create(id);
      all.change(id, text_edits(TextIndex("", request_.encoding), {{{0, 0}, file.text}}));
    }
    return all.finish();
  }

  [[nodiscard]] Json action(const Finding& finding, const std::string& title) const {
    const RuleInfo& rule = *request_.report.rule(finding.rule);
    return {{"title", escape_terminal(title)},
            {"kind", kQuickFix},
            {"diagnostics", Json::array({to_diagnostic(finding, rule, request_.index)})}};
  }

  void add_fix(const Finding& finding) {
    if (!finding.fix || finding.fix->safety == FixSafety::kNone) return;
    Json edit = workspace_edit(*finding.fix);
    if (edit.is_null()) return;
    const bool safe = finding.fix->safety == FixSafety::kSafe;
    Json fix =
        action(finding, finding.fix->title + (safe ? "" : " (unsafe: may change behaviour)"));
    if (safe) fix["isPreferred"] = true;
    fix["edit"] = std::move(edit);
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
