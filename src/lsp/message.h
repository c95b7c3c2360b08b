#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lsp/json_access.h"

/// JSON-RPC 2.0 as the Language Server Protocol uses it: no batches, ids that are integers or text.
namespace plimsoll::lsp {

enum class RpcError : int {
  kParse = -32700,
  kInvalidRequest = -32600,
  kMethodNotFound = -32601,
  kInvalidParams = -32602,
  kServerNotInitialized = -32002,
};

struct Fault {
  RpcError code = RpcError::kInvalidRequest;
  std::string message;
};

/// A request has an id, a notification none.
struct Message {
  Json id;  ///< null for a notification
  std::string method;
  Json params;
  bool is_response = false;  ///< an answer to one of our own requests; the rest is empty

  [[nodiscard]] bool is_request() const { return !is_response && !id.is_null(); }
};

struct Incoming {
  Message message;
  std::optional<Fault> fault;  ///< then `message.id` is what could be read of it
};

/// Reads any bytes.
[[nodiscard]] Incoming read_message(std::string_view content);

[[nodiscard]] std::string result_message(const Json& id, Json result);
[[nodiscard]] std::string error_message(const Json& id, const Fault& fault);
[[nodiscard]] std::string notification_message(std::string_view method, Json params);
[[nodiscard]] std::string request_message(std::int64_t id, std::string_view method, Json params);

}  // namespace plimsoll::lsp
