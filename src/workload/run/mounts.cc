#include "core/ascii.h"
#include "workload/run/is_one_of.h"
#include "workload/run/values.h"

namespace plimsoll::run {
namespace {

using Type = Mount::Type;

bool is_propagation(std::string_view option) {
  return is_one_of(option, {"shared", "rshared", "slave", "rslave", "private", "rprivate",
                            "unbindable", "runbindable"});
}

void add_option(Mount& mount, std::string_view option) {
  if (option.empty()) return;
  if (!mount.options.empty()) mount.options += ',';
  mount.options += option;
}

void read_options(Mount& mount, const Argument& options) {
  options.for_each_part(',', [&mount](const Argument& option) {
    const std::string& text = option.text();
    if (text == "ro" || text == "readonly") {
      mount.read_only = true;
    } else if (is_propagation(text)) {
      mount.propagation = text;
    } else if (text != "rw") {
      add_option(mount, text);
    }
  });
}

/// C:\data or c:/data: its colon separates nothing.
bool is_drive(const Argument& part, const Argument& next) {
  return part.text().size() == 1 && ascii::is_alpha(part.text()[0]) && !next.empty() &&
         (next.text()[0] == '\\' || next.text()[0] == '/');
}

/// A volume's name never starts so; what is unknown is a path more often than a name ($PWD, $DIR).
bool is_path(const Argument& source) {
  const std::string& text = source.text();
  if (!source.known()) return true;
  return text.starts_with('/') || text.starts_with('.') || text.starts_with('~') ||
         text.starts_with('\\') || text.find(":\\") == 1 || text.find(":/") == 1;
}

/// Where the fields of [SOURCE:]TARGET[:OPTIONS] begin and end.
struct Fields {
  Argument source;
  Argument target;
  Argument options;
};

Fields volume_fields(const Argument& argument) {
  std::size_t first = argument.find(':');
  if (first == Argument::npos) return {argument.part(0, 0), argument, argument.part(0, 0)};
  if (is_drive(argument.part(0, first), argument.part(first + 1, first + 2))) {
    const std::size_t next = argument.find(':', first + 1);
    if (next == Argument::npos) return {argument.part(0, 0), argument, argument.part(0, 0)};
    first = next;
  }
  std::size_t second = argument.find(':', first + 1);
  const bool target_has_drive =
      second != Argument::npos &&
      is_drive(argument.part(first + 1, second), argument.part(second + 1, second + 2));
  if (target_has_drive) second = argument.find(':', second + 1);
  const Argument options =
      second == Argument::npos ? argument.part(0, 0) : argument.part(second + 1);
  return {argument.part(0, first), argument.part(first + 1, second), options};
}

Type type_of(std::string_view name) {
  if (name == "bind") return Type::kBind;
  if (name == "volume") return Type::kVolume;
  if (name == "tmpfs" || name == "ramfs") return Type::kTmpfs;
  return Type::kOther;
}

bool is_false(std::string_view text) {
  return text == "false" || text == "0" || text == "f" || ascii::iequals(text, "no");
}

void read_mount_field(Mount& mount, const Argument& field) {
  const std::size_t equals = field.find('=');
  const std::string key = ascii::lower(field.text().substr(0, equals));
  const Argument value = equals == Argument::npos ? field.part(0, 0) : field.part(equals + 1);
  if (key == "type") {
    mount.type = type_of(value.text());
    mount.known = mount.known && value.known();
  } else if (key == "src" || key == "source") {
    mount.source = value.text();
    mount.known = mount.known && value.known();
  } else if (key == "dst" || key == "target" || key == "destination") {
    mount.target = value.text();
    mount.known = mount.known && value.known();
  } else if (key == "ro" || key == "readonly") {
    mount.read_only = !is_false(value.text());
  } else if (key == "rw" || key == "readwrite") {
    mount.read_only = is_false(value.text());
  } else if (key == "bind-propagation") {
    mount.propagation = value.text();
  } else if (!field.known() && equals == Argument::npos) {
    mount.known = false;
  } else {
    add_option(mount, field.text());
  }
}

/// Comma-separated as CSV: a field with commas is quoted as a whole.
void read_mount_fields(Mount& mount, const Argument& argument) {
  std::size_t begin = 0;
  while (true) {
    const bool quoted = begin < argument.text().size() && argument.text()[begin] == '"';
    std::size_t end = Argument::npos;
    if (quoted) {
      end = argument.find('"', begin + 1);
      read_mount_field(mount, argument.part(begin + 1, end));
      if (end != Argument::npos) end = argument.find(',', end);
    } else {
      end = argument.find(',', begin);
      read_mount_field(mount, argument.part(begin, end));
    }
    if (end == Argument::npos) return;
    begin = end + 1;
  }
}

/// Bind mounts of the engine's own sources only: read-only makes no sense for the others.
bool can_be_read_only(Type type) {
  return type == Type::kBind || type == Type::kVolume;
}

}  // namespace

Mount read_volume(const Argument& argument) {
  const Fields fields = volume_fields(argument);
  Mount mount;
  mount.place = argument.place();
  mount.source = fields.source.text();
  mount.target = fields.target.text();
  mount.known = fields.source.known() && fields.target.known();
  const bool anonymous = fields.source.empty();
  mount.type = !anonymous && is_path(fields.source) ? Type::kBind : Type::kVolume;
  read_options(mount, fields.options);
  return mount;
}

Mount read_mount(const Argument& argument) {
  Mount mount;
  mount.place = argument.place();
  mount.type = Type::kVolume;  // the default of both engines
  read_mount_fields(mount, argument);
  mount.read_only_settable = can_be_read_only(mount.type);
  return mount;
}

Mount read_tmpfs(const Argument& argument) {
  const std::size_t colon = argument.find(':');
  const Argument target = argument.part(0, colon);
  Mount mount;
  mount.place = argument.place();
  mount.type = Type::kTmpfs;
  mount.target = target.text();
  mount.known = target.known();
  mount.read_only_settable = false;
  if (colon != Argument::npos) read_options(mount, argument.part(colon + 1));
  return mount;
}

void add_mount(Workload& workload, Mount mount) {
  (mount.type == Type::kTmpfs ? workload.tmpfs : workload.mounts).push_back(std::move(mount));
}

}  // namespace plimsoll::run
