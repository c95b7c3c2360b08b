#include "lsp/message.h"

#include <utility>

#include "core/limits.h"

namespace plimsoll::lsp {
namespace {

/// Bytes of a file may be no UTF-8, a message must be.
std::string text_of_message(const Json& message) {
  return message.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Null when it is no JSON or nests too deep. What is too deep is dropped while it is read, so that
/// brackets alone cannot fill the memory.
std::optional<Json> parse(std::string_view content) {
  bool too_deep = false;
  const auto keep = [&too_deep](int depth, Json::parse_event_t /*event*/, Json& /*value*/) {
    too_deep = too_deep || depth > static_cast<int>(limits::kMessageDepth);
    return !too_deep;
  };
  Json message = Json::parse(content.begin(), content.end(), keep, false);
  if (message.is_discarded() || too_deep) return std::nullopt;
  return message;
}

bool is_id(const Json& id) {
  return id.is_string() || id.is_number_integer();
}

}  // namespace

Incoming read_message(std::string_view content) {
  Incoming incoming;
  std::optional<Json> json = parse(content);
  if (!json) {
    incoming.fault = Fault{RpcError::kParse, "not JSON, or nested too deep"};
    return incoming;
  }
  const Json& id = member(*json, "id");
  if (is_id(id)) incoming.message.id = id;
  const bool has_id = json->is_object() && json->contains("id");
  if (!json->is_object() || text_of(member(*json, "jsonrpc")) != "2.0") {
    incoming.fault = Fault{RpcError::kInvalidRequest, "not a JSON-RPC 2.0 message"};
  } else if (!json->contains("method") && (json->contains("result") || json->contains("error"))) {
    incoming.message.is_response = true;
  } else if (!member(*json, "method").is_string() || (has_id && !is_id(id))) {
    incoming.fault = Fault{RpcError::kInvalidRequest, "neither a request nor a notification"};
  } else {
    incoming.message.method = text_of(member(*json, "method"));
    if (const auto params = json->find("params"); params != json->end()) {
      incoming.message.params = std::move(*params);
    }
  }
  return incoming;
}

std::string result_message(const Json& id, Json result) {
  return text_of_message({{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}});
}

std::string error_message(const Json& id, const Fault& fault) {
  const Json error{{"code", static_cast<int>(fault.code)}, {"message", fault.message}};
  return text_of_message({{"jsonrpc", "2.0"}, {"id", id}, {"error", error}});
}

std::string notification_message(std::string_view method, Json params) {
  return text_of_message({{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}});
}

std::string request_message(std::int64_t id, std::string_view method, Json params) {
  return text_of_message(
      {{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}});
}

}  // namespace plimsoll::lsp
