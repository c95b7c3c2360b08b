#include "engine/answer.h"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "core/ascii.h"
#include "core/escape.h"
#include "core/limits.h"
#include "core/path.h"
#include "parse/image_reference.h"

namespace plimsoll::engine {
namespace {

constexpr std::string_view kImageId = "sha256:";
constexpr std::size_t kMostMessage = 200;
constexpr std::size_t kMostName = 255;

const Json* find(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

std::optional<std::int64_t> number_of(std::string_view digits) {
  std::int64_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [at, error] = std::from_chars(digits.data(), end, number);
  if (error != std::errc{} || at != end || number < 0) return std::nullopt;
  return number;
}

}  // namespace

std::optional<Json> parse_answer(std::string_view text) {
  bool too_deep = false;
  const auto limit_depth = [&too_deep](int depth, Json::parse_event_t, const Json&) {
    // Printing it indented costs depth times size.
    if (depth > static_cast<int>(limits::kEngineAnswerDepth)) too_deep = true;
    return !too_deep;
  };
  Json answer = Json::parse(text, limit_depth, /*allow_exceptions=*/false);
  if (too_deep || answer.is_discarded()) return std::nullopt;
  return answer;
}

std::string text_of(const Json& object, const char* key) {
  const Json* const found = find(object, key);
  return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
}

std::string message_of(std::string_view body) {
  const auto answer = parse_answer(body);
  if (!answer) return {};
  return escape_terminal(text_of(*answer, "message"), kMostMessage);
}

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > kMostName || !ascii::is_alnum(text.front())) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return ascii::is_alnum(c) || c == '_' || c == '.' || c == '-'; });
}

std::string name_of(std::string_view text) {
  if (text.starts_with('/')) text.remove_prefix(1);
  return is_name(text) ? std::string(text) : std::string();
}

bool is_image_id(std::string_view text) {
  if (!text.starts_with(kImageId) || text.size() == kImageId.size()) return false;
  text.remove_prefix(kImageId.size());
  return text.size() <= kMostName && std::all_of(text.begin(), text.end(), ascii::is_hex);
}

std::optional<std::vector<Listed>> read_list(const Json& answer) {
  if (!answer.is_array()) return std::nullopt;
  std::vector<Listed> list;
  for (const Json& entry : answer) {
    Listed listed{text_of(entry, "Id"), {}};
    // Links add names such as /web/db; the container's own has no second slash.
    if (const Json* names = find(entry, "Names"); names != nullptr && names->is_array()) {
      for (const Json& name : *names) {
        if (listed.name.empty() && name.is_string()) {
          listed.name = name_of(name.get_ref<const std::string&>());
        }
      }
    }
    if (!is_name(listed.id)) return std::nullopt;
    if (listed.name.empty()) listed.name = listed.id;
    list.push_back(std::move(listed));
  }
  std::sort(list.begin(), list.end(), [](const Listed& a, const Listed& b) {
    return std::tie(a.name, a.id) < std::tie(b.name, b.id);
  });
  return list;
}

std::optional<std::int64_t> remapped_root(const Json& info) {
  const std::string folder = text_of(info, "DockerRootDir");
  const std::string_view accounts = path::name(folder);
  return number_of(accounts.substr(0, accounts.find('.')));
}

bool has_security_option(const Json& info, std::string_view name) {
  const Json* const options = find(info, "SecurityOptions");
  if (options == nullptr || !options->is_array()) return false;
  return std::any_of(options->begin(), options->end(), [name](const Json& option) {
    if (!option.is_string()) return false;
    const std::vector<std::string_view> parts =
        ascii::split(option.get_ref<const std::string&>(), ',');
    return std::find(parts.begin(), parts.end(), "name=" + std::string(name)) != parts.end();
  });
}

std::string movable_image(const Json& container) {
  std::string name = text_of(container, "ImageName");  // Podman's Config.Image may be an id
  const Json* const config = find(container, "Config");
  if (name.empty() && config != nullptr) name = text_of(*config, "Image");
  if (name.starts_with(kImageId)) return {};
  const auto reference = parse_image_reference(name);
  if (!reference || !reference->digest.empty()) return {};
  // "3f1c…" without a tag may be an id as well as a name: the engine prefers the name, people do
  // not.
  if (reference->tag.empty() && std::all_of(name.begin(), name.end(), ascii::is_hex)) return {};
  return to_string(*reference);
}

}  // namespace plimsoll::engine
