#include "image/turns.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <string>

namespace plimsoll::image {
namespace {

/// Runs two tasks that are told of the turns they take.
template <class First, class Second>
void take_turns(First first, Second second) {
  std::optional<Turns> turns;
  turns.emplace([&] { first(*turns); }, [&] { second(*turns); });
  turns->run();
}

TEST(Turns, TheyHandOverWhereTheySaySo) {
  std::string seen;
  take_turns(
      [&](Turns& turns) {
        for (const char letter : {'a', 'b', 'c'}) {
          seen += letter;
          EXPECT_EQ(turns.current(), 0U);
          (void)turns.give();
        }
      },
      [&](Turns& turns) {
        for (const char letter : {'1', '2', '3', '4', '5'}) {
          seen += letter;
          EXPECT_EQ(turns.current(), 1U);
          (void)turns.give();
        }
      });
  EXPECT_EQ(seen, "a1b2c345");
}

TEST(Turns, WhoHasEndedTakesNoTurn) {
  bool gave = true;
  take_turns([](Turns&) {}, [&](Turns& turns) { gave = turns.give(); });
  EXPECT_FALSE(gave);
}

TEST(Turns, WhoWaitsIsPassedOverUntilSomethingComes) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  std::string seen;
  take_turns(
      [&](Turns& turns) {
        turns.await(ends[0]);
        char letter = 0;
        EXPECT_EQ(::read(ends[0], &letter, 1), 1);
        seen += letter;
      },
      [&](Turns& turns) {
        seen += turns.give() ? '!' : 'w';
        EXPECT_EQ(::write(ends[1], "x", 1), 1);
        seen += turns.give() ? 'g' : '!';
      });
  EXPECT_EQ(seen, "wxg");
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(Turns, TheEndOfALineIsSomethingToo) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  ::close(ends[1]);
  bool was_reached = false;
  take_turns(
      [&](Turns& turns) {
        turns.await(ends[0]);
        was_reached = true;
      },
      [](Turns&) {});
  EXPECT_TRUE(was_reached);
  ::close(ends[0]);
}

TEST(Turns, WhatOneHoldsTheOtherWaitsFor) {
  std::string seen;
  std::optional<Exclusive> only;
  const auto task = [&](char letter, Turns& turns) {
    (void)turns.give();
    const Exclusive::Hold hold(*only);
    for (int i = 0; i < 3; ++i) {
      seen += letter;
      (void)turns.give();
    }
  };
  Turns turns([&] { task('a', turns); }, [&] { task('b', turns); });
  only.emplace(turns);
  turns.run();
  EXPECT_EQ(seen, "aaabbb");
}

int depth(Turns& turns, int left) {
  std::array<char, 1000> frame{};
  frame[static_cast<std::size_t>(left) % frame.size()] = static_cast<char>(left);
  (void)turns.give();
  if (left == 0) return frame[0];
  return depth(turns, left - 1) + frame[static_cast<std::size_t>(left) % frame.size()] -
         static_cast<char>(left);
}

TEST(Turns, EachHasAStackOfItsOwn) {
  int sum = 0;
  const auto task = [&sum](Turns& turns) { sum += depth(turns, 2000); };
  take_turns(task, task);
  EXPECT_EQ(sum, 0);
}

}  // namespace
}  // namespace plimsoll::image
