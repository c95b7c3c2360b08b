// An engine may answer anything. The first line of the input is the listing, the second what
// /version and /info say, the rest is one container.

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/bug.h"
#include "engine/answer.h"
#include "engine/engine.h"

namespace {

using namespace plimsoll;

class FuzzedApi final : public engine::Api {
 public:
  explicit FuzzedApi(std::string_view bytes) {
    list_ = line(bytes);
    engine_ = line(bytes);
    container_ = bytes;
  }
  Result<std::string> get(std::string_view path) const override {
    if (path.find_first_of(" \r\n\t#") != std::string_view::npos) PL_BUG("not a path");
    if (path == "/version" || path == "/info") return engine_;
    if (path.starts_with("/containers/json")) return list_;
    return container_;
  }
  std::string name() const override { return "socket"; }

 private:
  static std::string line(std::string_view& bytes) {
    const std::size_t end = bytes.find('\n');
    const std::string_view first = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    return std::string(first);
  }

  std::string list_;
  std::string engine_;
  std::string container_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const FuzzedApi api(std::string_view(reinterpret_cast<const char*>(data), size));
  const auto met = engine::Engine::meet(api);
  if (!met) return 0;
  if (const auto list = met->containers()) {
    for (const engine::Listed& one : *list) {
      if (!engine::is_name(one.id) || !engine::is_name(one.name)) PL_BUG("no name");
    }
  }
  const auto description = met->describe("web");
  if (!description) return 0;
  if (!engine::is_name(description->name)) PL_BUG("no name");
  const auto again = engine::Json::parse(description->text, nullptr, false);
  if (!again.is_object() || !again.contains("Container")) PL_BUG("the description is no JSON");
  return 0;
}
