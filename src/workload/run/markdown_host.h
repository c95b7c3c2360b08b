#pragma once

#include "core/source_file.h"
#include "workload/run/run_line.h"

namespace plimsoll::run {

/// Every run line of a Markdown file's fenced shell blocks, without those that only show the syntax
/// (`docker run [OPTIONS] IMAGE`). Each block is a script of its own.
/// Source: CommonMark 0.31, §4.5 "Fenced code blocks".
void read_markdown(const SourceFile& file, RunLines& out);

}  // namespace plimsoll::run
