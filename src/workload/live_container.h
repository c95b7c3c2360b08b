#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/date.h"
#include "core/source_file.h"

namespace plimsoll {

struct Workload;

struct Process {
  std::string user;     ///< a number; on some engines a name of the host's accounts
  std::string program;  ///< its name, without arguments; the process itself may have chosen it
  Place place;          ///< of the user
};

/// How accounts in a container are those of the host.
enum class UserNamespace : std::uint8_t {
  kUnknown,
  kHost,      ///< root is root
  kRemapped,  ///< root is LiveContainer::remapped_root on the host
  kRootless,  ///< root is whoever started the engine
};

/// A container that an engine has made: what it is, beyond what was asked for.
struct LiveContainer {
  bool running = false;  ///< paused ones too
  std::optional<Date>
      stopped_since;     ///< none while it runs; of one never started: when it was made
  std::string image_id;  ///< that it runs
  /// An engine was asked for what follows; otherwise there is just a description in a file.
  bool asked = false;
  std::string tagged_image_id;  ///< what its image's name stands for on the engine now; "" unknown
  std::optional<std::vector<Process>> processes;  ///< nullopt: not known
  UserNamespace user_namespace = UserNamespace::kUnknown;
  std::optional<std::int64_t> remapped_root;
  const Workload* service = nullptr;  ///< of the same audit, that Compose made it from
};

}  // namespace plimsoll
