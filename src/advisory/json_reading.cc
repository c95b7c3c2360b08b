#include "advisory/json_reading.h"

namespace plimsoll::advisory::json {
namespace {

/// The value itself for "".
simdjson::simdjson_result<Value> at(const Value& object, std::string_view key) {
  if (key.empty()) return Value(object);
  return object.at_key(key);
}

}  // namespace

Result<Value> Reader::read(std::string_view bytes) {
  Value value;
  const auto error = parser_.parse(bytes.data(), bytes.size()).get(value);
  if (error == simdjson::SUCCESS) return value;
  return fail(ErrorCode::kInvalid, std::string("no JSON: ") + simdjson::error_message(error));
}

std::string_view text(const Value& object, std::string_view key) {
  std::string_view value;
  if (at(object, key).get(value) != simdjson::SUCCESS) return {};
  return value;
}

std::vector<std::string> texts(const Value& object, std::string_view key) {
  std::vector<std::string> all;
  for_each(object, key, [&all](const Value& each) {
    std::string_view value;
    if (each.get(value) == simdjson::SUCCESS) all.emplace_back(value);
  });
  return all;
}

bool is_true(const Value& object, std::string_view key) {
  bool value = false;
  return at(object, key).get(value) == simdjson::SUCCESS && value;
}

bool has(const Value& object, std::string_view key) {
  return at(object, key).error() == simdjson::SUCCESS;
}

void for_each(const Value& object, std::string_view key, const std::function<void(Value)>& take) {
  simdjson::dom::array array;
  if (at(object, key).get(array) != simdjson::SUCCESS) return;
  for (const Value each : array) take(each);
}

void for_each_member(const Value& object, std::string_view key,
                     const std::function<void(std::string_view, Value)>& take) {
  simdjson::dom::object members;
  if (at(object, key).get(members) != simdjson::SUCCESS) return;
  for (const auto& [name, value] : members) take(name, value);
}

}  // namespace plimsoll::advisory::json
