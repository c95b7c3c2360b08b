// The functions below EVP are deprecated since 3.0 but stay; linked alone, without what EVP brings
// at each start, they cost no time there.
#define OPENSSL_API_COMPAT 10101

#include "image/sha256.h"

#include <openssl/sha.h>

#include <array>

namespace plimsoll::image {

struct Sha256::State {
  SHA256_CTX context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  SHA256_Init(&state_->context);
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes) {
  SHA256_Update(&state_->context, bytes.data(), bytes.size());
}

std::string Sha256::digest() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, SHA256_DIGEST_LENGTH> bytes{};
  SHA256_Final(bytes.data(), &state_->context);
  std::string text = "sha256:";
  for (const unsigned char byte : bytes) text += {kDigits[byte >> 4U], kDigits[byte & 0xFU]};
  return text;
}

std::string sha256_of(std::string_view bytes) {
  Sha256 sum;
  sum.add(bytes);
  return sum.digest();
}

}  // namespace plimsoll::image
