#include "archive/sha256_pair.h"

#include "core/bug.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace plimsoll::archive {

#if defined(__x86_64__)

namespace {

// FIPS 180-4 §4.2.2.
alignas(16) constexpr std::uint32_t kConstants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

#define PL_SHA __attribute__((target("sha,sse4.1,ssse3"), always_inline)) inline

/// The state as the instructions want it: A B E F and C D G H.
struct Lane {
  __m128i abef;
  __m128i cdgh;
  __m128i words[4];  ///< the last sixteen of the message schedule
};

PL_SHA void load(Lane& lane, const std::uint32_t* state) {
  const __m128i dcba =
      _mm_shuffle_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(state)), 0xB1);
  const __m128i hgfe =
      _mm_shuffle_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(state + 4)), 0x1B);
  lane.abef = _mm_alignr_epi8(dcba, hgfe, 8);
  lane.cdgh = _mm_blend_epi16(hgfe, dcba, 0xF0);
}

PL_SHA void store(const Lane& lane, std::uint32_t* state) {
  const __m128i feba = _mm_shuffle_epi32(lane.abef, 0x1B);
  const __m128i dchg = _mm_shuffle_epi32(lane.cdgh, 0xB1);
  _mm_storeu_si128(reinterpret_cast<__m128i*>(state), _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

PL_SHA void take(Lane& lane, const char* block) {
  const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  for (int i = 0; i < 4; ++i) {
    lane.words[i] =
        _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(block) + i), order);
  }
}

/// Four rounds, and the four words of the schedule that come sixteen later.
PL_SHA void rounds(Lane& lane, int group) {
  const __m128i current = lane.words[group % 4];
  const __m128i sum =
      _mm_add_epi32(current, _mm_load_si128(reinterpret_cast<const __m128i*>(kConstants) + group));
  lane.cdgh = _mm_sha256rnds2_epu32(lane.cdgh, lane.abef, sum);
  lane.abef = _mm_sha256rnds2_epu32(lane.abef, lane.cdgh, _mm_shuffle_epi32(sum, 0x0E));
  if (group >= 12) return;
  const __m128i second = lane.words[(group + 1) % 4];
  const __m128i third = lane.words[(group + 2) % 4];
  const __m128i fourth = lane.words[(group + 3) % 4];
  const __m128i next =
      _mm_add_epi32(_mm_sha256msg1_epu32(current, second), _mm_alignr_epi8(fourth, third, 4));
  lane.words[group % 4] = _mm_sha256msg2_epu32(next, fourth);
}

__attribute__((target("sha,sse4.1,ssse3"))) void hash_both(std::uint32_t* first_state,
                                                           const char* first,
                                                           std::uint32_t* second_state,
                                                           const char* second, std::size_t blocks) {
  Lane a;
  Lane b;
  load(a, first_state);
  load(b, second_state);
  for (; blocks > 0; --blocks, first += 64, second += 64) {
    const __m128i a_abef = a.abef;
    const __m128i a_cdgh = a.cdgh;
    const __m128i b_abef = b.abef;
    const __m128i b_cdgh = b.cdgh;
    take(a, first);
    take(b, second);
#pragma GCC unroll 16
    for (int group = 0; group < 16; ++group) {
      rounds(a, group);
      rounds(b, group);
    }
    a.abef = _mm_add_epi32(a.abef, a_abef);
    a.cdgh = _mm_add_epi32(a.cdgh, a_cdgh);
    b.abef = _mm_add_epi32(b.abef, b_abef);
    b.cdgh = _mm_add_epi32(b.cdgh, b_cdgh);
  }
  store(a, first_state);
  store(b, second_state);
}

}  // namespace

bool can_hash_pairs() {
  // Asked when it is needed: compilers' own tables of features are filled at each start.
  static const bool kCan = [] {
    constexpr unsigned kSse41 = 1U << 19U;  // of leaf 1, ECX
    constexpr unsigned kSha = 1U << 29U;    // of leaf 7, EBX
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & kSse41) == 0) return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & kSha) != 0;
  }();
  return kCan;
}

void hash_pair(std::uint32_t* first_state, const char* first, std::uint32_t* second_state,
               const char* second, std::size_t blocks) {
  hash_both(first_state, first, second_state, second, blocks);
}

#else

bool can_hash_pairs() {
  return false;
}

void hash_pair(std::uint32_t*, const char*, std::uint32_t*, const char*, std::size_t) {
  PL_BUG("this processor hashes one message at a time");
}

#endif

}  // namespace plimsoll::archive
