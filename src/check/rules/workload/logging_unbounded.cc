#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "logging-unbounded",
    .title = "The log grows without end",
    .severity = Severity::kLow,
    .control = Control::kBoundedLogging,
    .fix_safety = FixSafety::kSafe,
    .why =
        "json-file, the driver of most installations, keeps every line for ever: a chatty "
        "container fills the host's disk, and then everything on it stops.",
    .fix_note = "Safe: adds max-size and max-file, or set them for all containers in daemon.json.",
    .sources = "https://docs.docker.com/engine/logging/drivers/json-file/",
    .forms = kFormsEngine,
};

/// Podman logs to the journal, which has bounds of its own.
bool logs_to_files(Form form) {
  return form != Form::kPodmanRun && form != Form::kQuadlet;
}

void check(const Workload& workload, Sink& sink) {
  if (!workload.has(Workload::Setting::kLogging) || workload.one_shot) return;
  const Value<Logging>& logging = workload.logging;
  if (!logging.is_known()) {
    sink.unknown("the logging options are not known");
    return;
  }
  const std::string_view driver = logging.value.driver;
  const bool is_file = driver == "json-file" || (driver.empty() && logs_to_files(workload.form));
  if (!is_file || logging.value.has_max_size) return;
  remedy(sink.missing(workload, "no limit for the size of the log"), "keep 3 log files of 10 MB",
         spelling::bound_log(workload, "10m", "3"), FixSafety::kSafe);
}

constexpr Example kExamples[] = {
    {.name = "the default driver",
     .before = "services:\n"
               "  «web»:\n"
               "    image: nginx:1.27\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"
              "    logging:\n"
              "      driver: json-file\n"
              "      options:\n"
              "        max-size: 10m\n"
              "        max-file: \"3\"\n"},
    {.name = "only the number of files",
     .before = "services:\n"
               "  «web»:\n"
               "    image: nginx:1.27\n"
               "    logging:\n"
               "      driver: json-file\n"
               "      options:\n"
               "        max-file: \"3\"\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"
              "    logging:\n"
              "      driver: json-file\n"
              "      options:\n"
              "        max-file: \"3\"\n"
              "        max-size: 10m\n"},
    {.name = "limited",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    logging:\n"
               "      options:\n"
               "        max-size: 10m\n"
               "        max-file: \"3\"\n"},
    {.name = "a driver that rotates",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    logging:\n"
               "      driver: local\n"},
    {.name = "by an anchor",
     .before = "x-logging: &logging\n"
               "  options:\n"
               "    max-size: 10m\n"
               "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    logging: *logging\n"},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "«docker run» -d nginx:1.27\n"
               "docker run -d --log-opt max-size=10m nginx:1.27\n"
               "podman run -d nginx:1.27\n",
     .after = "docker run --log-opt=max-size=10m --log-opt=max-file=3 -d nginx:1.27\n"
              "docker run -d --log-opt max-size=10m nginx:1.27\n"
              "podman run -d nginx:1.27\n"},
};

}  // namespace

const Rule& logging_unbounded() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
