// The functions below EVP are deprecated since 3.0 but stay; linked alone, without what EVP brings
// at each start, they cost no time there.
#define OPENSSL_API_COMPAT 10101

#include "archive/sha256.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "archive/sha256_pair.h"

namespace plimsoll::archive {
namespace {

/// Up to the beginning of a block.
std::size_t align(SHA256_CTX& context, std::string_view bytes) {
  const std::size_t rest = (SHA256_CBLOCK - context.num) % SHA256_CBLOCK;
  const std::size_t size = std::min(rest, bytes.size());
  SHA256_Update(&context, bytes.data(), size);
  return size;
}

/// Counts blocks, in bits, that went into its state.
void count(SHA256_CTX& context, std::size_t blocks) {
  std::uint64_t bits = (std::uint64_t{context.Nh} << 32U) | context.Nl;
  bits += std::uint64_t{blocks} * SHA256_CBLOCK * 8;
  context.Nl = static_cast<std::uint32_t>(bits);
  context.Nh = static_cast<std::uint32_t>(bits >> 32U);
}

}  // namespace

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

std::size_t Sha256::add_beside(std::string_view bytes, Sha256& other, std::string_view others) {
  if (!can_hash_pairs()) {
    add(bytes);
    other.add(others);
    return others.size();
  }
  SHA256_CTX& own = state_->context;
  SHA256_CTX& its = other.state_->context;
  bytes.remove_prefix(align(own, bytes));
  std::size_t taken = align(its, others);
  const std::size_t blocks = std::min(bytes.size(), others.size() - taken) / SHA256_CBLOCK;
  hash_pair(own.h, bytes.data(), its.h, others.data() + taken, blocks);
  count(own, blocks);
  count(its, blocks);
  add(bytes.substr(blocks * SHA256_CBLOCK));
  return taken + blocks * SHA256_CBLOCK;
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

}  // namespace plimsoll::archive
