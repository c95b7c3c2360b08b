#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "port-unquoted",
    .title = "A port reads as a number to base 60",
    .severity = Severity::kLow,
    .control = Control::kNetworkSegmentation,
    .fix_safety = FixSafety::kSafe,
    .aliases = "dclint:require-quotes-in-ports",
    .why =
        "YAML 1.1 takes 22:22 as 22 × 60 + 22 = 1342, and older tools then publish port 1342 at "
        "random.",
    .fix_note = "Safe: the quotes make it the text that it looks like, for every reader.",
    .sources = "https://docs.docker.com/reference/compose-file/services/#ports",
};

/// [-+]?[1-9][0-9_]*(:[0-5]?[0-9])+ of YAML 1.1.
bool is_sexagesimal(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || !ascii::is_number(text.substr(0, colon))) return false;
  if (text.front() == '0') return false;
  for (const std::string_view digits : ascii::split(text.substr(colon + 1), ':')) {
    const bool is_small = digits.size() == 1 || (digits.size() == 2 && digits.front() <= '5');
    if (!is_small || !ascii::is_number(digits)) return false;
  }
  return true;
}

void check(const compose::Project& project, Sink& sink) {
  for (const Workload& service : project.services) {
    for (const Port& port : service.ports) {
      if (port.place.file == nullptr) continue;
      const std::string_view written = port.place.file->slice(port.place.span);
      if (!is_sexagesimal(written)) continue;
      Finding& finding = sink.report(
          port.place, "'" + std::string(written) + "' is a number to base 60 in YAML 1.1");
      finding.about(service.id);
      finding.fix = Fix{.title = "quote the port",
                        .edits = {{port.place.span, '"' + std::string(written) + '"'}}};
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "22:22",
     .before = "services:\n"
               "  a:\n"
               "    image: a:1\n"
               "    ports:\n"
               "      - «22:22»\n"
               "      - 8080:80\n",
     .after = "services:\n"
              "  a:\n"
              "    image: a:1\n"
              "    ports:\n"
              "      - \"22:22\"\n"
              "      - 8080:80\n"},
    {.name = "quoted",
     .before = "services:\n"
               "  a:\n"
               "    image: a:1\n"
               "    ports:\n"
               "      - '22:22'\n"},
    {.name = "out of range for base 60",
     .before = "services:\n"
               "  a:\n"
               "    image: a:1\n"
               "    ports:\n"
               "      - 80:80\n"},
};

}  // namespace

const Rule& port_unquoted() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
