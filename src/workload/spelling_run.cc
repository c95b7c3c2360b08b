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
      case Attribute::kServiceAccountToken: break;
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
  static const RunSpelling kSpelling;
  return kSpelling;
}

}  // namespace plimsoll::spelling
