#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::image::registry {

/// One way to prove who asks, as a WWW-Authenticate header offers it (RFC 9110 §11.6.1).
struct Challenge {
  std::string scheme;                             ///< lower case: "bearer", "basic"
  std::map<std::string, std::string> parameters;  ///< keys in lower case
  [[nodiscard]] std::string parameter(const std::string& key) const;
};

/// All of one header, which may hold several. What is none is passed over.
[[nodiscard]] std::vector<Challenge> parse_challenges(std::string_view header);

}  // namespace plimsoll::image::registry
