#include "advisory/ignore_reader.h"
#include "core/ascii.h"
#include "core/path.h"
#include "parse/trivy_ignore.h"

namespace plimsoll::advisory::ignore_formats {
namespace {

/// Ids of all kinds of findings stand beside each other; those of others match no vulnerability.
IgnoreFile read(const SourceFile& source) {
  IgnoreReader reader(source);
  for (const TrivyIgnoreLine& line : read_trivy_ignore_lines(source)) {
    reader.add_one(line.span, [&](IgnoreRule& rule) {
      rule.ids.emplace_back(line.id);
      rule.reason = line.reason;
      const std::string_view rest = ascii::trim(line.rest.substr(0, line.rest.find('#')));
      if (ascii::contains(rest, "exp:")) {
        rule.until = reader.date(line.span, line.expiry);
      } else if (!rest.empty()) {
        // Trivy reads over it, and so would ignore for ever what was meant for some days.
        reader.unknown("word", line.span, rest, {"exp:"});
      }
      return true;
    });
  }
  return reader.finish();
}

bool recognises(std::string_view path) {
  return path::name(path) == ".trivyignore";
}

}  // namespace

const IgnoreFormat& trivyignore() {
  static constexpr IgnoreFormat kFormat{
      .name = "trivyignore",
      .title = "Trivy's list of ids",
      .recognises = recognises,
      .read = read,
      .source = "https://trivy.dev/latest/docs/configuration/filtering/#trivyignore"};
  return kFormat;
}

}  // namespace plimsoll::advisory::ignore_formats
