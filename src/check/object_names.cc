#include "check/object_names.h"

#include "check/manifest.h"
#include "core/path.h"

namespace plimsoll::check {

bool may_share_namespace(std::string_view one, std::string_view other) {
  return one == other || one.empty() || other.empty();
}

ObjectNames::ObjectNames(const kubernetes::Manifests& manifests) {
  for (const kubernetes::Object& object : manifests.objects) {
    add(object.kind, object.name, object.ns);
    folders_.emplace(object.kind, path::folder(object.file->path()), object.ns);
  }
}

void ObjectNames::add(std::string_view kind, std::string_view name, std::string_view ns) {
  if (manifest::is_template(name)) templates_.insert(kind);
  names_.emplace(kind, name, ns);
}

bool ObjectNames::find(const std::set<Key>& keys, std::string_view kind, std::string_view name,
                       std::string_view ns) {
  // "" sorts first, so it is found in either case: as a namespace that may be any, or as the first
  // of all when any will do.
  const auto first = keys.lower_bound({kind, name, {}});
  if (first == keys.end() || std::get<0>(*first) != kind || std::get<1>(*first) != name) {
    return false;
  }
  return ns.empty() || std::get<2>(*first).empty() || keys.contains({kind, name, ns});
}

bool ObjectNames::hold(std::string_view kind, std::string_view name, std::string_view ns) const {
  return find(names_, kind, name, ns);
}

bool ObjectNames::lack(std::string_view kind, std::string_view name,
                       const kubernetes::Object& from) const {
  if (name.empty() || manifest::is_template(name) || templates_.contains(kind)) return false;
  return find(folders_, kind, path::folder(from.file->path()), from.ns) &&
         !hold(kind, name, from.ns);
}

}  // namespace plimsoll::check
