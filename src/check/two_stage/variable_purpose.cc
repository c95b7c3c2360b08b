#include "check/two_stage/variable_purpose.h"

#include <algorithm>
#include <iterator>

namespace plimsoll::check::two_stage {

bool is_of_build(std::string_view name) {
  constexpr std::string_view kPrefixes[] = {"GO",          "CGO_",    "PIP_",    "NPM_CONFIG_",
                                            "npm_config_", "MAVEN_",  "GRADLE_", "CARGO_",
                                            "NUGET_",      "POETRY_", "YARN_",   "PNPM_"};
  if (name == "DEBIAN_FRONTEND" || name == "CI" || name == "RUSTFLAGS") return true;
  return std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                     [name](std::string_view prefix) { return name.starts_with(prefix); });
}

bool may_guide_build(std::string_view name) {
  constexpr std::string_view kPrefixes[] = {"NODE_", "NEXT_",   "NUXT_",  "VITE_", "REACT_",
                                            "VUE_",  "PUBLIC_", "RAILS_", "RACK_", "BUNDLE_",
                                            "GEM_",  "DOTNET_", "JAVA_",  "LC_",   "RUST"};
  if (name == "PATH" || name == "HOME" || name == "LANG") return true;
  return std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                     [name](std::string_view prefix) { return name.starts_with(prefix); });
}

bool is_of_run_time(std::string_view name) {
  constexpr std::string_view kPrefixes[] = {
      "ASPNETCORE_", "GIN_",     "LOG_",      "JAVA_OPTS",
      "FLASK_",      "UVICORN_", "GUNICORN_", "PYTHONUNBUFFERED"};
  if (name == "PORT" || name == "HOST" || name == "TZ" || name == "LISTEN_ADDR") return true;
  return std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                     [name](std::string_view prefix) { return name.starts_with(prefix); });
}

}  // namespace plimsoll::check::two_stage
