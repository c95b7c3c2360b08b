#pragma once

#include <deque>
#include <ostream>
#include <string>
#include <string_view>

#include "workload/command_line.h"
#include "workload/run/workload_dump.h"

/// For tests of the run lines of shells and of what embeds them.
namespace plimsoll::command_line {

inline std::deque<Workload> read_all(const SourceFile& file, Host host) {
  std::deque<Workload> out;
  read(file, host, out);
  return out;
}

/// One line per workload.
inline std::string dump_all(const std::deque<Workload>& workloads) {
  std::string text;
  for (const Workload& workload : workloads) {
    if (!text.empty()) text += '\n';
    if (workload.form == Form::kPodmanRun) text += "podman: ";
    text += run::dump(workload);
  }
  return text;
}

/// A file and the workloads in it.
struct LineCase {
  std::string_view in;
  std::string_view want;
  friend std::ostream& operator<<(std::ostream& out, const LineCase& c) { return out << c.in; }
};

inline std::string slice(const Place& place) {
  return place.file != nullptr ? std::string(place.file->slice(place.span)) : "nowhere";
}

}  // namespace plimsoll::command_line
