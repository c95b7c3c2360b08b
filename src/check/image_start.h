#pragma once

#include <vector>

#include "check/image_program.h"

namespace plimsoll::check {

/// The files that run when the image starts, as far as its words tell: the program, the one that an
/// init or a program that steps down starts for it, and the script that a shell or an interpreter
/// reads. Those that are not in the image are left out.
[[nodiscard]] std::vector<ImageProgram> started_programs(const image::Inventory& image);

}  // namespace plimsoll::check
