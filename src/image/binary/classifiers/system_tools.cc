#include "image/binary/classifier.h"

namespace plimsoll::image::classifiers {
namespace {

using namespace std::string_view_literals;

constexpr Evidence kBusybox[] = {{.before = "BusyBox v"}};
constexpr Evidence kBash[] = {{.before = "@(#)Bash version "}};
constexpr Evidence kGit[] = {{.before = "git/", .behind = "\0"sv, .highest = 9}};
constexpr Evidence kGnupg[] = {{.before = "OpenPGP server ", .behind = " ready"}};
constexpr Evidence kXz[] = {{.before = "xz (XZ Utils) "}};
constexpr Evidence kZstd[] = {{.before = "\0v"sv, .behind = "\0Zstandard CLI"sv}};
constexpr Evidence kUtilLinux[] = {{.before = "util-linux ", .behind = "\0"sv, .least_dots = 1}};
constexpr Evidence kGawk[] = {{.before = "GNU Awk "}};
constexpr Evidence kTini[] = {{.before = "tini version "}};
constexpr Evidence kMake[] = {{.before = "GNU Make ", .least_dots = 1}};
constexpr Evidence kOpenssl[] = {
    {.before = "OpenSSL ", .suffixes = "-alpha -beta", .letter = true, .highest = 9}};
constexpr Evidence kGdb[] = {{.before = "GNU gdb (GDB) ", .least_dots = 1}};
constexpr Evidence kComposer[] = {{.before = "const VERSION = '", .behind = "'"}};

constexpr Classifier kAll[] = {
    {.name = "busybox", .files = "busybox busybox.*", .evidence = kBusybox},
    {.name = "bash", .files = "bash", .evidence = kBash},
    {.name = "git", .files = "git", .evidence = kGit},
    {.name = "gnupg", .files = "gpg gpg2", .evidence = kGnupg},
    {.name = "xz", .files = "xz", .evidence = kXz},
    {.name = "zstd", .files = "zstd", .evidence = kZstd},
    {.name = "util-linux", .files = "getopt mount fdisk agetty", .evidence = kUtilLinux},
    {.name = "gawk", .files = "gawk", .evidence = kGawk},
    {.name = "tini", .files = "tini tini-static docker-init", .evidence = kTini},
    {.name = "make", .files = "make gmake", .evidence = kMake},
    {.name = "openssl", .files = "openssl", .evidence = kOpenssl},
    {.name = "gdb", .files = "gdb", .evidence = kGdb},
    {.name = "composer", .files = "composer composer.phar", .evidence = kComposer, .is_elf = false},
};

}  // namespace

const ClassifierFamily& system_tools() {
  static constexpr ClassifierFamily kFamily{kAll};
  return kFamily;
}

}  // namespace plimsoll::image::classifiers
