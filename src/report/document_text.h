#pragma once

#include "report/document.h"

namespace plimsoll::report {

/// Makes all text of packages, vulnerabilities and the image UTF-8, as that of findings is: then
/// every format prints of a document what it prints of the same one saved and read again.
void make_utf8(Document& document);

}  // namespace plimsoll::report
