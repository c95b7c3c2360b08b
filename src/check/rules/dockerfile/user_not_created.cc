#include "check/rule.h"
#include "parse/dockerfile_scope.h"
#include "workload/image_facts.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "user-not-created",
    .title = "USER names an account that the image does not have",
    .severity = Severity::kMedium,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kNone,
    .aliases = "tally:named-identity-in-passwdless-stage",
    .why =
        "The container does not start: the runtime cannot find the user in /etc/passwd. Somebody "
        "then runs it as root to get going.",
    .fix_note =
        "Create the account in this stage, copy /etc/passwd from the build stage, or use a number, "
        "which needs no account.",
    .sources = "https://docs.docker.com/reference/dockerfile/#user",
};

/// Without a shell no RUN can create an account, and the base brings none but these.
bool ships_with_bare_base(std::string_view user) {
  return user == "nonroot" || user == "nobody" || user == "root";
}

/// COPY of /etc/passwd, or of a whole file system or archive with one in it.
bool may_bring_accounts(const dockerfile::Instruction& copy) {
  if (!copy.heredocs.empty() || ascii::contains(copy.args.text, "passwd")) return true;
  if (copy.words.empty()) return false;
  const std::string_view target = copy.words.back().value;
  return target == "/" || target == "/etc" || target == "/etc/";
}

/// Something before `until` could have created the account.
bool may_be_created(const DockerfileView& view, const dockerfile::Instruction& until,
                    std::string_view user) {
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (&instruction == &until) break;
      if (instruction.keyword == dockerfile::Keyword::kRun) {
        if (!instruction.heredocs.empty()) return true;
        const std::string_view text = instruction.args.text;
        if (ascii::contains(text, "passwd") || ascii::contains(text, user)) return true;
      } else if (instruction.keyword == dockerfile::Keyword::kCopy ||
                 instruction.keyword == dockerfile::Keyword::kAdd) {
        if (may_bring_accounts(instruction)) return true;
      }
    }
  }
  return false;
}

bool is_bare(const StageBase& base) {
  if (base.scratch) return true;
  return base.reference && family_of(*base.reference) == ImageFamily::kDistroless &&
         has_shell(*base.reference) == false;
}

void check(const DockerfileView& view, Sink& sink) {
  if (view.target == nullptr) return;
  const StageBase* base = view.base(*view.target);
  if (base == nullptr || !base->known || !is_bare(*base)) return;
  const dockerfile::Instruction* last = nullptr;
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword == dockerfile::Keyword::kUser) last = &instruction;
    }
    if (last != nullptr) break;
  }
  if (last == nullptr || last->words.empty()) return;
  const dockerfile::Word& word = last->words.front();
  const dockerfile::Expansion expanded = dockerfile::Scope(view.file, *last).expand(word.raw);
  if (!expanded.known) return;
  const std::string_view user = std::string_view(expanded.text).substr(0, expanded.text.find(':'));
  if (user.empty() || ascii::is_number(user)) return;
  if (base->scratch ? is_root_user(user) : ships_with_bare_base(user)) return;
  if (may_be_created(view, *last, user)) return;
  const std::string from = base->scratch ? "scratch" : base->reference->familiar_name();
  sink.report(word.span,
              "nothing creates the user '" + std::string(user) + "' in an image from " + from)
      .because("base", from + " has no such account and no shell to create it");
}

constexpr Example kExamples[] = {
    {.name = "scratch has no accounts", .before = "FROM scratch\nCOPY app /app\nUSER «app»\n"},
    {.name = "distroless has nonroot and nobody",
     .before = "FROM gcr.io/distroless/static-debian12\nCOPY app /app\nUSER «app:app»\n"},
    {.name = "/etc/passwd is copied",
     .before = "FROM alpine:3.20 AS b\nRUN adduser -D app\nFROM scratch\n"
               "COPY --from=b /etc/passwd /etc/passwd\nUSER app\n"},
    {.name = "a number needs no account", .before = "FROM scratch\nCOPY a /a\nUSER 65532\n"},
    {.name = "it ships with distroless",
     .before = "FROM gcr.io/distroless/static-debian12\nUSER nonroot\n"},
    {.name = "a whole root file system", .before = "FROM scratch\nADD rootfs.tar /\nUSER app\n"},
    {.name = "bases with a shell may have it", .before = "FROM debian:12\nUSER app\n"},
};

}  // namespace

const Rule& user_not_created() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
