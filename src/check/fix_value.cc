#include "check/fix_value.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "core/ascii.h"

namespace plimsoll::check {
namespace {

/// "512m", "1g", "67108864".
bool is_memory(std::string_view text) {
  std::string_view number = text;
  if (!number.empty() &&
      std::string_view("bkmgBKMG").find(number.back()) != std::string_view::npos) {
    number.remove_suffix(1);
  }
  return ascii::is_number(number) && number.find_first_not_of('0') != std::string_view::npos;
}

/// "0.5", "2", "250m" (thousandths, as Kubernetes writes them).
bool is_cpus(std::string_view text) {
  if (text.ends_with('m')) text.remove_suffix(1);
  const std::size_t dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  const std::string_view rest = dot == std::string_view::npos ? "1" : text.substr(dot + 1);
  return ascii::is_number(whole) && ascii::is_number(rest) &&
         text.find_first_not_of("0.") != std::string_view::npos;
}

bool is_user(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view uid = text.substr(0, colon);
  const std::string_view gid = colon == std::string_view::npos ? uid : text.substr(colon + 1);
  const auto fine = [](std::string_view id) {
    return ascii::is_number(id) && id.size() <= 9 &&
           id.find_first_not_of('0') != std::string_view::npos;
  };
  return fine(uid) && fine(gid);
}

/// One address of the host, not all of them.
bool is_address(std::string_view text) {
  const std::string address(text);
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  if (inet_pton(AF_INET, address.c_str(), bytes.data()) != 1 &&
      inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) {
    return false;
  }
  return std::any_of(bytes.begin(), bytes.end(), [](unsigned char byte) { return byte != 0; });
}

bool is_value(std::string_view name, std::string_view text) {
  if (name.starts_with("memory")) return is_memory(text);
  if (name.starts_with("cpu")) return is_cpus(text);
  if (name == "user") return is_user(text);
  if (name == "publish") return is_address(text);
  return ascii::is_number(text) && text.find_first_not_of('0') != std::string_view::npos;
}

}  // namespace

const std::vector<FixValueName>& fix_value_names() {
  static const std::vector<FixValueName> kNames = {
      {"memory", "memory limit of a container", &FixValues::memory},
      {"cpus", "processors a container may use", &FixValues::cpus},
      {"memory-request", "memory a pod's container is promised", &FixValues::memory_request},
      {"cpu-request", "processors a pod's container is promised", &FixValues::cpu_request},
      {"pids", "processes a container may have", &FixValues::pids},
      {"user", "ids to run as where the image names no account", &FixValues::user},
      {"publish", "address of this host to publish ports on", &FixValues::publish},
  };
  return kNames;
}

Result<void> set_fix_value(std::string_view name, std::string_view value, FixValues& values) {
  const auto& names = fix_value_names();
  const auto found = std::find_if(names.begin(), names.end(),
                                  [name](const FixValueName& each) { return each.name == name; });
  if (found == names.end()) {
    std::string known;
    for (const FixValueName& each : names) {
      known += (known.empty() ? "" : ", ") + std::string(each.name);
    }
    return fail(ErrorCode::kUsage,
                "no value is called '" + std::string(name) + "' (" + known + ")");
  }
  if (!is_value(name, value)) {
    return fail(ErrorCode::kUsage,
                "'" + std::string(value) + "' is no value for " + std::string(name));
  }
  values.*(found->member) = {std::string(value), true};
  return {};
}

Result<void> set_fix_value(std::string_view assignment, FixValues& values) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string_view::npos) {
    return fail(ErrorCode::kUsage, "'" + std::string(assignment) + "' is no NAME=VALUE");
  }
  return set_fix_value(assignment.substr(0, equals), assignment.substr(equals + 1), values);
}

}  // namespace plimsoll::check
