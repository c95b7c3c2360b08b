#pragma once

#include <string_view>
#include <vector>

#include "secret/detector.h"

/// What a pattern cannot say. Each looks at a bounded part of Spot::text once.
namespace plimsoll::secret {

/// At "-----BEGIN": the body of a private key in PEM, also as one line with `\n` in it, also when
/// its end is missing. Not of a public key, nor where the body is too short to be one.
void find_private_key(const Spot& spot, std::vector<Match>& found);
/// At "PuTTY-User-Key-File-": its private lines.
void find_putty_key(const Spot& spot, std::vector<Match>& found);

/// At "curl": the value of an authorization header (-H), a user and password (-u).
void find_curl_header(const Spot& spot, std::vector<Match>& found);
void find_curl_user(const Spot& spot, std::vector<Match>& found);

/// At "kind:": the values under `data:` of a Kubernetes Secret.
void find_kubernetes_secret(const Spot& spot, std::vector<Match>& found);

/// At a word such as "key" or "token": any random value that a name with it is given.
void find_generic_key(const Spot& spot, std::vector<Match>& found);

/// At "://": the password of user:password@host.
void find_url_password(const Spot& spot, std::vector<Match>& found);

/// Header and claims are JSON, and the header names an algorithm. RFC 7519.
[[nodiscard]] bool is_jwt(const Spot& spot, Match match, std::string_view secret);
/// The same once more in base64.
[[nodiscard]] bool is_encoded_jwt(const Spot& spot, Match match, std::string_view secret);
/// Not made up along the alphabet.
[[nodiscard]] bool is_no_sequence(const Spot& spot, Match match, std::string_view secret);
/// In base64: "user:password".
[[nodiscard]] bool is_encoded_login(const Spot& spot, Match match, std::string_view secret);
/// Upper case, lower case and digits.
[[nodiscard]] bool is_mixed(const Spot& spot, Match match, std::string_view secret);

/// Either alphabet, padding or not; stops at what is neither.
[[nodiscard]] std::string decode_base64(std::string_view text);

}  // namespace plimsoll::secret
