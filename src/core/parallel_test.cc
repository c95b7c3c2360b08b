#include "core/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

namespace plimsoll {
namespace {

TEST(ParallelFor, CallsEachItemOnceAndWaits) {
  for (const std::size_t count : {0U, 1U, 5U, 1000U}) {
    for (const std::size_t jobs : {0U, 1U, 3U, 64U}) {
      std::vector<std::atomic<int>> calls(count);
      parallel_for(count, jobs, [&](std::size_t i) { ++calls[i]; });
      for (const std::atomic<int>& n : calls) ASSERT_EQ(n, 1) << count << " on " << jobs;
    }
  }
}

}  // namespace
}  // namespace plimsoll
