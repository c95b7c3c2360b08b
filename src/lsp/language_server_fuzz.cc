#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/bug.h"
#include "core/file_system.h"
#include "lsp/framing.h"
#include "lsp/server.h"

// A stream of bytes as a client might send it: whatever it is, every message that goes out is a
// JSON-RPC message, and a request that was read is answered.
namespace {

using namespace plimsoll;

const MemoryFileSystem& disk() {
  static const MemoryFileSystem files = [] {
    MemoryFileSystem made;
    made.add("/w/Dockerfile", "FROM node:14\nRUN sudo id\n");
    made.add("/w/compose.yaml", "services:\n  web:\n    build: .\n    privileged: true\n");
    return made;
  }();
  return files;
}

void verify(const std::string& text) {
  const auto message = nlohmann::json::parse(text, nullptr, false);
  if (!message.is_object()) PL_BUG("what goes out is no JSON object");
  if (message.value("jsonrpc", "") != "2.0") PL_BUG("what goes out is no JSON-RPC 2.0");
  const bool answers = message.contains("result") != message.contains("error");
  if (!message.contains("method") && !(answers && message.contains("id"))) {
    PL_BUG("neither a request nor an answer goes out");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  lsp::FrameReader reader;
  std::size_t answers = 0;
  lsp::Server server(disk(), Date{2026, 1, 1}, [&answers](const std::string& message) {
    verify(message);
    answers += nlohmann::json::parse(message).contains("method") ? 0U : 1U;
  });
  reader.feed({reinterpret_cast<const char*>(data), size});
  while (auto message = reader.next()) {
    const std::size_t before = answers;
    if (!*message) {
      server.refuse(message->error());
      if (answers == before) PL_BUG("a broken frame was passed over in silence");
      continue;
    }
    const lsp::Incoming incoming = lsp::read_message(**message);
    server.handle(**message);
    const std::size_t wanted = incoming.fault || incoming.message.is_request() ? 1 : 0;
    if (answers - before != wanted) PL_BUG("a message has not the answers it should");
    if (server.ended()) break;
    server.publish_due();
    if (server.has_due()) PL_BUG("publishing leaves something due");
  }
  return 0;
}
