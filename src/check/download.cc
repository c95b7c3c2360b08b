#include "check/download.h"

#include <algorithm>
#include <iterator>

#include "check/package_manager.h"
#include "core/ascii.h"

namespace plimsoll::check {
namespace {

/// Source: curl(1), the one-letter options with a value.
constexpr std::string_view kCurlValues = "AbcCdDeEFHKmoPQrtTuUwxXyYz";
/// Source: wget(1).
constexpr std::string_view kWgetValues = "aABDeGiIlOoPQRtTUwX";

struct Language {
  WordList programs;
  std::string_view code;    ///< one-letter options that take the program from elsewhere
  std::string_view values;  ///< one-letter options whose value is the next word
};

constexpr Language kLanguages[] = {
    {"sh bash dash ash zsh ksh", "c", "oO"},
    {"python python2 python3", "cm", "WX"},
    {"perl", "eEpn", ""},
    {"ruby", "e", "rI"},
    {"node nodejs", "epr", ""},
    {"php", "rBRFfS", "dcz"},
};

const Language* language_of(std::string_view program) {
  if (program.size() < 2 ||
      std::string_view("abdknprsz").find(program[0]) == std::string_view::npos) {
    return nullptr;
  }
  const auto* const found =
      std::find_if(std::begin(kLanguages), std::end(kLanguages),
                   [&](const Language& each) { return has_word(each.programs, program); });
  return found == std::end(kLanguages) ? nullptr : found;
}

bool is_url(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://") || text.starts_with("ftp://");
}

}  // namespace

bool is_downloader(std::string_view program) {
  return program == "curl" || program == "wget";
}

Download read_download(const shell::Command& command) {
  const bool curl = command.name() == "curl";
  const std::string_view values = curl ? kCurlValues : kWgetValues;
  const char output_letter = curl ? 'o' : 'O';
  const std::string_view output_name = curl ? "--output" : "--output-document";
  Download download;
  download.to_stdout = curl;
  for (const shell::Word* word = command.begin(); word < command.end(); ++word) {
    const std::string_view text = word->value;
    if (!text.starts_with('-') || text.size() < 2) {
      if (download.url == nullptr || (!is_url(download.url->value) && is_url(text))) {
        download.url = word;
      }
      continue;
    }
    std::string_view target;
    if (text.starts_with("--")) {
      if (curl && text == "--remote-name") download.to_stdout = false;
      if (!text.starts_with(output_name)) continue;
      const std::string_view rest = text.substr(output_name.size());
      if (rest.starts_with('=')) target = rest.substr(1);
      if (rest.empty() && word + 1 < command.end()) target = (++word)->value;
      if (target.empty()) continue;
    } else {
      const std::size_t at = text.find_first_of(values, 1);
      const std::string_view switches = text.substr(1, at == std::string_view::npos ? at : at - 1);
      if (curl && switches.find('O') != std::string_view::npos) download.to_stdout = false;
      if (at == std::string_view::npos) continue;
      const bool apart = at + 1 == text.size();
      if (apart && word + 1 < command.end()) ++word;
      if (text[at] != output_letter) continue;
      target = apart ? word->value : text.substr(at + 1);
    }
    download.to_stdout = target == "-" || target == "/dev/stdout";
    download.output = download.to_stdout ? nullptr : word;
  }
  return download;
}

bool is_verification(const shell::Command& command) {
  const std::string_view name = command.name();
  if (name.size() < 3) return false;
  if (has_word("sha1sum sha224sum sha256sum sha384sum sha512sum shasum md5sum b2sum rhash gpgv "
               "minisign signify slsa-verifier",
               name)) {
    return true;
  }
  if (name == "gpg" || name == "gpg2" || name == "cosign" || name == "gh") {
    return std::any_of(command.begin(), command.end(), [](const shell::Word& word) {
      return word.value.starts_with("--verify") || word.value.starts_with("verify");
    });
  }
  return name == "openssl" && command.subcommand() == "dgst";
}

bool has_verification(const shell::Script& script) {
  return std::any_of(script.commands.begin(), script.commands.end(), is_verification);
}

std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) {
    host.remove_prefix(at + 1);
  }
  if (host.find('$') != std::string_view::npos || host.find('`') != std::string_view::npos) {
    return {};
  }
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

bool is_local_host(std::string_view host) {
  return host == "localhost" || host.starts_with("127.") || host == "[::1]" || host == "0.0.0.0";
}

bool runs_standard_input(const shell::Command& command) {
  const Language* language = language_of(command.name());
  if (language == nullptr) return false;
  const bool is_shell = language == std::begin(kLanguages);
  for (const shell::Word* word = command.begin(); word < command.end(); ++word) {
    const std::string_view text = word->value;
    if (text == "-" || text == "--" || text == "/dev/stdin") return true;
    if (!text.starts_with('-') && !text.starts_with('+')) return false;
    if (text.starts_with("--")) {
      if (has_word("--eval --print --run --version --help", text)) return false;
      continue;
    }
    for (std::size_t i = 1; i < text.size(); ++i) {
      if (language->code.find(text[i]) != std::string_view::npos) return false;
      if (is_shell && text[i] == 's') return true;
      if (language->values.find(text[i]) == std::string_view::npos) continue;
      if (i + 1 == text.size()) ++word;
      break;
    }
  }
  return true;
}

bool is_curl_switch(std::string_view word, char letter) {
  if (word.size() < 2 || word[0] != '-' || word[1] == '-') return false;
  const std::size_t at = word.find(letter, 1);
  return at != std::string_view::npos && word.find_first_of(kCurlValues, 1) > at;
}

}  // namespace plimsoll::check
