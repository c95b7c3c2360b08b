#include "advisory/vex_reading.h"

#include "core/ascii.h"
#include "core/limits.h"
#include "core/near_name.h"

namespace plimsoll::advisory {

Result<void> VexBudget::take(std::size_t bytes) {
  taken_ += bytes;
  if (taken_ <= limits::kVexBytes) return {};
  return fail(ErrorCode::kLimit, "the document says more than is read of one");
}

Result<void> VexBudget::take(const VexComponent& component) {
  constexpr std::size_t kEntryBytes = 64;  // of VexSet, for each name
  return take(sizeof(VexProduct) + names_ * kEntryBytes + component.id.size() +
              component.purl.size() + component.cpe.size() + component.digest.size());
}

Result<void> VexBudget::take(const VexStatement& statement) {
  std::size_t bytes = sizeof statement + statement.impact.size() + statement.action.size() +
                      statement.author.size() + statement.timestamp.size();
  names_ = statement.vulnerabilities.size();
  for (const std::string& id : statement.vulnerabilities) bytes += sizeof id + id.size();
  return take(bytes);
}

tl::unexpected<Error> unknown_word(const std::string& place, std::string_view word,
                                   const std::vector<std::string_view>& known) {
  std::string message = place;
  message +=
      word.empty() ? ": there is none" : ": unknown '" + std::string(word.substr(0, 80)) + '\'';
  if (const std::string_view near = nearest_name(word, known); !near.empty()) {
    message += "; did you mean '" + std::string(near) + "'?";
  }
  return fail(ErrorCode::kInvalid, std::move(message));
}

std::string place_in(std::string_view list, std::size_t index) {
  return std::string(list) + '[' + std::to_string(index) + ']';
}

std::optional<json::Value> member(const json::Value& object, std::string_view key) {
  json::Value value;
  if (object.at_key(key).get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

VexComponent component_called(std::string_view id) {
  VexComponent component;
  if (id.starts_with("pkg:")) {
    component.purl = id;
  } else if (id.starts_with("cpe:")) {
    component.cpe = id;
  } else {
    component.id = id;
  }
  return component;
}

}  // namespace plimsoll::advisory
