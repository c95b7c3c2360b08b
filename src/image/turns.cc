#include "image/turns.h"

#include <poll.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <utility>

#include "core/bug.h"

#if defined(__SANITIZE_ADDRESS__)
#define PL_TELLS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PL_TELLS_SANITIZER 1
#endif
#endif
#ifdef PL_TELLS_SANITIZER
#include <sanitizer/common_interface_defs.h>
#endif

namespace plimsoll::image {
namespace {

constexpr std::size_t kCaller = 2;
constexpr std::size_t kStackBytes = 8U << 20U;  // as a process has; only what is used is memory

/// Below it is a page that nobody may touch.
class Stack {
 public:
  Stack() {
    void* const got = ::mmap(nullptr, kStackBytes, PROT_READ | PROT_WRITE,
                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (got == MAP_FAILED) PL_BUG("no memory for a stack");
    begin_ = static_cast<char*>(got);
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    if (::mprotect(begin_, page, PROT_NONE) != 0) PL_BUG("a stack without a guard");
  }
  Stack(const Stack&) = delete;
  Stack& operator=(const Stack&) = delete;
  ~Stack() { ::munmap(begin_, kStackBytes); }

  [[nodiscard]] char* begin() const { return begin_; }

 private:
  char* begin_ = nullptr;
};

bool is_readable(int descriptor) {
  pollfd wait{descriptor, POLLIN, 0};
  return ::poll(&wait, 1, 0) != 0;  // what cannot be asked is told by who reads it
}

constexpr int kNothing = -1;

}  // namespace

struct Turns::Fiber {
  Task task;
  std::unique_ptr<Stack> stack;  ///< of a task
  ucontext_t context{};
  std::function<bool()> condition;  ///< to go on; none: it can
  int awaited = kNothing;           ///< the descriptor that it is about
  bool ended = false;
  // For the sanitizer: what it keeps of a stack that is left, and where that lies.
  void* shadow = nullptr;
  const void* bottom = nullptr;
  std::size_t size = 0;
};

Turns::Turns(Task first, Task second) {
  for (auto& fiber : fibers_) fiber = std::make_unique<Fiber>();
  fibers_[0]->task = std::move(first);
  fibers_[1]->task = std::move(second);
}

Turns::~Turns() = default;

namespace {

void leave(void** shadow, const void* bottom, std::size_t size) {
#ifdef PL_TELLS_SANITIZER
  __sanitizer_start_switch_fiber(shadow, bottom, size);
#else
  (void)shadow;
  (void)bottom;
  (void)size;
#endif
}

/// @param bottom  of the stack that was left
void arrive(void* shadow, const void** bottom, std::size_t* size) {
#ifdef PL_TELLS_SANITIZER
  __sanitizer_finish_switch_fiber(shadow, bottom, size);
#else
  (void)shadow;
  (void)bottom;
  (void)size;
#endif
}

}  // namespace

void Turns::enter(unsigned high, unsigned low) {
  const auto address = static_cast<std::uintptr_t>(std::uint64_t{high} << 32U | low);
  auto& turns = *reinterpret_cast<Turns*>(address);
  Fiber& caller = *turns.fibers_[kCaller];
  arrive(nullptr, caller.size == 0 ? &caller.bottom : nullptr,
         caller.size == 0 ? &caller.size : nullptr);
  Fiber& own = *turns.fibers_[turns.current_];
  own.task();
  own.ended = true;
  turns.switch_to(caller);
}

bool Turns::can_go_on(const Fiber& fiber) const {
  return !fiber.ended && (!fiber.condition || fiber.condition());
}

void Turns::switch_to(Fiber& to) {
  Fiber& from = *fibers_[current_];
  for (std::size_t i = 0; i < fibers_.size(); ++i) {
    if (fibers_[i].get() == &to) current_ = i;
  }
  // Of what never comes back nothing is kept.
  leave(from.ended ? nullptr : &from.shadow, to.bottom, to.size);
  ::swapcontext(&from.context, &to.context);
  arrive(from.shadow, nullptr, nullptr);
}

void Turns::run() {
  for (std::size_t i = 0; i < kCaller; ++i) {
    Fiber& fiber = *fibers_[i];
    fiber.stack = std::make_unique<Stack>();
    fiber.bottom = fiber.stack->begin();
    fiber.size = kStackBytes;
    ::getcontext(&fiber.context);
    fiber.context.uc_stack.ss_sp = fiber.stack->begin();
    fiber.context.uc_stack.ss_size = kStackBytes;
    // It takes numbers of 32 bits only.
    const std::uint64_t address = reinterpret_cast<std::uintptr_t>(this);
    ::makecontext(&fiber.context, reinterpret_cast<void (*)()>(&Turns::enter), 2,
                  static_cast<unsigned>(address >> 32U), static_cast<unsigned>(address));
  }
  for (std::size_t i = 0; i < kCaller; ++i) {
    while (!fibers_[i]->ended) switch_to(*fibers_[i]);
  }
}

bool Turns::give() {
  Fiber& other = *fibers_[1 - current_];
  if (!can_go_on(other)) return false;
  switch_to(other);
  return true;
}

void Turns::await(int descriptor) {
  wait([descriptor] { return is_readable(descriptor); }, descriptor);
}

void Turns::await(std::function<bool()> condition) {
  wait(std::move(condition), kNothing);
}

void Turns::wait(std::function<bool()> condition, int descriptor) {
  Fiber& own = *fibers_[current_];
  const Fiber& other = *fibers_[1 - current_];
  own.condition = std::move(condition);
  own.awaited = descriptor;
  while (!own.condition()) {
    if (give()) continue;
    // Neither can go on before something comes; what is below 0 is left out.
    pollfd both[] = {{own.awaited, POLLIN, 0}, {other.ended ? kNothing : other.awaited, POLLIN, 0}};
    if (both[0].fd == kNothing && both[1].fd == kNothing) PL_BUG("two tasks wait for each other");
    while (::poll(both, 2, -1) < 0 && errno == EINTR) {
    }
  }
  own.condition = nullptr;
  own.awaited = kNothing;
}

Exclusive::Hold::Hold(Exclusive& exclusive) : exclusive_(exclusive) {
  if (exclusive.is_held_) exclusive.turns_.await([&exclusive] { return !exclusive.is_held_; });
  exclusive.is_held_ = true;
}

}  // namespace plimsoll::image
