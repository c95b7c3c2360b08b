#include "lsp/server.h"

#include <algorithm>
#include <utility>

#include "check/rule.h"
#include "core/limits.h"
#include "core/version.h"
#include "lsp/diagnostic.h"
#include "lsp/hover.h"
#include "lsp/uri.h"
#include "scan/discover.h"

namespace plimsoll::lsp {
namespace {

// MessageType of the protocol.
constexpr int kWarningMessage = 2;
constexpr int kInfoMessage = 3;

Encoding negotiate(const Json& offered) {
  if (!offered.is_array()) return Encoding::kUtf16;
  // Bytes cost no counting; else what the client likes best.
  if (holds(offered, "utf-8")) return Encoding::kUtf8;
  for (const Json& one : offered) {
    if (const auto encoding = parse_encoding(text_of(one))) return *encoding;
  }
  return Encoding::kUtf16;
}

Json capabilities(Encoding encoding, bool pulls) {
  Json can{
      {"positionEncoding", to_string(encoding)},
      {"textDocumentSync",
       {{"openClose", true}, {"change", 2}, {"save", {{"includeText", false}}}}},
      {"hoverProvider", true},
      {"codeActionProvider", {{"codeActionKinds", Json::array({"quickfix", kFixAllKind})}}},
      {"executeCommandProvider", {{"commands", Json::array({kExplainCommand})}}},
      {"workspace", {{"workspaceFolders", {{"supported", true}, {"changeNotifications", true}}}}},
  };
  if (pulls) {
    can["diagnosticProvider"] = {{"identifier", "plimsoll"},
                                 {"interFileDependencies", true},
                                 {"workspaceDiagnostics", false}};
  }
  return can;
}

bool is_dockerfile(const Document& document) {
  return document.language == "dockerfile" ||
         scan::kind_of_name(document.path) == scan::FileKind::kDockerfile;
}

tl::unexpected<Fault> invalid(std::string message) {
  return tl::unexpected<Fault>({RpcError::kInvalidParams, std::move(message)});
}

}  // namespace

Server::Server(const FileSystem& disk, Date today, Send send)
    : disk_(disk), today_(today), send_(std::move(send)), workspace_(disk_, today_) {}

const std::vector<Server::Method>& Server::methods() {
  static const std::vector<Method> kMethods{
      {"initialize", &Server::initialize},
      {"shutdown", &Server::shutdown},
      {"textDocument/codeAction", &Server::code_action},
      {"textDocument/diagnostic", &Server::pull_diagnostics},
      {"textDocument/hover", &Server::hover},
      {"workspace/executeCommand", &Server::execute_command},
  };
  return kMethods;
}

const std::vector<Server::Event>& Server::events() {
  static const std::vector<Event> kEvents{
      {"initialized", &Server::initialized},
      {"textDocument/didChange", &Server::did_change},
      {"textDocument/didClose", &Server::did_close},
      {"textDocument/didOpen", &Server::did_open},
      {"textDocument/didSave", &Server::disk_changed},
      {"workspace/didChangeConfiguration", &Server::did_change_configuration},
      {"workspace/didChangeWatchedFiles", &Server::disk_changed},
      {"workspace/didChangeWorkspaceFolders", &Server::did_change_folders},
  };
  return kEvents;
}

void Server::handle(std::string_view content) {
  const Incoming incoming = read_message(content);
  if (incoming.fault) {
    send_(error_message(incoming.message.id, *incoming.fault));
  } else if (incoming.message.is_response) {
    return;  // nothing we ask has an answer that matters
  } else if (incoming.message.is_request()) {
    handle_request(incoming.message);
  } else {
    handle_notification(incoming.message);
  }
}

void Server::refuse(const Error& error) {
  const RpcError code =
      error.code == ErrorCode::kTooLarge ? RpcError::kInvalidRequest : RpcError::kParse;
  send_(error_message(nullptr, {code, error.message}));
}

void Server::handle_request(const Message& request) {
  const auto found =
      std::find_if(methods().begin(), methods().end(),
                   [&request](const Method& method) { return method.name == request.method; });
  Answer answer;
  if (stage_ == Stage::kNew && request.method != "initialize") {
    answer = tl::unexpected<Fault>({RpcError::kServerNotInitialized, "initialize comes first"});
  } else if (stage_ == Stage::kShutDown) {
    answer = tl::unexpected<Fault>({RpcError::kInvalidRequest, "only exit may follow shutdown"});
  } else if (found == methods().end()) {
    answer = tl::unexpected<Fault>({RpcError::kMethodNotFound, "no such method"});
  } else {
    answer = (this->*found->answer)(request.params);
  }
  send_(answer ? result_message(request.id, std::move(*answer))
               : error_message(request.id, answer.error()));
}

void Server::handle_notification(const Message& notification) {
  if (notification.method == "exit") {
    ended_ = stage_ == Stage::kShutDown ? Exit::kClean : Exit::kFindings;
    return;
  }
  if (stage_ != Stage::kRunning) return;  // the protocol: dropped
  // What else comes, $/cancelRequest too, asks for nothing: requests are answered in order, so the
  // one to cancel has its answer already.
  for (const Event& event : events()) {
    if (event.name == notification.method) (this->*event.take)(notification.params);
  }
  for (const std::string& notice : workspace_.take_notices()) tell(kWarningMessage, notice);
}

Server::Answer Server::initialize(const Json& params) {
  if (stage_ != Stage::kNew) {
    return tl::unexpected<Fault>({RpcError::kInvalidRequest, "initialize comes once"});
  }
  stage_ = Stage::kRunning;
  const Json& can = member(params, "capabilities");
  client_.encoding = negotiate(member(can, {"general", "positionEncodings"}));
  client_.edits.document_changes =
      is_true(member(can, {"workspace", "workspaceEdit", "documentChanges"}));
  const Json& operations = member(can, {"workspace", "workspaceEdit", "resourceOperations"});
  client_.edits.new_files =
      client_.edits.document_changes && operations.is_array() && holds(operations, "create");
  const Json& formats = member(can, {"textDocument", "hover", "contentFormat"});
  if (formats.is_array() && !holds(formats, "markdown")) client_.markup = Markup::kPlain;
  client_.pulls = member(can, {"textDocument", "diagnostic"}).is_object();
  client_.refreshes = is_true(member(can, {"workspace", "diagnostics", "refreshSupport"}));
  client_.registers_watchers =
      is_true(member(can, {"workspace", "didChangeWatchedFiles", "dynamicRegistration"}));

  const Json& folders = member(params, "workspaceFolders");
  if (folders.is_array() && !folders.empty()) {
    did_change_folders({{"event", {{"added", folders}}}});
  } else if (const auto root = path_of_uri(text_of(member(params, "rootUri")))) {
    workspace_.add_folder(*root);
  }
  configure(member(params, "initializationOptions"));
  return Json{{"capabilities", capabilities(client_.encoding, client_.pulls)},
              {"serverInfo", {{"name", "plimsoll"}, {"version", kVersion}}}};
}

Server::Answer Server::shutdown(const Json& /*params*/) {
  stage_ = Stage::kShutDown;
  return Json();
}

void Server::initialized(const Json& /*params*/) {
  if (!client_.registers_watchers) return;
  const Json watchers = Json::array({{{"globPattern", "**/*"}}});
  const Json registration{{"id", "plimsoll-files"},
                          {"method", "workspace/didChangeWatchedFiles"},
                          {"registerOptions", {{"watchers", watchers}}}};
  send_(request_message(next_id_++, "client/registerCapability",
                        {{"registrations", Json::array({registration})}}));
}

Document* Server::document_of(const Json& params) {
  return workspace_.find(text_of(member(params, {"textDocument", "uri"})));
}

void Server::did_open(const Json& params) {
  const Json& item = member(params, "textDocument");
  Document document;
  document.uri = text_of(member(item, "uri"));
  if (document.uri.empty()) return;
  document.path = path_of_uri(document.uri).value_or("");
  document.language = text_of(member(item, "languageId"));
  document.version = integer_of(member(item, "version")).value_or(0);
  document.text = text_of(member(item, "text"));
  if (document.text.size() > limits::kDocumentBytes) {
    tell(kWarningMessage, "'" + document.path + "' is too large to be judged");
  } else if (workspace_.open(std::move(document)) == nullptr) {
    tell(kWarningMessage, "too many open files: this one is not judged");
  }
}

void Server::did_change(const Json& params) {
  Document* document = document_of(params);
  if (document == nullptr) return;
  const auto applied =
      apply_changes(member(params, "contentChanges"), client_.encoding, document->text);
  if (!applied) {
    tell(kWarningMessage, "'" + document->path + "' is not judged until it is opened again: " +
                              applied.error().message);
    did_close(params);
    return;
  }
  document->version =
      integer_of(member(params, {"textDocument", "version"})).value_or(document->version + 1);
  workspace_.changed(*document);
}

void Server::did_close(const Json& params) {
  Document* document = document_of(params);
  if (document == nullptr) return;
  if (!client_.pulls && published_.contains(document->uri)) {
    send_(notification_message("textDocument/publishDiagnostics",
                               {{"uri", document->uri}, {"diagnostics", Json::array()}}));
  }
  published_.erase(document->uri);
  workspace_.close(std::string(document->uri));
}

void Server::disk_changed(const Json& /*params*/) {
  workspace_.refresh();
  refresh_client();
}

void Server::did_change_folders(const Json& params) {
  const Json& removed = member(params, {"event", "removed"});
  const Json& added = member(params, {"event", "added"});
  if (removed.is_array()) {
    for (const Json& folder : removed) {
      if (const auto path = path_of_uri(text_of(member(folder, "uri")))) {
        workspace_.remove_folder(*path);
      }
    }
  }
  if (added.is_array()) {
    for (const Json& folder : added) {
      if (const auto path = path_of_uri(text_of(member(folder, "uri")))) {
        workspace_.add_folder(*path);
      }
    }
  }
}

void Server::did_change_configuration(const Json& params) {
  configure(member(params, "settings"));
  refresh_client();
}

/// {"rules": "all" | "default" | ["slug", "hadolint:DL3002", …]}, perhaps under "plimsoll".
void Server::configure(const Json& settings) {
  const Json& own = member(settings, "plimsoll");
  const Json& rules = member(own.is_object() ? own : settings, "rules");
  if (rules.is_null()) return;
  RuleChoice choice;
  const Json names = rules.is_array() ? rules : Json::array({rules});
  for (const Json& item : names) {
    const std::string_view name = text_of(item);
    if (name == "all") {
      choice.all = true;
    } else if (check::find_rule(name) != nullptr) {
      choice.only.emplace_back(name);
    } else if (const auto aliased = check::rules_for_alias(name); !aliased.empty()) {
      for (const check::Rule* rule : aliased) choice.only.emplace_back(rule->meta.slug);
    } else if (name != "default") {
      tell(kWarningMessage, "no rule is called '" + std::string(name) + "'");
    }
  }
  workspace_.choose(std::move(choice));
}

void Server::refresh_client() {
  if (!client_.pulls || !client_.refreshes) return;
  send_(request_message(next_id_++, "workspace/diagnostic/refresh", nullptr));
}

void Server::tell(int type, const std::string& text) {
  send_(notification_message("window/showMessage",
                             {{"type", type}, {"message", "plimsoll: " + text}}));
}

Json Server::judge(Document& document) {
  if (document.path.empty()) return Json::array();
  const Report& report = workspace_.judge(document);
  const TextIndex index(document.text, client_.encoding);
  return diagnostics_of(report, workspace_.name_of(document), index);
}

bool Server::is_due(const Document& document) const {
  return workspace_.is_due(document) || !published_.contains(document.uri);
}

bool Server::has_due() const {
  if (client_.pulls || stage_ != Stage::kRunning) return false;
  return std::any_of(workspace_.documents().begin(), workspace_.documents().end(),
                     [this](const auto& entry) { return is_due(entry.second); });
}

void Server::publish_due() {
  if (!has_due()) return;
  std::vector<Document*> due;  // first all of them: judging one judges its neighbours
  for (const auto& [uri, document] : workspace_.documents()) {
    if (is_due(document)) due.push_back(workspace_.find(uri));
  }
  for (Document* document : due) publish(*document, judge(*document));
  for (const std::string& notice : workspace_.take_notices()) tell(kWarningMessage, notice);
}

void Server::publish(const Document& document, const Json& diagnostics) {
  std::string text = diagnostics.dump(-1, ' ', false, Json::error_handler_t::replace);
  const auto [slot, first] = published_.try_emplace(document.uri);
  Published& last = slot->second;
  if (!first && last.version == document.version && last.diagnostics == text) return;
  last = {document.version, std::move(text)};
  send_(notification_message(
      "textDocument/publishDiagnostics",
      {{"uri", document.uri}, {"version", document.version}, {"diagnostics", diagnostics}}));
}

Server::Answer Server::pull_diagnostics(const Json& params) {
  Document* document = document_of(params);
  if (document == nullptr) return Json{{"kind", "full"}, {"items", Json::array()}};
  return Json{{"kind", "full"}, {"items", judge(*document)}};
}

Server::Answer Server::hover(const Json& params) {
  Document* document = document_of(params);
  const auto position = position_of(member(params, "position"));
  if (!position) return invalid("a position is wanted");
  if (document == nullptr || document->path.empty()) return Json();
  const Report& report = workspace_.judge(*document);
  const TextIndex index(document->text, client_.encoding);
  std::string text;
  std::optional<Range> place;
  const auto add = [&](const std::string& part, const Range& range) {
    text += (text.empty() ? "" : "\n\n---\n\n") + part;
    if (!place) place = range;
  };
  for (const Finding* finding : shown_in(report, workspace_.name_of(*document))) {
    const Range range = lsp::range_of(*finding, index);
    if (*position < range.start || range.end < *position) continue;
    add(explain(*finding, *report.rule(finding->rule), client_.markup), range);
  }
  if (is_dockerfile(*document)) {
    const SourceFile source(document->path, document->text);
    if (const auto base = describe_base(source, index.offset(*position), today_, client_.markup)) {
      add(base->text, index.range(base->span));
    }
  }
  if (!place) return Json();
  const char* kind = client_.markup == Markup::kPlain ? "plaintext" : "markdown";
  return Json{{"contents", {{"kind", kind}, {"value", text}}}, {"range", to_json(*place)}};
}

Server::Answer Server::code_action(const Json& params) {
  if (!lsp::range_of(member(params, "range"))) return invalid("a range is wanted");
  Document* document = document_of(params);
  if (document == nullptr || document->path.empty()) return Json::array();
  const Report& report = workspace_.judge(*document);
  const TextIndex index(document->text, client_.encoding);
  const std::string name = workspace_.name_of(*document);
  const auto id_of = [&](std::string_view path) { return workspace_.id_of(*document, path); };
  return code_actions(
      {*document, report, name, index, client_.encoding, id_of, params, client_.edits, today_});
}

Server::Answer Server::execute_command(const Json& params) {
  if (text_of(member(params, "command")) != kExplainCommand) return invalid("no such command");
  const Json& arguments = member(params, "arguments");
  const bool named = arguments.is_array() && !arguments.empty();
  const check::Rule* rule = named ? check::find_rule(text_of(arguments[0])) : nullptr;
  if (rule == nullptr) return invalid("no such rule");
  const RuleInfo& info = check::info_of(*rule);
  tell(kInfoMessage, explain(info, Markup::kPlain));
  return Json(explain(info, Markup::kMarkdown));
}

}  // namespace plimsoll::lsp
