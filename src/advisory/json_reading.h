#pragma once

#include <simdjson.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

/// JSON documents of feeds, as simdjson has them. What is missing or of another type is empty.
namespace plimsoll::advisory::json {

using Value = simdjson::dom::element;

/// Keeps what a document was parsed into; one per thread is enough.
class Reader {
 public:
  /// Valid until the next call.
  /// @error kInvalid  no JSON, with what is wrong
  [[nodiscard]] Result<Value> read(std::string_view bytes);

 private:
  simdjson::dom::parser parser_;
};

[[nodiscard]] std::string_view text(const Value& object, std::string_view key);
/// Of an array; what is no text in it is left out.
[[nodiscard]] std::vector<std::string> texts(const Value& object, std::string_view key);
[[nodiscard]] bool is_true(const Value& object, std::string_view key);
[[nodiscard]] bool has(const Value& object, std::string_view key);

/// Each element of an array under `key`; of the value itself when `key` is "".
void for_each(const Value& object, std::string_view key, const std::function<void(Value)>& take);
/// Each member of an object under `key`; of the value itself when `key` is "".
void for_each_member(const Value& object, std::string_view key,
                     const std::function<void(std::string_view, Value)>& take);

}  // namespace plimsoll::advisory::json
