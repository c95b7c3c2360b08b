#include "check/unused_tool.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "check/view.h"

namespace plimsoll::check {
namespace {

struct Case {
  std::string_view text;  ///< its first RUN installs the package
  std::string_view package;
  std::string_view objection;
};
class UnusedToolTest : public testing::TestWithParam<Case> {};

TEST_P(UnusedToolTest, StaysWhereSomethingNeedsIt) {
  const SourceFile source("Dockerfile", std::string(GetParam().text));
  const dockerfile::Dockerfile file = dockerfile::parse(source);
  const DockerfileView view = view_of(file, {});
  for (const dockerfile::Instruction& run : file.instructions) {
    if (run.keyword != dockerfile::Keyword::kRun) continue;
    EXPECT_EQ(objection_to_leaving_out(view, run, GetParam().package), GetParam().objection)
        << GetParam().text;
    return;
  }
  ADD_FAILURE() << "no RUN";
}

constexpr Case kCases[] = {
    {"FROM debian:13\nRUN apt-get install -y vim\nCMD [\"/a\"]\n", "vim", ""},
    {"FROM debian:13\nRUN apt-get install -y vim\nENTRYPOINT []\nCMD [\"/a\"]\n", "vim", ""},
    {"FROM debian:13\nRUN apt-get install -y vim\n", "vim",
     "whoever builds upon the image may use it"},
    {"FROM debian:13\nRUN apt-get install -y vim\nCMD bash\n", "vim",
     "it starts a shell for a person"},
    {"FROM debian:13\nRUN apt-get install -y vim\nCMD [\"tini\", \"--\", \"sleep\", \"9\"]\n",
     "vim", "it starts a shell for a person"},
    {"FROM debian:13 AS debug\nRUN apt-get install -y vim\nCMD [\"/a\"]\n", "vim",
     "the image is made for a person at a shell"},
    {"FROM reg.dev/debian:13\nRUN apt-get install -y vim\nCMD [\"/a\"]\n", "vim", ""},
    {"FROM debian:13\nRUN apt-get install -y vim sudo\nCMD [\"/a\"]\n", "vim",
     "the image is made for a person at a shell"},
    {"FROM debian:13\nRUN apt-get install -y vim less gdb tmux\nCMD [\"/a\"]\n", "vim",
     "the image is made for a person at a shell"},
    {"FROM debian:13\nRUN apt-get install -y vim\nRUN echo 'set nu' > /etc/vim/vimrc.local\n"
     "CMD [\"/a\"]\n",
     "vim", "another command names it"},
    {"FROM debian:13\nRUN apt-get install -y vim\nENV EDITOR=vi\nCMD [\"/a\"]\n", "vim",
     "another instruction names it"},
    {"FROM debian:13\nRUN apt-get install -y tmux\nCOPY tmux.conf /etc/\nCMD [\"/a\"]\n", "tmux",
     "a file that is copied is for it"},
    {"FROM debian:13\nRUN apt-get install -y \\\n# vim is for crontab -e\n  vim cron\nCMD "
     "[\"/a\"]\n",
     "vim", "a comment says what it is for"},
    {"FROM debian:13\nRUN apt-get install -y vim\nRUN apt-get install -y vim\nCMD [\"/a\"]\n",
     "vim", "another RUN installs it as well"},
    {"FROM debian:13\nRUN apt-get install -y curl\nCMD [\"node\", \"/a.js\"]\n", "curl", ""},
    {"FROM debian:13\nRUN apt-get install -y curl\nRUN ./configure\nCMD [\"node\", \"/a.js\"]\n",
     "curl", "whether 'configure' calls it is not known"},
    {"FROM debian:13\nRUN apt-get install -y curl\nCOPY a.sh /\nCMD [\"node\", \"/a.js\"]\n",
     "curl", "whether 'a.sh' calls it is not known"},
    {"FROM debian:13\nRUN apt-get install -y curl\nCMD [\"/a\"]\n", "curl",
     "whether 'a' calls it is not known"},
    {"FROM golang:1.25 AS b\nFROM debian:13\nRUN apt-get install -y curl\nCOPY --from=b /a /a\n"
     "CMD [\"/a\"]\n",
     "curl", ""},
    {"FROM debian:13\nRUN apt-get install -y dnsutils\nCMD [\"node\", \"/a.js\"]\n", "dnsutils",
     "it is all that the image installs"},
    {"FROM debian:13\nRUN apt-get install -y openssh-client\nCMD [\"node\", \"/a.js\"]\n",
     "openssh-client", "what uses it without being told does not show in the file"},
};
INSTANTIATE_TEST_SUITE_P(All, UnusedToolTest, testing::ValuesIn(kCases));

}  // namespace
}  // namespace plimsoll::check
