#include <algorithm>
#include <string_view>

#include "core/ascii.h"
#include "workload/spelling_form.h"

namespace plimsoll::spelling {
namespace {

/// Flags go directly after `docker run`, where any flag may stand.
class RunSpelling final : public FormSpelling {
 public:
  Edits set(const Workload& workload, Attribute attribute,
            const std::string& value) const override {
    switch (attribute) {
      case Attribute::kUser: return flag(workload, "--user=" + value);
      case Attribute::kReadOnly: return flag(workload, "--read-only");
      case Attribute::kInit: return flag(workload, "--init");
      case Attribute::kRestart: return flag(workload, "--restart=" + value);
      case Attribute::kNoNewPrivileges: return flag(workload, "--security-opt=no-new-privileges");
      case Attribute::kMemoryLimit: return flag(workload, "--memory=" + value);
      case Attribute::kCpuLimit: return flag(workload, "--cpus=" + value);
      case Attribute::kPidsLimit: return flag(workload, "--pids-limit=" + value);
      case Attribute::kPullPolicy: return flag(workload, "--pull=" + value);
      case Attribute::kHealthcheck: return health(workload, value);
      case Attribute::kRunAsNonRoot:
      case Attribute::kMemoryRequest:
      case Attribute::kCpuRequest:
      case Attribute::kSeccomp:
      case Attribute::kServiceAccountToken:
      case Attribute::kLivenessProbe:
      case Attribute::kReadinessProbe: break;
    }
    return refuse("a command line has no such flag");
  }

  Edits add_capability(const Workload& workload, const std::string& name) const override {
    return flag(workload, "--cap-add=" + name);
  }
  Edits drop_capability(const Workload& workload, const std::string& name) const override {
    return flag(workload, "--cap-drop=" + name);
  }
  Edits add_scratch(const Workload& workload, const Scratch& scratch) const override {
    return flag(workload, "--tmpfs=" + scratch.path + ":" +
                              (scratch.executable ? "exec" : "noexec") +
                              ",nosuid,nodev,size=" + scratch.size);
  }
  Edits bound_log(const Workload& workload, const std::string& size,
                  const std::string& files) const override {
    Edits edits = std::vector<Edit>{};
    if (!workload.logging.value.has_max_size) {
      edits = both(std::move(edits), flag(workload, "--log-opt=max-size=" + size));
    }
    if (!workload.logging.value.has_max_file) {
      edits = both(std::move(edits), flag(workload, "--log-opt=max-file=" + files));
    }
    return edits;
  }

  /// The flag with its value and the blank before it.
  Edits take_out(const Workload& workload, Place place) const override {
    const std::string_view text = workload.file->text();
    const auto word_begin = [text](std::size_t at) {
      while (at > 0 && std::string_view(" \t\n").find(text[at - 1]) == std::string_view::npos) --at;
      return at;
    };
    std::size_t begin = word_begin(place.span.begin);
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", place.span.end), text.size());
    if (text[begin] != '-') {  // the value: its flag is the word before it
      if (begin < 2 || text[begin - 1] != ' ') return refuse("its flag is not certain");
      begin = word_begin(begin - 1);
      const std::string_view flag = text.substr(begin, text.find(' ', begin) - begin);
      const bool certain = (flag.starts_with("--") && flag.find('=') == std::string_view::npos) ||
                           (flag.starts_with('-') && flag.size() == 2);
      if (!certain) return refuse("its flag is not certain");
    }
    if (begin == 0 || text[begin - 1] != ' ') return refuse("its flag is not certain");
    if (text.substr(begin, end - begin).find_first_of("\n\\'\"") != std::string_view::npos) {
      return refuse("its flag is quoted");
    }
    return std::vector<Edit>{
        {{static_cast<std::uint32_t>(begin - 1), static_cast<std::uint32_t>(end)}, ""}};
  }

  Edits publish_on(const Workload& workload, const Port& port,
                   const std::string& address) const override {
    const std::string_view text = workload.file->slice(port.place.span);
    const std::size_t value = text.find_last_of("= ") + 1;  // 0: the place is the value itself
    const std::string_view spec = text.substr(value);
    if (spec.empty() || !ascii::is_digit(spec.front()) ||
        spec.find_first_not_of("0123456789.:-/tcpudp") != std::string_view::npos) {
      return refuse("how it is published is not certain");
    }
    const Span span{static_cast<std::uint32_t>(port.place.span.begin + value), port.place.span.end};
    return std::vector<Edit>{{span, on_address(spec, address)}};
  }

 private:
  /// Words that need no quoting in any of the hosts: shell, Make, systemd, Markdown.
  static bool is_plain_word(std::string_view word) {
    for (const char c : word) {
      if (!ascii::is_alnum(c) && std::string_view("-=_.:/,").find(c) == std::string_view::npos) {
        return false;
      }
    }
    return true;
  }
  static Edits flag(const Workload& workload, const std::string& text) {
    if (workload.file == nullptr || workload.place.file != workload.file) {
      return refuse("the line stands in another file");
    }
    if (!is_plain_word(text)) return refuse("it would have to be quoted as its host wants it");
    const std::uint32_t at = workload.place.span.end;
    const std::string_view after = workload.file->text().substr(at, 1);
    if (after != " " && after != "\t") return refuse("the command is not followed by a blank");
    return std::vector<Edit>{{{at, at}, ' ' + text}};
  }
  static Edits health(const Workload& workload, const std::string& command) {
    const bool quotable = command.find_first_of("'\"$`\\!%") == std::string::npos;
    if (!quotable) return refuse("the health command would have to be quoted as its host wants it");
    Edits edits = flag(workload, "--health-cmd=x");
    if (edits) edits->front().text = " --health-cmd='" + command + '\'';
    return edits;
  }
};

}  // namespace

const FormSpelling& run_spelling() {
  static const RunSpelling spelling;
  return spelling;
}

}  // namespace plimsoll::spelling
