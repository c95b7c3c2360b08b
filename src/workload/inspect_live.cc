#include "workload/inspect_live.h"

#include <algorithm>
#include <string_view>

namespace plimsoll::inspect {
namespace {

bool is_container(const Node& node) {
  const Node* host = node.find("HostConfig");
  const Node* config = node.find("Config");
  return host != nullptr && host->is_mapping() && config != nullptr && config->is_mapping();
}

bool says(const Node* state, std::string_view key) {
  const Node* const node = find(state, key);
  return node != nullptr && node->as_bool() == true;
}

/// The day of a time stamp; "0001-01-01T00:00:00Z" is Go's "never".
std::optional<Date> day_of(const Node* node) {
  static constexpr std::size_t kDay = 10;
  const auto day = parse_date(node != nullptr ? node->str().substr(0, kDay) : std::string_view{});
  return day && day->year > 1 ? day : std::nullopt;
}

/// Where a column of `ps` is; its headings are the program's own.
std::optional<std::size_t> column(const Node& titles,
                                  std::initializer_list<std::string_view> names) {
  for (std::size_t i = 0; i < titles.items.size(); ++i) {
    for (const std::string_view name : names) {
      if (titles.items[i]->str() == name) return i;
    }
  }
  return std::nullopt;
}

/// {"Titles": ["UID", "PID", "COMMAND"], "Processes": [["0", "4711", "nginx"]]}
std::optional<std::vector<Process>> read_processes(const Node* answer, const Fields& fields) {
  const Node* const titles = find(answer, "Titles");
  const Node* const rows = find(answer, "Processes");
  if (is_absent(titles) || !titles->is_sequence() || is_absent(rows) || !rows->is_sequence()) {
    return std::nullopt;
  }
  const auto user = column(*titles, {"UID", "USER"});
  const auto program = column(*titles, {"COMMAND", "CMD"});
  if (!user || !program) return std::nullopt;
  std::vector<Process> processes;
  for (const Node* row : rows->items) {
    if (row->items.size() <= std::max(*user, *program)) return std::nullopt;
    const Node& account = *row->items[*user];
    if (account.str().empty()) return std::nullopt;
    processes.push_back({std::string(account.str()), std::string(row->items[*program]->str()),
                         fields.place(account)});
  }
  return processes;
}

void read_answers(const Node& entry, const Fields& fields, LiveContainer& live) {
  live.asked = true;
  live.processes = read_processes(entry.find("Processes"), fields);
  live.tagged_image_id = string_at(entry, "TaggedImage");
  const std::string user_namespace = string_at(entry, "UserNamespace");
  if (user_namespace == "host") live.user_namespace = UserNamespace::kHost;
  if (user_namespace == "rootless") live.user_namespace = UserNamespace::kRootless;
  if (user_namespace == "remapped") {
    live.user_namespace = UserNamespace::kRemapped;
    const Node* const root = entry.find("RemappedRoot");
    if (root != nullptr) live.remapped_root = root->as_int();
  }
}

}  // namespace

const Node* container_of(const Node& entry) {
  if (is_container(entry)) return &entry;
  const Node* const wrapped = entry.find("Container");
  return wrapped != nullptr && is_container(*wrapped) ? wrapped : nullptr;
}

LiveContainer read_live(const Node& entry, const Fields& fields) {
  const Node& container = *container_of(entry);
  const Node* const state = container.find("State");
  LiveContainer live;
  live.running = says(state, "Running") || says(state, "Paused") || says(state, "Restarting");
  if (!live.running && state != nullptr) {
    live.stopped_since = day_of(find(state, "FinishedAt"));
    if (!live.stopped_since) live.stopped_since = day_of(container.find("Created"));
  }
  live.image_id = string_at(container, "Image");
  if (&container != &entry) read_answers(entry, fields, live);
  return live;
}

}  // namespace plimsoll::inspect
