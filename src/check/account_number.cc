#include "check/account_number.h"

#include "check/account_command.h"
#include "parse/dockerfile_edit.h"
#include "workload/image_facts.h"

namespace plimsoll::check {
namespace {

/// The value of -u, --uid or --uid=; the word that holds it, or null.
const shell::Word* uid_word(const shell::Command& command, std::string_view& value) {
  constexpr std::string_view kLong = "--uid=";
  for (const shell::Word* word = command.begin(); word != command.end(); ++word) {
    const std::string_view text = word->value;
    if (text.starts_with(kLong)) {
      value = text.substr(kLong.size());
      return word;
    }
    const bool alone = text == "-u" || text == "--uid" ||
                       (text.size() > 2 && text[0] == '-' && text[1] != '-' && text.back() == 'u');
    if (alone && word + 1 != command.end()) {
      value = (word + 1)->value;
      return word + 1;
    }
    if (text.size() > 2 && text.starts_with("-u") && ascii::is_number(text.substr(2))) {
      value = text.substr(2);
      return word;
    }
  }
  return nullptr;
}

AccountCreation read_creation(const dockerfile::Instruction& run, const shell::Command& command,
                              std::string_view name) {
  const auto account = read_account_command(command);
  if (!account || account->verb != AccountCommand::Verb::kCreate || account->user == nullptr) {
    return {};
  }
  // nixbld$i of a loop is not one account.
  if (command.depth > 0 && account->user->expands) return {};
  if (!name.empty() && account->user->value != name) return {};
  AccountCreation creation{.run = &run, .command = &command, .user = account->user};
  creation.uid = uid_word(command, creation.number);
  if (!ascii::is_number(creation.number) || is_root_user(creation.number)) creation.number = {};
  return creation;
}

ImageFamily family(const StageBase& base) {
  return base.reference ? family_of(*base.reference) : ImageFamily::kUnknown;
}

}  // namespace

AccountCreation last_creation(const DockerfileView& view, std::string_view name) {
  AccountCreation last;
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword != dockerfile::Keyword::kRun) continue;
      for (const shell::Command& command : instruction.script.commands) {
        if (const AccountCreation creation = read_creation(instruction, command, name)) {
          last = creation;
        }
      }
    }
    if (last) break;
  }
  return last;
}

std::optional<std::string> number_in_base(const StageBase& base, std::string_view name) {
  if (base.facts != nullptr && base.facts->uid && base.facts->nonroot_user == name) {
    return std::to_string(*base.facts->uid);
  }
  // Source: base-passwd of Debian, alpine-baselayout, the images' README of distroless.
  switch (family(base)) {
    case ImageFamily::kDebian:
    case ImageFamily::kUbuntu:
      if (name == "www-data") return "33";
      if (name == "nobody") return "65534";
      break;
    case ImageFamily::kAlpine:
      if (name == "nobody") return "65534";
      break;
    case ImageFamily::kDistroless:
    case ImageFamily::kWolfi:
      if (name == "nonroot") return "65532";
      if (name == "nobody") return "65534";
      break;
    default: break;
  }
  return std::nullopt;
}

std::optional<std::string> group_in_base(const StageBase& base, std::string_view name) {
  if (base.facts != nullptr && base.facts->gid && base.facts->nonroot_user == name) {
    return std::to_string(*base.facts->gid);
  }
  const ImageFamily of = family(base);
  const bool debian = of == ImageFamily::kDebian || of == ImageFamily::kUbuntu;
  if (debian && name == "www-data") return "33";
  if (debian && name == "nogroup") return "65534";
  if (of == ImageFamily::kAlpine && name == "nobody") return "65534";
  if (of == ImageFamily::kDistroless && name == "nonroot") return "65532";
  return std::nullopt;
}

std::optional<Edit> give_number(const DockerfileView& view, const AccountCreation& creation,
                                std::string_view number) {
  if (!creation || creation.uid != nullptr) return std::nullopt;
  const shell::Command& command = *creation.command;
  // A second run of the same line would ask for the same number.
  if (command.depth > 0 || command.program >= command.words.size()) return std::nullopt;
  // Debian's adduser knows --uid only, BusyBox' -u only.
  const StageBase* base = view.target == nullptr ? nullptr : view.base(*view.target);
  const ImageFamily of = base == nullptr ? ImageFamily::kUnknown : family(*base);
  const bool busybox = of == ImageFamily::kAlpine || of == ImageFamily::kBusybox;
  if (command.name() == "adduser" && of == ImageFamily::kUnknown) return std::nullopt;
  const std::string option = command.name() == "adduser" && !busybox ? "--uid " : "-u ";
  auto edits =
      dockerfile::insert_words(view.file, *creation.run, command, command.words[command.program],
                               option + std::string(number));
  if (!edits) return std::nullopt;
  return std::move(edits->front());
}

}  // namespace plimsoll::check
