#pragma once

#include <optional>
#include <string>
#include <string_view>

/// How the ecosystems of distributions with RPMs are named here. Where OSV has a name it is that:
///   Red Hat:enterprise_linux:9   every repository of a major release; RHEL 9.4 and its AppStream
///   Red Hat:rhel_eus:9.2         a stream of its own, as are rhel_aus, rhel_e4s, rhel_tus, …
///   Red Hat:openshift:4.16       a layered product
///   SUSE:Linux Enterprise Server 15 SP5, openSUSE:Leap 15.5, AlmaLinux:8, Rocky Linux:8
///   Oracle Linux:8, Azure Linux:3, Amazon Linux:2023, Photon OS:5.0
///   Fedora:43
namespace plimsoll::advisory {

/// Of a CPE of Red Hat, in either form: "cpe:/a:redhat:enterprise_linux:8::appstream". Nothing for
/// other vendors.
[[nodiscard]] std::optional<std::string> redhat_ecosystem(std::string_view cpe);

/// Of the name that people read: "SUSE Linux Enterprise Server 15 SP5", "Oracle Linux 8",
/// "Photon OS 3", "Red Hat Enterprise Linux 9". Nothing for other text. Azure Linux names itself
/// without its release, so that is left out here.
[[nodiscard]] std::optional<std::string> ecosystem_of_platform(std::string_view name);

}  // namespace plimsoll::advisory
