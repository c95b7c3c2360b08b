#include "image/binary/classifier.h"

namespace plimsoll::image::classifiers {
namespace {

using namespace std::string_view_literals;

constexpr Evidence kNode[] = {{.before = "node.js/v"}};
constexpr Evidence kBun[] = {{.before = "/download/bun-v", .behind = "/bun-linux"}};
constexpr Evidence kDeno[] = {{.before = "Deno/", .behind = "Deno/"},
                              {.before = "deno-desktop/", .behind = " ("}};
constexpr Evidence kPython[] = {
    {.before = "\0"sv, .behind = "\0"sv, .suffixes = "rc a b", .is_named = true}};
constexpr Evidence kPypy[] = {{.before = "[PyPy "}};
constexpr Evidence kRuby[] = {{.before = "ruby ", .behind = "p"},
                              {.before = "ruby ", .behind = " (", .suffixes = "preview rc"}};
constexpr Evidence kPerl[] = {{.before = "PERL_INTERNAL_RAND_SEED\0v"sv},
                              {.before = "/lib/perl5/"},
                              {.before = "/share/perl/"}};
constexpr Evidence kPhp[] = {{.before = "X-Powered-By: PHP/", .suffixes = "RC alpha beta"}};
constexpr Evidence kGo[] = {
    {.before = "go", .behind = "\ntime ", .least_dots = 1, .suffixes = "rc beta"}};
constexpr Evidence kOpenjdk[] = {{.before = "\nJAVA_VERSION=\"",
                                  .behind = "\"",
                                  .least_dots = 0,
                                  .most_dots = 4,
                                  .suffixes = "_"},
                                 {.before = "JAVA_VERSION=\"",
                                  .behind = "\"",
                                  .least_dots = 0,
                                  .most_dots = 4,
                                  .suffixes = "_"}};
constexpr Evidence kErlang[] = {
    {.before = "/otp_src_", .behind = "/erts", .least_dots = 1, .most_dots = 3}};
constexpr Evidence kErlangFile[] = {{.behind = "\n", .least_dots = 1, .most_dots = 4}};
constexpr Evidence kJulia[] = {{.before = "__init__\0"sv, .behind = "\0verify"sv}};
constexpr Evidence kDart[] = {{.behind = " (stable) ("}};
constexpr Evidence kRust[] = {{.before = "/rustc-", .behind = "/compiler/"},
                              {.before = "(rustc version "}};
constexpr Evidence kGhc[] = {{.before = "libHSghc-", .behind = "-ghc"}};
constexpr Evidence kLua[] = {{.before = "Lua ", .behind = "  Copyright"}};
constexpr Evidence kLuajit[] = {{.before = "LuaJIT ", .suffixes = "-beta"}};
constexpr Evidence kTcl[] = {{.before = "tcl_patchLevel\0"sv}};

constexpr Classifier kAll[] = {
    {.name = "node", .files = "node nodejs libnode.so*", .evidence = kNode},
    {.name = "bun", .files = "bun", .evidence = kBun},
    {.name = "deno", .files = "deno", .evidence = kDeno},
    {.name = "python",
     .files = "python2.* python3.* libpython2.*.so* libpython3.*.so*",
     .evidence = kPython},
    {.name = "pypy", .files = "libpypy*.so*", .evidence = kPypy},
    {.name = "ruby", .files = "ruby libruby.so* libruby-*.so* libruby-static.a", .evidence = kRuby},
    {.name = "perl", .files = "perl perl5.* libperl.so*", .evidence = kPerl},
    {.name = "php",
     .files = "php php7* php8* php-cgi php-cgi* php-fpm php-fpm* libphp.so libphp7*.so libphp8*.so",
     .evidence = kPhp},
    {.name = "go", .files = "VERSION", .evidence = kGo, .is_elf = false},
    {.name = "openjdk", .files = "release", .evidence = kOpenjdk, .is_elf = false},
    {.name = "erlang", .files = "beam.smp erlexec", .evidence = kErlang},
    {.name = "erlang", .files = "OTP_VERSION", .evidence = kErlangFile, .is_elf = false},
    {.name = "julia", .files = "libjulia-internal.so*", .evidence = kJulia},
    {.name = "dart", .files = "dart dartaotruntime", .evidence = kDart},
    {.name = "rust", .files = "rustc librustc_driver-*.so", .evidence = kRust},
    {.name = "ghc", .files = "ghc ghc-*", .evidence = kGhc},
    {.name = "lua", .files = "lua lua5.* liblua.so* liblua5.*.so*", .evidence = kLua},
    {.name = "luajit", .files = "luajit luajit-* libluajit-*.so*", .evidence = kLuajit},
    {.name = "tcl", .files = "libtcl8.*.so* libtcl9.*.so*", .evidence = kTcl},
};

}  // namespace

const ClassifierFamily& languages() {
  static constexpr ClassifierFamily kFamily{kAll};
  return kFamily;
}

}  // namespace plimsoll::image::classifiers
