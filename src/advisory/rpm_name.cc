#include "advisory/rpm_name.h"

#include <utility>

#include "core/ascii.h"

namespace plimsoll::advisory {
namespace {

int digit_of(char c) {
  if (ascii::is_digit(c)) return c - '0';
  return ascii::to_lower(c) - 'a' + 10;
}

/// "%2B" is '+'.
std::string decoded(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_code = text[at] == '%' && at + 2 < text.size() && ascii::is_hex(text[at + 1]) &&
                         ascii::is_hex(text[at + 2]);
    if (!is_code) {
      plain.push_back(text[at]);
      continue;
    }
    plain.push_back(static_cast<char>(digit_of(text[at + 1]) * 16 + digit_of(text[at + 2])));
    at += 2;
  }
  return plain;
}

std::string qualifier(std::string_view qualifiers, std::string_view name) {
  for (const std::string_view each : ascii::split(qualifiers, '&')) {
    const std::size_t equals = each.find('=');
    if (each.substr(0, equals) != name || equals == std::string_view::npos) continue;
    return decoded(each.substr(equals + 1));
  }
  return {};
}

/// "ruby:2.7" of "ruby:2.7:8080020230427102918:63b34585"; "" without a stream.
std::string name_and_stream(std::string_view text) {
  const std::size_t first = text.find(':');
  if (first == std::string_view::npos || first == 0) return {};
  return std::string(text.substr(0, text.find(':', first + 1)));
}

}  // namespace

std::string evr_of(std::string_view epoch, std::string_view version, std::string_view release) {
  std::string evr(epoch.empty() ? "0" : epoch);
  evr.append(":").append(version);
  if (!release.empty()) evr.append("-").append(release);
  return evr;
}

std::optional<RpmName> rpm_of_purl(std::string_view purl) {
  constexpr std::string_view kScheme = "pkg:rpm/";
  if (!purl.starts_with(kScheme)) return std::nullopt;
  purl.remove_prefix(kScheme.size());
  purl = purl.substr(0, purl.find('#'));
  const std::size_t question = purl.find('?');
  const std::string_view qualifiers =
      question == std::string_view::npos ? std::string_view{} : purl.substr(question + 1);
  std::string_view path = purl.substr(0, question);
  const std::size_t at = path.rfind('@');
  const std::string version =
      at == std::string_view::npos ? std::string() : decoded(path.substr(at + 1));
  path = path.substr(0, at);
  RpmName rpm;
  const std::size_t slash = path.rfind('/');
  rpm.name = decoded(slash == std::string_view::npos ? path : path.substr(slash + 1));
  // A stream stands in the place of the version where a whole module is meant: "@rhel8".
  if (version.find('-') != std::string::npos) {
    rpm.evr = version.find(':') != std::string::npos
                  ? version
                  : evr_of(qualifier(qualifiers, "epoch"), version, {});
  }
  rpm.architecture = qualifier(qualifiers, "arch");
  rpm.module = name_and_stream(qualifier(qualifiers, "rpmmod"));
  if (rpm.name.empty()) return std::nullopt;
  return rpm;
}

std::optional<RpmName> rpm_of_file_name(std::string_view text) {
  if (text.ends_with(".rpm")) text.remove_suffix(4);
  const std::size_t dot = text.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  RpmName rpm;
  rpm.architecture = text.substr(dot + 1);
  text = text.substr(0, dot);
  const std::size_t release = text.rfind('-');
  if (release == std::string_view::npos || release == 0) return std::nullopt;
  const std::size_t version = text.rfind('-', release - 1);
  if (version == std::string_view::npos || version == 0) return std::nullopt;
  rpm.name = text.substr(0, version);
  const std::string_view evr = text.substr(version + 1);
  rpm.evr = evr.find(':') != std::string_view::npos ? std::string(evr) : evr_of({}, evr, {});
  return rpm;
}

std::string module_of_purl(std::string_view purl) {
  constexpr std::string_view kScheme = "pkg:rpmmod/";
  if (!purl.starts_with(kScheme)) return {};
  purl = purl.substr(0, purl.find('?'));
  const std::size_t slash = purl.rfind('/');
  std::string name = decoded(purl.substr(slash + 1));
  const std::size_t at = name.find('@');
  if (at == std::string::npos) return {};
  name[at] = ':';
  return name_and_stream(name);
}

}  // namespace plimsoll::advisory
