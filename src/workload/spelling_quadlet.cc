#include <string_view>

#include "core/ascii.h"
#include "workload/spelling_form.h"

namespace plimsoll::spelling {
namespace {

/// Lines at the end of the [Container] section. Source: podman-systemd.unit(5).
class QuadletSpelling final : public FormSpelling {
 public:
  Edits set(const Workload& workload, Attribute attribute,
            const std::string& value) const override {
    switch (attribute) {
      case Attribute::kUser: return user(workload, value);
      case Attribute::kReadOnly: return line(workload, "ReadOnly=" + value);
      case Attribute::kInit: return line(workload, "RunInit=" + value);
      case Attribute::kNoNewPrivileges: return line(workload, "NoNewPrivileges=" + value);
      case Attribute::kMemoryLimit: return line(workload, "PodmanArgs=--memory=" + value);
      case Attribute::kCpuLimit: return line(workload, "PodmanArgs=--cpus=" + value);
      case Attribute::kPidsLimit: return line(workload, "PidsLimit=" + value);
      case Attribute::kHealthcheck: return line(workload, "HealthCmd=" + value);
      case Attribute::kPullPolicy: return line(workload, "Pull=" + value);
      case Attribute::kRestart:
      case Attribute::kRunAsNonRoot:
      case Attribute::kMemoryRequest:
      case Attribute::kCpuRequest:
      case Attribute::kSeccomp:
      case Attribute::kServiceAccountToken:
      case Attribute::kLivenessProbe:
      case Attribute::kReadinessProbe: break;
    }
    return refuse("a quadlet's [Container] has no such key");
  }
  Edits add_capability(const Workload& workload, const std::string& name) const override {
    return line(workload, "AddCapability=" + name);
  }
  Edits drop_capability(const Workload& workload, const std::string& name) const override {
    return line(workload, "DropCapability=" + std::string(name == "ALL" ? "all" : name));
  }
  Edits add_scratch(const Workload& workload, const Scratch& scratch) const override {
    return line(workload, "Tmpfs=" + scratch.path + ":" + (scratch.executable ? "exec" : "noexec") +
                              ",nosuid,nodev,size=" + scratch.size);
  }
  Edits bound_log(const Workload&, const std::string&, const std::string&) const override {
    return refuse("Podman logs to the journal, which is bounded");
  }

  /// Its whole line.
  Edits take_out(const Workload& workload, Place place) const override {
    const SourceFile& file = *workload.file;
    const std::uint32_t index = file.line_index(place.span.begin);
    if (index != file.line_index(place.span.end)) return refuse("it takes several lines");
    const Span line = file.line_span(index);
    const std::string_view text = file.slice(line);
    const std::size_t equals = text.find('=');
    const bool whole = equals != std::string_view::npos &&
                       ascii::trim(text.substr(equals + 1)) == ascii::trim(file.slice(place.span));
    if (text.ends_with('\\') || (!whole && place.span.begin != line.begin)) {
      return refuse("the line says more");
    }
    const std::uint32_t next =
        index + 1 < file.line_count() ? file.line_span(index + 1).begin : line.end;
    return std::vector<Edit>{{{line.begin, next}, ""}};
  }

  Edits publish_on(const Workload& workload, const Port& port,
                   const std::string& address) const override {
    const std::string_view text = workload.file->slice(port.place.span);
    if (text.empty() || text.find_first_not_of("0123456789.:/tcpudp") != std::string_view::npos) {
      return refuse("how it is published is not certain");
    }
    return std::vector<Edit>{{port.place.span, on_address(text, address)}};
  }

 private:
  static Edits user(const Workload& workload, const std::string& value) {
    const std::size_t colon = value.find(':');
    Edits edits = line(workload, "User=" + value.substr(0, colon));
    if (colon == std::string::npos) return edits;
    return both(std::move(edits), line(workload, "Group=" + value.substr(colon + 1)));
  }

  /// Keys that may stand several times.
  static bool is_list(std::string_view key) {
    return key == "DropCapability" || key == "AddCapability" || key == "Tmpfs" ||
           key == "PodmanArgs";
  }

  /// Over the line that has the key, else after the last line of the section.
  static Edits line(const Workload& workload, const std::string& text) {
    const SourceFile& file = *workload.file;
    const std::string_view key = std::string_view(text).substr(0, text.find('='));
    bool inside = false;
    std::uint32_t last = 0;  // end of the section's last line that says something
    for (std::uint32_t i = 0; i < file.line_count(); ++i) {
      const Span span = file.line_span(i);
      const std::string_view content = ascii::trim(file.slice(span));
      if (content.starts_with('[')) {
        if (inside) break;
        inside = content == "[Container]";
        if (inside) last = span.end;
      } else if (inside && !content.empty()) {
        last = span.end;
        const bool same = ascii::trim(content.substr(0, content.find('='))) == key;
        if (same && !is_list(key) && !content.ends_with('\\')) {
          return std::vector<Edit>{{span, text}};
        }
      }
    }
    if (last == 0) return refuse("there is no [Container] section");
    if (file.text()[last - 1] == '\\') return refuse("its last line goes on");
    const bool crlf = last < file.text().size() && file.text()[last] == '\r';
    return std::vector<Edit>{{{last, last}, (crlf ? "\r\n" : "\n") + text}};
  }
};

}  // namespace

const FormSpelling& quadlet_spelling() {
  static const QuadletSpelling spelling;
  return spelling;
}

}  // namespace plimsoll::spelling
