#include "image/files_in_use.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace plimsoll::image {
namespace {

namespace fs = std::filesystem;

constexpr const char* kId = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// A /proc of the test's own.
class Processes {
 public:
  Processes() : folder_(fs::temp_directory_path() / ("plimsoll-proc-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~Processes() { fs::remove_all(folder_); }
  Processes(const Processes&) = delete;
  Processes& operator=(const Processes&) = delete;

  void add(const std::string& id, const std::string& cgroup, const std::string& maps,
           const std::vector<std::string>& open = {}) const {
    const fs::path process = folder_ / id;
    fs::create_directories(process / "fd");
    std::ofstream(process / "cgroup") << cgroup;
    std::ofstream(process / "maps") << maps;
    for (std::size_t i = 0; i < open.size(); ++i) {
      fs::create_symlink(open[i], process / "fd" / std::to_string(i));
    }
  }
  [[nodiscard]] std::vector<std::string> in_use(std::string_view container = kId) const {
    return files_in_use(folder_.string(), container);
  }

 private:
  fs::path folder_;
};

using Paths = std::vector<std::string>;

TEST(FilesInUse, AreProgramsAndLibrariesOfItsProcesses) {
  const Processes processes;
  const std::string group = "0::/system.slice/docker-" + std::string(kId) + ".scope\n";
  processes.add("10", group,
                "55d0-55d1 r--p 00000000 00:2e 101   /usr/bin/app\n"
                "55d1-55d2 r-xp 00001000 00:2e 101   /usr/bin/app\n"
                "7f00-7f01 r--s 00000000 00:2e 102   /usr/lib/locale/archive\n"
                "7f01-7f02 r-xp 00000000 00:2e 103   /usr/lib/libc.so.6\n"
                "7f02-7f03 r-xp 00000000 00:2e 104   /tmp/old.so (deleted)\n"
                "7ffd-7ffe r-xp 00000000 00:00 0     [vdso]\n"
                "broken\n");
  processes.add("11", group, "7f01-7f02 r-xp 00000000 00:2e 105   /opt/a lib.so\n",
                {"/srv/app.jar", "/var/log/x.log", "socket:[1]"});
  processes.add("12", "0::/system.slice/ssh.service\n",
                "7f01-7f02 r-xp 00000000 00:2e 106   /usr/sbin/sshd\n");
  processes.add("self", group, "7f01-7f02 r-xp 00000000 00:2e 107   /usr/bin/self\n");
  EXPECT_EQ(processes.in_use(),
            (Paths{"/opt/a lib.so", "/srv/app.jar", "/usr/bin/app", "/usr/lib/libc.so.6"}));
}

TEST(FilesInUse, OfWhatIsNotHereNothingIsKnown) {
  const Processes processes;
  processes.add("10", "0::/\n", "7f01-7f02 r-xp 00000000 00:2e 106   /usr/sbin/sshd\n");
  EXPECT_TRUE(processes.in_use().empty());
  EXPECT_TRUE(processes.in_use("").empty()) << "every group has that in its name";
  EXPECT_TRUE(files_in_use("/nowhere", kId).empty());
}

}  // namespace
}  // namespace plimsoll::image
