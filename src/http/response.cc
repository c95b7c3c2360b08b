#include <arpa/inet.h>

#include <array>

#include "http/client.h"

namespace plimsoll::http {
namespace {

Reach reach_of(std::uint32_t v4) {
  const std::uint32_t first = v4 >> 24U;
  const std::uint32_t two = v4 >> 16U;
  // This host, loopback, link-local (where clouds serve their secrets), multicast and above.
  if (first == 0 || first == 127 || two == 0xA9FEU || first >= 224) return Reach::kLocal;
  const bool is_private = first == 10 || (v4 >> 20U) == 0xAC1U || two == 0xC0A8U ||
                          (v4 >> 22U) == (0x64400000U >> 22U);  // 100.64.0.0/10
  return is_private ? Reach::kPrivate : Reach::kPublic;
}

}  // namespace

Reach reach_of(const std::string& address) {
  in_addr four{};
  if (::inet_pton(AF_INET, address.c_str(), &four) == 1) return reach_of(ntohl(four.s_addr));
  std::array<unsigned char, 16> six{};
  if (::inet_pton(AF_INET6, address.c_str(), six.data()) != 1) return Reach::kPublic;
  bool mapped = true;  // ::ffff:a.b.c.d, and ::a.b.c.d, which holds :: and ::1
  for (std::size_t i = 0; i < 10; ++i) mapped = mapped && six.at(i) == 0;
  mapped = mapped && ((six[10] == 0xFF && six[11] == 0xFF) || (six[10] == 0 && six[11] == 0));
  if (mapped) {
    std::uint32_t v4 = 0;
    for (std::size_t i = 12; i < 16; ++i) v4 = (v4 << 8U) | six.at(i);
    return reach_of(v4);
  }
  // 64:ff9b::/96 is a translator's spelling of an IPv4 address.
  if (six[0] == 0 && six[1] == 0x64 && six[2] == 0xFF && six[3] == 0x9B) {
    std::uint32_t v4 = 0;
    for (std::size_t i = 12; i < 16; ++i) v4 = (v4 << 8U) | six.at(i);
    return reach_of(v4);
  }
  if (six[0] == 0xFE && (six[1] & 0xC0U) == 0x80U) return Reach::kLocal;  // fe80::/10
  if (six[0] == 0xFF) return Reach::kLocal;
  return (six[0] & 0xFEU) == 0xFCU ? Reach::kPrivate : Reach::kPublic;
}

std::string Response::header(std::string_view name) const {
  const auto all = headers(name);
  return all.empty() ? std::string() : all.front();
}

Outcome<std::string> read_body(Response& response, std::size_t most) {
  std::string body;
  std::array<char, 16384> buffer{};
  while (true) {
    const auto got = response.read(buffer);
    if (!got) return tl::unexpected(got.error());
    if (*got == 0) return body;
    if (body.size() + *got > most) {
      return tl::unexpected(Failure{Failure::Kind::kTooLarge, "the answer is larger than " +
                                                                  std::to_string(most) + " bytes"});
    }
    body.append(buffer.data(), *got);
  }
}

Error to_error(const Failure& failure, std::string whom) {
  Error error;
  error.code =
      failure.kind == Failure::Kind::kTooLarge ? ErrorCode::kTooLarge : ErrorCode::kEnvironment;
  error.message = failure.message;
  error.path = std::move(whom);
  return error;
}

}  // namespace plimsoll::http
