#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// What the bytes of a value say about it being a secret.
namespace plimsoll::secret {

/// Shannon's, in bits per byte: 0 for "aaaa", 4 for random hexadecimal digits, 6 for base64.
[[nodiscard]] double entropy(std::string_view value);

/// To be filled in by somebody, or by a program: "<token>", "${TOKEN}", "{{ token }}", "xxxxxxxx",
/// "your-api-key", "changeme", "AKIA…EXAMPLE".
[[nodiscard]] bool is_placeholder(std::string_view value);

/// Made up along the alphabet or the digits: "abcdefghijklmnop", "0123456789abcdef".
[[nodiscard]] bool is_sequence(std::string_view value);

/// Is this value one that everybody knows: published in documentation, test data, SDKs? The table
/// holds only digests of them.
[[nodiscard]] bool is_known_example(std::string_view value);

/// FNV-1a, 64 bits.
[[nodiscard]] std::uint64_t digest_of(std::string_view value);

/// "ghp_…": the first four bytes of a value so long that they give nothing away; else "…". What
/// cannot be printed is a '?'.
[[nodiscard]] std::string shown(std::string_view value);

}  // namespace plimsoll::secret
