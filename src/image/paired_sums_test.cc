#include "image/paired_sums.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace plimsoll::image {
namespace {

std::string bytes_of(std::size_t size, unsigned seed) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(i * seed >> 3U);
  return text;
}

using Sizes = std::vector<std::size_t>;  // of the pieces that a task adds
class PairedSumsTest : public testing::TestWithParam<std::pair<Sizes, Sizes>> {};
TEST_P(PairedSumsTest, AreThoseOfEachAlone) {
  const Sizes all[] = {GetParam().first, GetParam().second};
  std::string whole[2];
  std::string digests[2];
  std::optional<PairedSums> sums;
  const auto task = [&](std::size_t number) {
    archive::Sha256 sum;
    for (const std::size_t size : all[number]) {
      const std::string piece = bytes_of(size, static_cast<unsigned>(number * 7 + size));
      whole[number] += piece;
      sums->add(sum, piece);
    }
    digests[number] = sum.digest();
  };
  Turns turns([&] { task(0); }, [&] { task(1); });
  sums.emplace(turns);
  turns.run();
  for (const std::size_t number : {0U, 1U}) {
    EXPECT_EQ(digests[number], archive::sha256_of(whole[number])) << number;
  }
}
INSTANTIATE_TEST_SUITE_P(
    Pieces, PairedSumsTest,
    testing::Values(std::pair(Sizes{}, Sizes{}), std::pair(Sizes{100'000}, Sizes{}),
                    std::pair(Sizes{}, Sizes{7, 100'000, 0, 1}),
                    std::pair(Sizes(20, 65'536), Sizes(20, 65'536)),
                    std::pair(Sizes(20, 131'000), Sizes{1, 2, 3, 500'000, 64, 63, 9000}),
                    std::pair(Sizes{4095, 4096, 4097, 128, 65'537}, Sizes(3, 70'001))));

}  // namespace
}  // namespace plimsoll::image
