#include "lsp/framing.h"

#include <gtest/gtest.h>

#include "core/limits.h"

namespace plimsoll::lsp {
namespace {

TEST(Framing, MessagesAreCutOutWhateverThePiecesTheyComeIn) {
  const std::string stream = frame("{}") + frame("") + frame("[1]\r\n\r\n") + frame("ü");
  for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
    FrameReader reader;
    std::string seen;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      reader.feed(std::string_view(stream).substr(at, piece));
      while (auto message = reader.next()) seen += '<' + message->value() + '>';
    }
    EXPECT_EQ(seen, "<{}><><[1]\r\n\r\n><ü>") << "pieces of " << piece;
  }
}

TEST(Framing, OtherHeadersAndLetterCaseDoNotMatter) {
  FrameReader reader;
  reader.feed("content-type: application/vscode-jsonrpc; charset=utf-8\r\nCONTENT-LENGTH:  2\r\n");
  EXPECT_FALSE(reader.next());
  reader.feed("\r\n{}");
  EXPECT_EQ(reader.next()->value(), "{}");
}

TEST(Framing, AHeaderThatSaysNoLengthIsAnErrorAndTheNextMessageIsRead) {
  for (const char* bad : {"Content-Length: -2\r\n\r\n", "Content-Length: two\r\n\r\n",
                          "X: 1\r\n\r\n", "Content-Length:\r\n\r\n",
                          "Content-Length: 99999999999999999999\r\n\r\n", "nonsense\n\n"}) {
    FrameReader reader;
    reader.feed(bad + frame("{}"));
    const auto fault = reader.next();
    ASSERT_TRUE(fault) << bad;
    ASSERT_FALSE(*fault) << bad;
    EXPECT_EQ(fault->error().code, ErrorCode::kInvalid);
    const auto message = reader.next();
    ASSERT_TRUE(message && *message) << bad;
    EXPECT_EQ(**message, "{}");
  }
}

TEST(Framing, ATooLongMessageIsSkippedAndNeverHeld) {
  FrameReader reader;
  reader.feed("Content-Length: " + std::to_string(limits::kMessageBytes + 1) + "\r\n\r\nabc");
  const auto fault = reader.next();
  ASSERT_TRUE(fault && !*fault);
  EXPECT_EQ(fault->error().code, ErrorCode::kTooLarge);
  const std::string piece(1U << 20U, 'x');
  for (std::size_t left = limits::kMessageBytes + 1 - 3; left > 0;) {
    const std::size_t now = std::min(left, piece.size());
    reader.feed(std::string_view(piece).substr(0, now));
    EXPECT_FALSE(reader.next());
    left -= now;
  }
  reader.feed(frame("{}"));
  EXPECT_EQ(reader.next()->value(), "{}");
}

TEST(Framing, HeadersThatDoNotEndLoseTheStream) {
  FrameReader reader;
  reader.feed(std::string(limits::kMessageHeaderBytes, 'x'));
  const auto fault = reader.next();
  ASSERT_TRUE(fault && !*fault);
  EXPECT_EQ(fault->error().code, ErrorCode::kLimit);
  EXPECT_TRUE(reader.lost());
  reader.feed(frame("{}"));
  EXPECT_FALSE(reader.next());
}

}  // namespace
}  // namespace plimsoll::lsp
