#include "lsp/server.h"

#include <gtest/gtest.h>

#include <set>

#include "check/rule.h"
#include "core/limits.h"

namespace plimsoll::lsp {
namespace {

constexpr const char* kUri = "file:///w/Dockerfile";

/// A rule with a safe fix, which the default set has not, and one of the default set.
const Json kTwoRules{{"rules", {"maintainer-deprecated", "base-image-latest"}}};

/// A client that knows the answers at once.
class Session {
 public:
  explicit Session(Json abilities = Json::object(), Json options = nullptr) {
    start_ = request("initialize", {{"capabilities", std::move(abilities)},
                                    {"rootUri", "file:///w"},
                                    {"initializationOptions", std::move(options)}});
    notify("initialized", Json::object());
  }

  /// The whole answer.
  Json request(const std::string& method, Json params) {
    const int id = ++last_id_;
    take({{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}});
    for (const Json& message : sent_) {
      if (message.contains("id") && message["id"] == id && !message.contains("method")) {
        return message;
      }
    }
    ADD_FAILURE() << method << " was not answered";
    return nullptr;
  }
  Json result(const std::string& method, Json params) {
    return request(method, std::move(params))["result"];
  }
  void notify(const std::string& method, Json params) {
    take({{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}});
  }
  void take(const Json& message) { server_.handle(message.dump()); }

  void open(const std::string& text, const std::string& uri = kUri,
            const std::string& language = "dockerfile") {
    notify("textDocument/didOpen",
           {{"textDocument",
             {{"uri", uri}, {"languageId", language}, {"version", 1}, {"text", text}}}});
  }
  /// Slugs published last for the document, each followed by ' '; "silence" when nothing was.
  std::string published(const std::string& uri = kUri) {
    server_.publish_due();
    std::string slugs = "silence";
    for (const Json& message : sent_) {
      if (message.value("method", "") != "textDocument/publishDiagnostics") continue;
      if (message["params"]["uri"] != uri) continue;
      slugs.clear();
      for (const Json& one : message["params"]["diagnostics"]) {
        slugs += one["code"].get<std::string>() + ' ';
      }
    }
    return slugs;
  }
  Json last(const std::string& method) {
    Json found;
    for (const Json& message : sent_) {
      if (message.value("method", "") == method) found = message["params"];
    }
    return found;
  }
  Json actions(std::uint32_t line, Json context = {{"diagnostics", Json::array()}}) {
    return result("textDocument/codeAction", {{"textDocument", {{"uri", kUri}}},
                                              {"range", to_json(Range{{line, 0}, {line, 100}})},
                                              {"context", std::move(context)}});
  }

  MemoryFileSystem disk_;
  std::vector<Json> sent_;
  Server server_{disk_, Date{2026, 1, 1},
                 [this](const std::string& message) { sent_.push_back(Json::parse(message)); }};
  Json start_;
  int last_id_ = 0;
};

const Json* with_title(const Json& actions, std::string_view part) {
  for (const Json& action : actions) {
    if (action["title"].get<std::string>().find(part) != std::string::npos) return &action;
  }
  return nullptr;
}

TEST(Server, SaysWhatItCanDo) {
  const Session session;
  const Json& can = session.start_["result"]["capabilities"];
  EXPECT_EQ(can["positionEncoding"], "utf-16");
  EXPECT_EQ(can["textDocumentSync"]["change"], 2);
  EXPECT_FALSE(can.contains("diagnosticProvider"));
  EXPECT_EQ(session.start_["result"]["serverInfo"]["name"], "plimsoll");
}

TEST(Server, TakesTheEncodingThatBothKnow) {
  const auto chosen = [](Json offered) {
    const Session session(Json{{"general", {{"positionEncodings", std::move(offered)}}}});
    return session.start_["result"]["capabilities"]["positionEncoding"];
  };
  EXPECT_EQ(chosen({"utf-16", "utf-8"}), "utf-8");
  EXPECT_EQ(chosen({"utf-32", "utf-16"}), "utf-32");
  EXPECT_EQ(chosen({"utf-7"}), "utf-16");
  EXPECT_EQ(chosen(7), "utf-16");
}

TEST(Server, AnswersWhatItDoesNotKnowWithAnError) {
  Session session;
  EXPECT_EQ(session.request("textDocument/rename", nullptr)["error"]["code"], -32601);
  EXPECT_EQ(session.request("initialize", nullptr)["error"]["code"], -32600);
  EXPECT_EQ(session.request("textDocument/hover", {{"position", 3}})["error"]["code"], -32602);
  session.sent_.clear();
  session.notify("$/cancelRequest", {{"id", 1}});
  session.notify("$/something", nullptr);
  session.take({{"jsonrpc", "2.0"}, {"id", 5}, {"result", nullptr}});
  EXPECT_TRUE(session.sent_.empty());
}

TEST(Server, AnswersWhatIsNoMessageWithAnError) {
  Session session;
  const auto code = [&session](const std::string& content) {
    session.sent_.clear();
    session.server_.handle(content);
    return session.sent_.size() == 1 ? session.sent_[0]["error"]["code"] : Json();
  };
  EXPECT_EQ(code(""), -32700);
  EXPECT_EQ(code("{"), -32700);
  EXPECT_EQ(code("\xFF"), -32700);
  EXPECT_EQ(code(std::string(1U << 20U, '[')), -32700);
  EXPECT_EQ(code("[]"), -32600);
  EXPECT_EQ(code("{}"), -32600);
  EXPECT_EQ(code(R"({"jsonrpc":"2.0","id":{},"method":"shutdown"})"), -32600);
  EXPECT_EQ(code(R"({"jsonrpc":"2.0","id":1,"method":7})"), -32600);
  EXPECT_EQ(code(R"({"jsonrpc":"1.0","id":1,"method":"shutdown"})"), -32600);
  EXPECT_EQ(session.sent_[0]["id"], 1);
}

TEST(Server, WantsInitializeFirstAndNothingAfterShutdown) {
  const MemoryFileSystem disk;
  std::vector<Json> sent;
  Server server(disk, Date{2026, 1, 1},
                [&sent](const std::string& message) { sent.push_back(Json::parse(message)); });
  server.handle(R"({"jsonrpc":"2.0","id":1,"method":"shutdown"})");
  EXPECT_EQ(sent.back()["error"]["code"], -32002);
  server.handle(R"({"jsonrpc":"2.0","id":"a","method":"initialize","params":{}})");
  EXPECT_EQ(sent.back()["id"], "a");
  server.handle(R"({"jsonrpc":"2.0","id":2,"method":"shutdown"})");
  EXPECT_TRUE(sent.back()["result"].is_null());
  server.handle(R"({"jsonrpc":"2.0","id":3,"method":"textDocument/hover"})");
  EXPECT_EQ(sent.back()["error"]["code"], -32600);
  EXPECT_FALSE(server.ended());
  server.handle(R"({"jsonrpc":"2.0","method":"exit"})");
  EXPECT_EQ(server.ended(), Exit::kClean);
}

TEST(Server, ExitWithoutShutdownIsStatusOne) {
  Session session;
  session.notify("exit", nullptr);
  ASSERT_TRUE(session.server_.ended());
  EXPECT_EQ(static_cast<int>(*session.server_.ended()), 1);
}

TEST(Server, JudgesTheBufferAndNotTheDisk) {
  Session session(Json::object(), kTwoRules);
  session.disk_.add("/w/Dockerfile", "FROM debian:latest\nUSER 1000\n");
  session.open("FROM debian:12\nMAINTAINER x\nUSER 1000\n");
  EXPECT_EQ(session.published(), "maintainer-deprecated ");
  const Json shown = session.last("textDocument/publishDiagnostics");
  EXPECT_EQ(shown["version"], 1);
  const Json& diagnostic = shown["diagnostics"][0];
  EXPECT_EQ(diagnostic["range"], to_json(Range{{1, 0}, {1, 12}}));
  EXPECT_EQ(diagnostic["severity"], 4);
  EXPECT_EQ(diagnostic["source"], "plimsoll");
  EXPECT_EQ(diagnostic["tags"], Json::array({2}));
  EXPECT_EQ(diagnostic["data"]["fingerprint"].get<std::string>().size(), 32U);
  EXPECT_TRUE(diagnostic["codeDescription"]["href"].get<std::string>().starts_with("https://"));
}

TEST(Server, FollowsEveryChange) {
  Session session;
  session.open("FROM debian:12\nUSER 1000\n");
  EXPECT_EQ(session.published(), "");
  const auto change = [&session](int version, Range range, const std::string& text) {
    session.notify(
        "textDocument/didChange",
        {{"textDocument", {{"uri", kUri}, {"version", version}}},
         {"contentChanges", Json::array({{{"range", to_json(range)}, {"text", text}}})}});
  };
  change(2, {{0, 12}, {0, 14}}, "latest");
  EXPECT_EQ(session.published(), "base-image-latest ");
  EXPECT_EQ(session.last("textDocument/publishDiagnostics")["version"], 2);
  change(3, {{0, 12}, {0, 18}}, "12");
  EXPECT_EQ(session.published(), "");
}

TEST(Server, AChangeWithinAnotherIsNotJudgedTwice) {
  Session session;
  session.open("FROM debian:12\nUSER 1000\n");
  (void)session.published();
  session.sent_.clear();
  for (int version = 2; version < 10; ++version) {
    session.notify("textDocument/didChange",
                   {{"textDocument", {{"uri", kUri}, {"version", version}}},
                    {"contentChanges", Json::array({{{"text", "FROM debian:latest\n"}}})}});
  }
  EXPECT_TRUE(session.server_.has_due());
  EXPECT_TRUE(session.sent_.empty());
  session.server_.publish_due();
  EXPECT_FALSE(session.server_.has_due());
  ASSERT_EQ(session.sent_.size(), 1U);
  EXPECT_EQ(session.sent_[0]["params"]["version"], 9);
}

TEST(Server, JudgesFilesTogether) {
  const std::string compose = "file:///w/compose.yaml";
  Session session(Json::object(), {{"rules", {"container-runs-as-root"}}});
  session.disk_.add("/w/Dockerfile", "FROM debian:12\n");
  session.open("services:\n  web:\n    build: .\n", compose, "yaml");
  EXPECT_EQ(session.published(compose), "container-runs-as-root ");
  session.open("FROM debian:12\nUSER 1000\n");
  EXPECT_EQ(session.published(compose), "") << "the Dockerfile in the editor says who it runs as";
  session.notify("textDocument/didClose", {{"textDocument", {{"uri", kUri}}}});
  EXPECT_EQ(session.published(compose), "container-runs-as-root ") << "the disk counts again";
}

TEST(Server, ClosingTakesTheDiagnosticsAway) {
  Session session;
  session.open("FROM debian:latest\n");
  EXPECT_NE(session.published(), "");
  session.notify("textDocument/didClose", {{"textDocument", {{"uri", kUri}}}});
  EXPECT_EQ(session.published(), "");
}

TEST(Server, DoesNotShowWhatIsSuppressed) {
  Session session;
  session.open("# plimsoll ignore=base-image-latest reason=\"x\"\nFROM debian:latest\nUSER 1000\n");
  EXPECT_EQ(session.published(), "");
}

TEST(Server, ShowsTheRulesThatWereChosen) {
  Session session(Json::object(), {{"rules", {"hadolint:DL4000"}}});
  session.open("FROM debian:latest\nMAINTAINER x\n");
  EXPECT_EQ(session.published(), "maintainer-deprecated ");
  session.notify("workspace/didChangeConfiguration",
                 {{"settings", {{"plimsoll", {{"rules", {"base-image-latest"}}}}}}});
  EXPECT_EQ(session.published(), "base-image-latest ");
  session.notify("workspace/didChangeConfiguration", {{"settings", {{"rules", "all"}}}});
  EXPECT_GT(session.published().size(), 60U);
  session.notify("workspace/didChangeConfiguration", {{"settings", {{"rules", {"nonsense"}}}}});
  EXPECT_NE(session.last("window/showMessage")["message"].get<std::string>().find("nonsense"),
            std::string::npos);
}

TEST(Server, ClientsThatPullAreNotPushedTo) {
  Session session(Json{{"textDocument", {{"diagnostic", Json::object()}}},
                       {"workspace", {{"diagnostics", {{"refreshSupport", true}}}}}});
  EXPECT_EQ(session.start_["result"]["capabilities"]["diagnosticProvider"]["interFileDependencies"],
            true);
  session.open("FROM debian:latest\nUSER 1000\n");
  EXPECT_FALSE(session.server_.has_due());
  EXPECT_EQ(session.published(), "silence");
  const Json report =
      session.result("textDocument/diagnostic", {{"textDocument", {{"uri", kUri}}}});
  EXPECT_EQ(report["kind"], "full");
  ASSERT_EQ(report["items"].size(), 1U);
  EXPECT_EQ(report["items"][0]["code"], "base-image-latest");
  session.notify("textDocument/didSave", {{"textDocument", {{"uri", kUri}}}});
  EXPECT_EQ(session.sent_.back()["method"], "workspace/diagnostic/refresh");
}

TEST(Server, FilesOutsideTheWorkspaceAreJudgedAloneWithThoseTheyName) {
  Session session;
  session.disk_.add("/x/Dockerfile", "FROM debian:12\nUSER root\n");
  session.open("services:\n  web:\n    build: .\n", "file:///x/compose.yaml", "yaml");
  EXPECT_NE(session.published("file:///x/compose.yaml").find("runs-as-root"), std::string::npos);
}

TEST(Server, HiddenFoldersAndStrangeNamesAreJudgedOnceOpened) {
  Session session;
  session.open("FROM debian:latest\nUSER 1\n", "file:///w/.devcontainer/Dockerfile");
  EXPECT_EQ(session.published("file:///w/.devcontainer/Dockerfile"), "base-image-latest ");
  session.open("FROM debian:latest\nUSER 1\n", "file:///w/build.txt");
  EXPECT_EQ(session.published("file:///w/build.txt"), "base-image-latest ");
}

TEST(Server, OtherFilesAreLeftAlone) {
  Session session;
  session.open("hello: world\n", "file:///w/other.yaml", "yaml");
  EXPECT_EQ(session.published("file:///w/other.yaml"), "");
  session.open("int main() {}\n", "file:///w/main.c", "c");
  EXPECT_EQ(session.published("file:///w/main.c"), "");
  session.open("FROM debian:latest\n", "untitled:1");
  EXPECT_EQ(session.published("untitled:1"), "");
}

TEST(Server, SaysWhatCouldNotBeJudged) {
  Session session;
  session.open("services:\n  a: [\n", "file:///w/compose.yaml", "yaml");
  EXPECT_EQ(session.published("file:///w/compose.yaml"), "incomplete ");
}

TEST(Server, AWorkspaceThatIsTooLargeIsSaidOnceAndItsFilesAreJudgedAlone) {
  Session session;
  for (std::size_t i = 0; i <= limits::kWorkspaceEntries; ++i) {
    session.disk_.add("/w/many/" + std::to_string(i), "");
  }
  session.open("FROM debian:latest\nUSER 1000\n");
  EXPECT_EQ(session.published(), "base-image-latest ");
  EXPECT_NE(session.last("window/showMessage")["message"].get<std::string>().find("too large"),
            std::string::npos);
}

TEST(Server, ColumnsAreRightAfterWideCharacters) {
  const std::string text =
      "FROM debian:12\nRUN echo '\xE6\xBC\xA2\xF0\x9F\x98\x80' && sudo id\n"
      "USER 1000\n";
  for (const auto& [encoding, column] :
       {std::pair("utf-8", 22U), std::pair("utf-16", 18U), std::pair("utf-32", 17U)}) {
    Session session(Json{{"general", {{"positionEncodings", {encoding}}}}},
                    {{"rules", {"sudo-used"}}});
    session.open(text);
    EXPECT_EQ(session.published(), "sudo-used ");
    const Json shown = session.last("textDocument/publishDiagnostics");
    EXPECT_EQ(shown["diagnostics"][0]["range"]["start"]["character"], column) << encoding;
  }
}

TEST(Hover, ExplainsTheFinding) {
  Session session(Json::object(), kTwoRules);
  session.open("FROM debian:12\nMAINTAINER x\nUSER 1000\n");
  const Json hover = session.result("textDocument/hover", {{"textDocument", {{"uri", kUri}}},
                                                           {"position", to_json(Position{1, 3})}});
  EXPECT_EQ(hover["contents"]["kind"], "markdown");
  const std::string text = hover["contents"]["value"];
  for (const char* part : {"**MAINTAINER is deprecated** (info, maintainer-deprecated)", "**Why:**",
                           "**What to do:**", "<https://"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << " is not in " << text;
  }
  EXPECT_TRUE(session
                  .result("textDocument/hover", {{"textDocument", {{"uri", kUri}}},
                                                 {"position", to_json(Position{2, 3})}})
                  .is_null());
}

TEST(Hover, TellsWhatIsKnownOfTheBaseImage) {
  Session session(Json{{"textDocument", {{"hover", {{"contentFormat", {"plaintext"}}}}}}});
  session.open("FROM node:14\nUSER node\n");
  const Json hover = session.result("textDocument/hover", {{"textDocument", {{"uri", kUri}}},
                                                           {"position", to_json(Position{0, 7})}});
  EXPECT_EQ(hover["contents"]["kind"], "plaintext");
  const std::string text = hover["contents"]["value"];
  EXPECT_NE(text.find("runs as 'root'"), std::string::npos) << text;
  EXPECT_NE(text.find("Node.js 14: no fixes since 2023-04-30"), std::string::npos) << text;
}

TEST(CodeAction, OffersTheFixTheIgnoreAndTheExplanation) {
  Session session(Json{{"workspace", {{"workspaceEdit", {{"documentChanges", true}}}}}}, kTwoRules);
  session.open("FROM debian:12\nMAINTAINER x\nUSER 1000\n");
  const Json actions = session.actions(1);
  const Json* fix = with_title(actions, "LABEL");
  ASSERT_NE(fix, nullptr) << actions.dump(1);
  EXPECT_EQ((*fix)["isPreferred"], true);
  EXPECT_EQ((*fix)["diagnostics"][0]["code"], "maintainer-deprecated");
  const Json& change = (*fix)["edit"]["documentChanges"][0];
  EXPECT_EQ(change["textDocument"]["version"], 1);
  EXPECT_EQ(change["edits"][0]["newText"], "LABEL org.opencontainers.image.authors=\"x\"");
  const Json* ignore = with_title(actions, "ignore maintainer-deprecated here");
  ASSERT_NE(ignore, nullptr);
  const Json& edit = (*ignore)["edit"]["documentChanges"][0]["edits"][0];
  EXPECT_EQ(edit["range"], to_json(Range{{1, 0}, {1, 0}}));
  EXPECT_EQ(edit["newText"], "# plimsoll ignore=maintainer-deprecated reason=\"say why\"\n");
  EXPECT_NE(with_title(actions, "explain maintainer-deprecated"), nullptr);
  EXPECT_NE(with_title(actions, "apply all safe fixes"), nullptr);
}

TEST(CodeAction, OnlyWhatIsAskedFor) {
  Session session(Json::object(), kTwoRules);
  session.open("FROM debian:12\nMAINTAINER x\nUSER 1000\n");
  EXPECT_EQ(session.actions(0).size(), 1U) << "the fix of all";
  const Json all = session.actions(0, {{"only", {"source.fixAll"}}});
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0]["kind"], "source.fixAll.plimsoll");
  EXPECT_EQ(session.actions(1, {{"only", {"quickfix"}}}).size(), 3U);
  EXPECT_EQ(session.actions(1, {{"only", {"refactor", "source.organizeImports"}}}).size(), 0U);
  (void)session.published();
  const Json diagnostics = session.last("textDocument/publishDiagnostics")["diagnostics"];
  EXPECT_EQ(session.actions(0, {{"only", {"quickfix"}}, {"diagnostics", diagnostics}}).size(), 3U)
      << "findings that the client names are meant wherever the cursor stands";
}

TEST(Command, ExplainsARule) {
  Session session;
  const Json page = session.result("workspace/executeCommand",
                                   {{"command", kExplainCommand}, {"arguments", {"sudo-used"}}});
  EXPECT_NE(page.get<std::string>().find("sudo-used"), std::string::npos);
  EXPECT_EQ(session.last("window/showMessage")["type"], 3);
  EXPECT_EQ(session.request("workspace/executeCommand",
                            {{"command", kExplainCommand}, {"arguments", {"x"}}})["error"]["code"],
            -32602);
}

}  // namespace
}  // namespace plimsoll::lsp
