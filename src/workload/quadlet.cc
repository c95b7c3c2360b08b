#include "workload/quadlet.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "core/path.h"
#include "workload/run/incomplete.h"
#include "workload/run/options.h"
#include "workload/run/systemd_unit.h"
#include "workload/run/values.h"

namespace plimsoll::quadlet {
namespace {

using run::Argument;
using systemd::Entry;

constexpr std::string_view kContainer = "Container";
constexpr std::string_view kService = "Service";

enum class Shape : std::uint8_t {
  kOne,     ///< the last line is the value
  kEach,    ///< every line is a value; an empty one takes the earlier ones back
  kWords,   ///< every word of every line is a value
  kSwitch,  ///< a boolean
};

/// A key that Quadlet passes on as an option of `podman run`. Keys that no rule asks about are left
/// out. Source: podman-systemd.unit(5), Podman 5.7.
struct Key {
  std::string_view name;
  Shape shape = Shape::kOne;
  std::string_view option;
  std::string_view prefix;  ///< before the value
};

constexpr Key kKeys[] = {
    {"AddCapability", Shape::kWords, "cap-add"},
    {"AddHost", Shape::kEach, "add-host"},
    {"AppArmor", Shape::kOne, "security-opt", "apparmor="},
    {"AutoUpdate", Shape::kOne, "label", "io.containers.autoupdate="},
    {"ContainerName", Shape::kOne, "name"},
    {"DropCapability", Shape::kWords, "cap-drop"},
    {"Entrypoint", Shape::kOne, "entrypoint"},
    {"Environment", Shape::kWords, "env"},
    {"EnvironmentFile", Shape::kEach, "env-file"},
    {"ExposeHostPort", Shape::kEach, "expose"},
    {"GIDMap", Shape::kEach, "gidmap"},
    {"GroupAdd", Shape::kEach, "group-add"},
    {"HealthCmd", Shape::kOne, "health-cmd"},
    {"Label", Shape::kWords, "label"},
    {"LogDriver", Shape::kOne, "log-driver"},
    {"LogOpt", Shape::kEach, "log-opt"},
    {"Mask", Shape::kOne, "security-opt", "mask="},
    {"Memory", Shape::kOne, "memory"},
    {"Mount", Shape::kEach, "mount"},
    {"Network", Shape::kEach, "network"},
    {"NoNewPrivileges", Shape::kSwitch, "security-opt", "no-new-privileges="},
    {"PidsLimit", Shape::kOne, "pids-limit"},
    {"Pod", Shape::kOne, "pod"},
    {"PublishPort", Shape::kEach, "publish"},
    {"Pull", Shape::kOne, "pull"},
    {"ReadOnly", Shape::kSwitch, "read-only"},
    {"RunInit", Shape::kSwitch, "init"},
    {"SeccompProfile", Shape::kOne, "security-opt", "seccomp="},
    {"Secret", Shape::kEach, "secret"},
    {"SecurityLabelFileType", Shape::kOne, "security-opt", "label=filetype:"},
    {"SecurityLabelLevel", Shape::kOne, "security-opt", "label=level:"},
    {"SecurityLabelType", Shape::kOne, "security-opt", "label=type:"},
    {"StopSignal", Shape::kOne, "stop-signal"},
    {"SubGIDMap", Shape::kOne, "subgidname"},
    {"SubUIDMap", Shape::kOne, "subuidname"},
    {"Sysctl", Shape::kWords, "sysctl"},
    {"Tmpfs", Shape::kEach, "tmpfs"},
    {"UIDMap", Shape::kEach, "uidmap"},
    {"Ulimit", Shape::kEach, "ulimit"},
    {"Unmask", Shape::kOne, "security-opt", "unmask="},
    {"UserNS", Shape::kOne, "userns"},
    {"Volume", Shape::kEach, "volume"},
};

class Reader {
 public:
  explicit Reader(const SourceFile& file) : file_(file), unit_(systemd::parse_unit(file)) {}

  std::optional<Workload> run() {
    const systemd::Section* container = unit_.section(kContainer);
    if (container == nullptr) return std::nullopt;
    workload_.form = Form::kQuadlet;
    workload_.kind = "quadlet";
    workload_.file = &file_;
    workload_.place = {&file_, container->span};
    run::apply_defaults(workload_);
    for (const Key& key : kKeys) apply(key);
    image();
    user();
    devices();
    labels_off();
    volatile_tmp();
    command();
    service();
    podman_args();
    name();
    return std::move(workload_);
  }

 private:
  [[nodiscard]] Argument value_of(const Entry& entry) const {
    return systemd::whole_value(file_, entry.value);
  }

  /// The lines of a key that count.
  [[nodiscard]] std::vector<const Entry*> entries_of(std::string_view key) const {
    std::vector<const Entry*> entries;
    for (const Entry& entry : unit_.entries) {
      if (entry.section != kContainer || entry.key != key) continue;
      if (entry.value.text.empty()) {
        entries.clear();
      } else {
        entries.push_back(&entry);
      }
    }
    return entries;
  }

  [[nodiscard]] std::optional<Argument> find(std::string_view key) const {
    const Entry* entry = unit_.find(kContainer, key);
    return entry != nullptr ? std::optional(value_of(*entry)) : std::nullopt;
  }

  void apply(const Key& key) {
    std::vector<const Entry*> entries = entries_of(key.name);
    if (key.shape == Shape::kOne || key.shape == Shape::kSwitch) {
      if (entries.size() > 1) entries.erase(entries.begin(), entries.end() - 1);
    }
    for (const Entry* entry : entries) {
      if (key.shape == Shape::kWords) {
        for (const Argument& word : systemd::split_words(file_, entry->value)) pass(key, word);
      } else {
        pass(key, value_of(*entry));
      }
    }
  }

  void pass(const Key& key, const Argument& value) {
    if (key.shape != Shape::kSwitch) return pass(key.option, key.prefix, value);
    const std::optional<bool> on = systemd::parse_bool(value.text());
    const std::string_view text = !on ? std::string_view(value.text()) : *on ? "true" : "false";
    pass(key.option, key.prefix, Argument::of(text, value.place()));
  }

  void pass(std::string_view option, std::string_view prefix, const Argument& value) {
    const run::Option* found = run::find_option(option);
    if (found == nullptr || found->apply == nullptr) return;
    if (prefix.empty()) return found->apply(draft_, value);
    Argument argument(&file_, value.place().span);
    argument.append(prefix, value.place().span, run::How::kSubstituted);
    argument.append_value(value, value.place().span);
    found->apply(draft_, argument);
  }

  void image() {
    if (const auto image = find("Image")) {
      workload_.image = run::text_value(*image);
      // Another unit, of which only the name is known.
      const bool is_unit = image->text().ends_with(".image") || image->text().ends_with(".build");
      if (is_unit) workload_.image.origin = Origin::kUnknown;
    } else if (const auto rootfs = find("Rootfs")) {
      workload_.image = {rootfs->text(), Origin::kUnknown, rootfs->place()};
    }
  }

  void user() {
    const auto user = find("User");
    if (!user) return;
    workload_.user = run::text_value(*user);
    const auto group = find("Group");
    if (!group) return;
    workload_.user.value += ':' + group->text();
    if (!group->known()) workload_.user.origin = Origin::kUnknown;
  }

  /// A leading '-': only when the host has it.
  void devices() {
    for (const Entry* entry : entries_of("AddDevice")) {
      for (const Argument& word : systemd::split_words(file_, entry->value)) {
        pass("device", {}, word.text().starts_with('-') ? word.part(1) : word);
      }
    }
  }

  void labels_off() {
    const auto disable = find("SecurityLabelDisable");
    if (!disable || systemd::parse_bool(disable->text()) != true) return;
    pass("security-opt", {}, Argument::of("label=disable", disable->place()));
  }

  void volatile_tmp() {
    const auto tmp = find("VolatileTmp");
    if (!tmp || systemd::parse_bool(tmp->text()) != true) return;
    pass("tmpfs", {}, Argument::of("/tmp", tmp->place()));
  }

  void command() {
    const Entry* exec = unit_.find(kContainer, "Exec");
    if (exec == nullptr) return;
    for (const Argument& word : systemd::split_words(file_, exec->value)) {
      workload_.command.push_back(word.text());
    }
    workload_.command_place = value_of(*exec).place();
  }

  void service() {
    if (const Entry* restart = unit_.find(kService, "Restart")) {
      workload_.restart = run::text_value(value_of(*restart));
    }
    const Entry* type = unit_.find(kService, "Type");
    workload_.one_shot = type != nullptr && type->value.text == "oneshot";
  }

  void podman_args() {
    for (const Entry* entry : entries_of("PodmanArgs")) {
      const std::vector<Argument> words = systemd::split_words(file_, entry->value);
      // They stand before the image, so an operand among them is a misunderstanding.
      if (run::apply_options(words, draft_) < words.size()) draft_.incomplete = true;
    }
    if (draft_.incomplete) run::mark_incomplete(workload_, workload_.place);
  }

  void name() {
    std::string_view unit = path::name(file_.path());
    unit.remove_suffix(path::extension(unit).size());
    workload_.id = file_.path() + '#' + std::string(unit);
    if (workload_.name.empty()) workload_.name = unit;
    if (const auto written = find("ContainerName")) workload_.place = written->place();
    workload_.group_place = workload_.place;
  }

  const SourceFile& file_;
  systemd::Unit unit_;
  run::Draft draft_;
  Workload& workload_ = draft_.workload;
};

}  // namespace

bool is_quadlet_name(std::string_view file_name) {
  return path::extension(path::name(file_name)) == ".container";
}

std::optional<Workload> read(const SourceFile& file) {
  return Reader(file).run();
}

}  // namespace plimsoll::quadlet
