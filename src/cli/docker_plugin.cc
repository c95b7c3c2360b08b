#include "cli/docker_plugin.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "cli/output.h"
#include "cli/program.h"
#include "core/version.h"

namespace plimsoll::cli::docker_plugin {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kPluginName = "plimsoll";
constexpr std::string_view kMetadataQuestion = "docker-cli-plugin-metadata";
constexpr std::string_view kHookQuestion = "docker-cli-plugin-hooks";

/// Docker's global options that take a value. Of what they choose only the host is heeded.
constexpr std::array<std::string_view, 10> kGlobalsWithValue{
    "--config", "-c",          "--context",   "-H",        "--host",
    "-l",       "--log-level", "--tlscacert", "--tlscert", "--tlskey"};

struct Hint {
  std::string_view command;  ///< as the user's config.json names it, without `docker`
  std::string_view says;
};

// `docker build` is `buildx build` where buildx is installed.
constexpr std::string_view kAfterBuild =
    "Judge what this image will run as: docker plimsoll audit ";
constexpr std::string_view kAfterCompose =
    "Judge what these services may do: docker plimsoll audit ";
constexpr std::array kHints{
    Hint{"build", kAfterBuild},
    Hint{"buildx build", kAfterBuild},
    Hint{"image build", kAfterBuild},
    Hint{"builder build", kAfterBuild},
    Hint{"compose up", kAfterCompose},
    Hint{"compose build", kAfterCompose},
    Hint{"compose create", kAfterCompose},
};

/// A text member, or nothing when it is absent or no text.
std::string_view text_of(const Json& event, const char* key) {
  const auto found = event.find(key);
  if (found == event.end() || !found->is_string()) return {};
  return found->get_ref<const std::string&>();
}

/// Docker hides the values of flags: only that another file was read is known. After a plugin's
/// command the key may still hold the value: `file=web.yaml`.
bool names_a_file(const Json& event) {
  const auto flags = event.find("Flags");
  if (flags == event.end() || !flags->is_object()) return false;
  return std::any_of(flags->items().begin(), flags->items().end(), [](const auto& flag) {
    return flag.key() == "f" || flag.key() == "file" || flag.key().starts_with("file=");
  });
}

int print(const std::string& text) {
  const auto written = write_output(text, "");
  return static_cast<int>(written ? Exit::kClean : Exit::kEnvironment);
}

}  // namespace

bool is_called(std::string_view program, const std::vector<std::string>& arguments) {
  const std::string_view name = program.substr(program.rfind('/') + 1);
  return name == "docker-plimsoll" || (!arguments.empty() && arguments[0] == kMetadataQuestion);
}

int run(const std::vector<std::string>& arguments) {
  if (!arguments.empty() && arguments[0] == kMetadataQuestion) return print(metadata());
  // As if it had been set: what is asked of an engine is asked of this one.
  const std::string host = chosen_host(arguments);
  if (!host.empty()) ::setenv("DOCKER_HOST", host.c_str(), /*overwrite=*/1);
  const std::vector<std::string> own = own_arguments(arguments);
  if (own.empty() || own[0] != kHookQuestion) return Program().run(own);
  return own.size() < 2 ? static_cast<int>(Exit::kUsage) : print(hint_after(own[1]));
}

std::string metadata() {
  return Json{{"SchemaVersion", "0.1.0"},
              {"Vendor", "plimsoll"},
              {"Version", kVersion},
              {"ShortDescription", "Find and gate what is unsafe in container configuration"}}
             .dump() +
         '\n';
}

std::vector<std::string> own_arguments(const std::vector<std::string>& arguments) {
  auto at = arguments.begin();
  const bool asks_for_help = at != arguments.end() && *at == "help";
  if (asks_for_help) ++at;
  while (at != arguments.end() && at->starts_with('-')) {
    const bool has_value = std::find(kGlobalsWithValue.begin(), kGlobalsWithValue.end(), *at) !=
                           kGlobalsWithValue.end();
    ++at;
    if (has_value && at != arguments.end()) ++at;
  }
  if (at == arguments.end() || *at != kPluginName) return arguments;  // not called by Docker
  std::vector<std::string> own(at + 1, arguments.end());
  if (asks_for_help) own.emplace_back("--help");
  return own;
}

std::string chosen_host(const std::vector<std::string>& arguments) {
  static constexpr std::string_view kLong = "--host=";
  static constexpr std::string_view kLongContext = "--context=";
  // What a context stands for is not read: better no engine than another one.
  const auto of_context = [](const std::string& name) {
    return name == "default" ? std::string() : "context://" + name;
  };
  for (auto at = arguments.begin(); at != arguments.end() && *at != kPluginName; ++at) {
    if (at->starts_with(kLong)) return at->substr(kLong.size());
    if (at->starts_with(kLongContext)) return of_context(at->substr(kLongContext.size()));
    const bool has_value = std::find(kGlobalsWithValue.begin(), kGlobalsWithValue.end(), *at) !=
                           kGlobalsWithValue.end();
    if (!has_value || at + 1 == arguments.end()) continue;
    if (*at == "-H" || *at == "--host") return *(at + 1);
    if (*at == "-c" || *at == "--context") return of_context(*(at + 1));
    ++at;
  }
  return {};
}

std::string hint_after(std::string_view event_text) {
  const Json event = Json::parse(event_text, nullptr, /*allow_exceptions=*/false);
  if (!event.is_object()) return {};
  if (!text_of(event, "CommandError").empty()) return {};  // the error is what matters now
  const std::string_view command = text_of(event, "RootCmd");
  const auto* const hint = std::find_if(kHints.begin(), kHints.end(), [command](const Hint& each) {
    return each.command == command;
  });
  if (hint == kHints.end()) return {};
  // Docker reads the text as a template: nothing of the user's may get into it.
  const std::string_view target = names_a_file(event) ? "FILE" : ".";
  constexpr int kNextSteps = 0;
  return Json{{"Type", kNextSteps}, {"Template", std::string(hint->says) + std::string(target)}}
             .dump() +
         '\n';
}

}  // namespace plimsoll::cli::docker_plugin
