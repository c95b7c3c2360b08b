#include <chrono>
#include <string>

#include "check/rule.h"
#include "workload/host.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "stopped-containers-kept",
    .title = "Stopped containers are kept",
    .severity = Severity::kLow,
    .control = Control::kResourceLimits,
    .fix_safety = FixSafety::kNone,
    .aliases = "cis-docker:6.2",
    .why =
        "A stopped container keeps its files, its log and the secrets of its environment, and can "
        "be started again by mistake with an image of long ago.",
    .fix_note =
        "docker container prune removes those that are stopped, with their files; docker run --rm "
        "leaves none behind.",
    .sources = "https://docs.docker.com/reference/cli/docker/container/prune/",
};

constexpr int kMostDays = 30;

std::chrono::sys_days days_of(Date date) {
  return std::chrono::year(date.year) / std::chrono::month(date.month) / std::chrono::day(date.day);
}

bool is_old(const LiveContainer& live, Date today) {
  return live.stopped_since &&
         days_of(today) - days_of(*live.stopped_since) > std::chrono::days(kMostDays);
}

void check(const Host& host, Sink& sink) {
  std::size_t running = 0;
  std::size_t stopped = 0;
  std::size_t old = 0;
  std::string oldest;
  std::optional<Date> since;
  for (const Workload* container : host.containers) {
    const LiveContainer& live = *container->live;
    ++(live.running ? running : stopped);
    if (!is_old(live, sink.options().today)) continue;
    ++old;
    if (since && *live.stopped_since >= *since) continue;
    since = live.stopped_since;
    oldest = container->name;
  }
  const bool outnumber = host.whole && stopped > running;
  if (old == 0 && !outnumber) return;
  std::string message;
  if (outnumber) {
    message = std::to_string(stopped) + " containers are stopped and " + std::to_string(running) +
              " running";
  }
  if (old > 0) {
    if (!message.empty()) message += "; ";
    message += std::to_string(old) + (old == 1 ? " has" : " have") +
               " been stopped for more than " + std::to_string(kMostDays) + " days, '" + oldest +
               "' since " + to_string(*since);
  }
  sink.report(host.place, std::move(message));
}

constexpr Example kExamples[] = {
    {.name = "stopped long ago",
     .file = "inspect.json",
     .before = "«[»{\"Name\": \"/web\", \"Config\": {}, \"HostConfig\": {},\n"
               "  \"State\": {\"Running\": true, \"FinishedAt\": \"0001-01-01T00:00:00Z\"}},\n"
               " {\"Name\": \"/migration\", \"Config\": {}, \"HostConfig\": {},\n"
               "  \"State\": {\"Running\": false, \"FinishedAt\": "
               "\"2026-03-01T10:00:00.5Z\"}}]\n"},
    {.name = "never started, made long ago",
     .file = "inspect.json",
     .before = "«[»{\"Name\": \"/web\", \"Config\": {}, \"HostConfig\": {}, \"Created\": "
               "\"2026-03-01T10:00:00Z\",\n"
               "  \"State\": {\"Running\": false, \"FinishedAt\": \"0001-01-01T00:00:00Z\"}}]\n"},
    {.name = "stopped lately",
     .file = "inspect.json",
     .before = "[{\"Name\": \"/web\", \"Config\": {}, \"HostConfig\": {},\n"
               "  \"State\": {\"Running\": false, \"FinishedAt\": \"2026-11-01T10:00:00Z\"}},\n"
               " {\"Name\": \"/job\", \"Config\": {}, \"HostConfig\": {},\n"
               "  \"State\": {\"Running\": false, \"FinishedAt\": \"2026-11-02T10:00:00Z\"}}]\n"},
};

}  // namespace

const Rule& stopped_containers_kept() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
