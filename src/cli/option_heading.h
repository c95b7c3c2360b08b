#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace plimsoll::cli {

/// What options stand under in the help that no heading was given.
inline constexpr const char* kOwnOptions = "Options";

/// Options that are declared while it lives stand under this heading in the help.
class OptionHeading {
 public:
  OptionHeading(CLI::App& app, const std::string& heading)
      : app_(app), before_(app.option_defaults()->get_group()) {
    app_.option_defaults()->group(heading);
  }
  OptionHeading(const OptionHeading&) = delete;
  OptionHeading& operator=(const OptionHeading&) = delete;
  ~OptionHeading() { app_.option_defaults()->group(before_); }

 private:
  CLI::App& app_;
  std::string before_;
};

}  // namespace plimsoll::cli
