#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <memory>

namespace plimsoll::image {

/// Two tasks on one thread, each with a stack of its own, of which one goes on while the other
/// waits. They hand over to each other where they say so and nowhere else, so that what they share
/// needs no lock, and a change costs a quarter of a microsecond: between threads it is many times
/// that.
class Turns {
 public:
  using Task = std::function<void()>;

  Turns(Task first, Task second);
  Turns(const Turns&) = delete;
  Turns& operator=(const Turns&) = delete;
  ~Turns();

  /// Runs both until they have ended. Once. Nothing may be thrown out of a task.
  void run();

  // From within a task:

  /// 0 or 1.
  [[nodiscard]] std::size_t current() const { return current_; }
  /// Lets the other one go on until it hands over.
  /// @return false when it cannot: it has ended, or waits for what has not come
  bool give();
  /// Until there is something to read, or the other end was closed. The other one goes on
  /// meanwhile.
  void await(int descriptor);
  /// Until that holds, which the other one brings about.
  void await(std::function<bool()> condition);

 private:
  struct Fiber;

  [[nodiscard]] bool can_go_on(const Fiber& fiber) const;
  void switch_to(Fiber& to);
  void wait(std::function<bool()> condition, int descriptor);
  static void enter(unsigned high, unsigned low);

  std::array<std::unique_ptr<Fiber>, 3> fibers_;  ///< the tasks, and who called run()
  std::size_t current_ = 2;
};

/// What only one of two tasks may have at a time.
class Exclusive {
 public:
  /// From its making to its end it is had; the other task goes on as long as it must be waited for.
  class Hold {
   public:
    explicit Hold(Exclusive& exclusive);
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
    ~Hold() { exclusive_.is_held_ = false; }

   private:
    Exclusive& exclusive_;
  };

  explicit Exclusive(Turns& turns) : turns_(turns) {}

 private:
  Turns& turns_;
  bool is_held_ = false;
};

}  // namespace plimsoll::image
