#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workload/spelling.h"

/// One form's spellings. spelling.cc asks the right one.
namespace plimsoll::spelling {

class FormSpelling {
 public:
  virtual ~FormSpelling() = default;
  [[nodiscard]] virtual Edits set(const Workload& workload, Attribute attribute,
                                  const std::string& value) const = 0;
  [[nodiscard]] virtual Edits add_capability(const Workload& workload,
                                             const std::string& name) const = 0;
  [[nodiscard]] virtual Edits drop_capability(const Workload& workload,
                                              const std::string& name) const = 0;
  [[nodiscard]] virtual Edits add_scratch(const Workload& workload,
                                          const Scratch& scratch) const = 0;
  [[nodiscard]] virtual Edits bound_log(const Workload& workload, const std::string& size,
                                        const std::string& files) const = 0;
  [[nodiscard]] virtual Edits take_out(const Workload& workload, Place place) const = 0;
  [[nodiscard]] virtual Edits publish_on(const Workload& workload, const Port& port,
                                         const std::string& address) const = 0;
};

[[nodiscard]] const FormSpelling& compose_spelling();
[[nodiscard]] const FormSpelling& kubernetes_spelling();
[[nodiscard]] const FormSpelling& run_spelling();
[[nodiscard]] const FormSpelling& quadlet_spelling();

[[nodiscard]] inline tl::unexpected<std::string> refuse(std::string why) {
  return tl::unexpected<std::string>(std::move(why));
}

/// "127.0.0.1:5432:5432" of "5432:5432", "127.0.0.1::5432" of "5432": on that address only.
[[nodiscard]] std::string on_address(std::string_view port, const std::string& address);

/// Takes the entry or item at `span` out of the tree below `root`.
[[nodiscard]] Edits take_out_of_tree(const SourceFile& file, const Node& root, Span span);

/// Both, or the first reason against.
[[nodiscard]] Edits both(Edits one, Edits other);

}  // namespace plimsoll::spelling
