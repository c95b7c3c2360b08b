#include "engine/engine.h"

#include <utility>

#include "core/limits.h"
#include "engine/answer.h"

namespace plimsoll::engine {
namespace {

tl::unexpected<Error> strange(const Api& api, std::string_view call, std::string_view what) {
  return fail(ErrorCode::kEnvironment,
              "GET " + std::string(call) + ": the answer is " + std::string(what), api.name());
}

Result<Json> ask(const Api& api, const std::string& call) {
  const auto body = api.get(call);
  if (!body) return tl::unexpected<Error>(body.error());
  auto answer = parse_answer(*body);
  if (!answer) return strange(api, call, "no JSON, or too deep");
  return *std::move(answer);
}

bool is_podman(const Json& version) {
  const auto components = version.find("Components");
  if (components == version.end() || !components->is_array()) return false;
  for (const Json& component : *components) {
    if (text_of(component, "Name") == "Podman Engine") return true;
  }
  return false;
}

bool has_object(const Json& container, const char* key) {
  const auto found = container.find(key);
  return found != container.end() && found->is_object();
}

bool runs(const Json& container) {
  const auto state = container.find("State");
  if (state == container.end() || !state->is_object()) return false;
  const auto running = state->find("Running");
  return running != state->end() && running->is_boolean() && running->get<bool>();
}

}  // namespace

Result<Engine> Engine::meet(const Api& api) {
  static constexpr const char* kVersion = "/version";
  static constexpr const char* kInfo = "/info";
  const auto version = ask(api, kVersion);
  if (!version) return tl::unexpected<Error>(version.error());
  if (!version->is_object()) return strange(api, kVersion, "no object");
  const auto info = ask(api, kInfo);
  if (!info) return tl::unexpected<Error>(info.error());
  if (!info->is_object()) return strange(api, kInfo, "no object");

  Engine engine(api);
  // Docker runs ps on the host. Podman may run it inside the container, where we run nothing.
  engine.lists_processes_ = !is_podman(*version);
  if (has_security_option(*info, "rootless")) {
    engine.user_namespace_ = UserNamespace::kRootless;
  } else if (has_security_option(*info, "userns")) {
    engine.user_namespace_ = UserNamespace::kRemapped;
    engine.remapped_root_ = remapped_root(*info).value_or(-1);
  } else {
    engine.user_namespace_ = UserNamespace::kHost;
  }
  return engine;
}

Result<std::vector<Listed>> Engine::containers() const {
  static constexpr const char* kCall = "/containers/json?all=true";
  const auto answer = ask(*api_, kCall);
  if (!answer) return tl::unexpected<Error>(answer.error());
  auto list = read_list(*answer);
  if (!list) return strange(*api_, kCall, "no list of containers");
  return *std::move(list);
}

Result<Description> Engine::describe(std::string_view name) const {
  if (!is_name(name)) {
    return fail(ErrorCode::kUsage, "'" + std::string(name) + "' is no name of a container");
  }
  const std::string call = "/containers/" + std::string(name);
  auto container = ask(*api_, call + "/json");
  if (!container) return tl::unexpected<Error>(container.error());
  if (!has_object(*container, "Config") || !has_object(*container, "HostConfig")) {
    return strange(*api_, call + "/json", "no container");
  }
  Description description{name_of(text_of(*container, "Name")), {}};
  if (description.name.empty()) return strange(*api_, call + "/json", "a container without a name");

  Json all = Json::object();
  if (lists_processes_ && runs(*container)) {
    // Programs without their arguments, which may be secrets; numbers, not the host's names.
    // An engine whose ps cannot do that, or a container that has just ended: it is not known.
    if (auto processes = ask(*api_, call + "/top?ps_args=-eo%20uid,pid,comm")) {
      all["Processes"] = *std::move(processes);
    }
  }
  if (const std::string image = movable_image(*container); !image.empty()) {
    if (const auto tagged = ask(*api_, "/images/" + image + "/json")) {
      const std::string id = text_of(*tagged, "Id");
      if (is_image_id(id)) all["TaggedImage"] = id;
    }
  }
  switch (user_namespace_) {
    case UserNamespace::kHost: all["UserNamespace"] = "host"; break;
    case UserNamespace::kRootless: all["UserNamespace"] = "rootless"; break;
    case UserNamespace::kRemapped:
      all["UserNamespace"] = "remapped";
      if (remapped_root_ >= 0) all["RemappedRoot"] = remapped_root_;
      break;
    case UserNamespace::kUnknown: break;
  }
  all["Container"] = *std::move(container);
  description.text = all.dump(4, ' ', false, Json::error_handler_t::replace) + '\n';
  return description;
}

}  // namespace plimsoll::engine
