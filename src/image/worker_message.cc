#include "image/worker_message.h"

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace plimsoll::image {
namespace {

/// A message with one descriptor beside it.
union Ancillary {
  char bytes[CMSG_SPACE(sizeof(int))];
  cmsghdr align;
};

}  // namespace

bool send_all(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool receive_all(int from, void* into, std::size_t size) {
  auto* at = static_cast<char*>(into);
  while (size > 0) {
    const ssize_t got = ::recv(from, at, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

bool send_ask(int to, const Ask& ask, int descriptor) {
  iovec data{const_cast<Ask*>(&ask), sizeof ask};
  Ancillary beside{};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = beside.bytes;
  message.msg_controllen = sizeof beside.bytes;
  cmsghdr* const head = CMSG_FIRSTHDR(&message);
  head->cmsg_level = SOL_SOCKET;
  head->cmsg_type = SCM_RIGHTS;
  head->cmsg_len = CMSG_LEN(sizeof descriptor);
  std::memcpy(CMSG_DATA(head), &descriptor, sizeof descriptor);
  return ::sendmsg(to, &message, MSG_NOSIGNAL) == static_cast<ssize_t>(sizeof ask);
}

std::optional<std::pair<Ask, int>> receive_ask(int from) {
  Ask ask;
  iovec data{&ask, sizeof ask};
  Ancillary beside{};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = beside.bytes;
  message.msg_controllen = sizeof beside.bytes;
  const ssize_t got = ::recvmsg(from, &message, MSG_WAITALL | MSG_CMSG_CLOEXEC);
  const cmsghdr* const head = CMSG_FIRSTHDR(&message);
  if (got != static_cast<ssize_t>(sizeof ask) || head == nullptr || head->cmsg_type != SCM_RIGHTS) {
    return std::nullopt;
  }
  int descriptor = -1;
  std::memcpy(&descriptor, CMSG_DATA(head), sizeof descriptor);
  return std::pair(ask, descriptor);
}

}  // namespace plimsoll::image
