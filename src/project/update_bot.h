#pragma once

#include "project/project.h"

namespace plimsoll {

void read_dependabot(const Node& root, const SourceFile& file, UpdateBot& bot);
void read_renovate(const Node& root, UpdateBot& bot);

}  // namespace plimsoll
