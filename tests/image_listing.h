#pragma once

#include <string_view>

#include "image/inventory.h"

namespace plimsoll {

/// An image as text, for the examples of rules. One line each:
///
///     config {"User": "app"}                       what starts it; always first
///     created 2026-05-04T03:02:01Z                 when it was built
///     layer RUN apt-get install -y sudo            begins a layer
///     -rwsr-xr-x 0:0 1000 usr/bin/sudo             as `tar -tv` writes entries: mode, owner, size
///     lrwxrwxrwx 0:0 0 bin -> usr/bin
///     removed etc/x                                a whiteout
///     text etc/os-release ID=debian\nVERSION_ID=12 a file whose content says something
///     text etc/shadow root:empty\nbin:locked       of this one only what was kept of it
///     package Debian sudo 1.9 /usr/bin/sudo        what is installed, and its files
///
/// Fails the test that reads a line of another shape.
[[nodiscard]] image::Inventory image_of_listing(std::string_view text);

}  // namespace plimsoll
