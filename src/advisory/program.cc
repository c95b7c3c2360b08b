#include "advisory/program.h"

#include <algorithm>

namespace plimsoll::advisory {
namespace {

/// Of the packages that the program comes in the one that has it.
struct Packaged {
  std::string_view before;  ///< the version of the program in the package's name
  std::string_view behind;
  std::string_view program;
};
constexpr Packaged kPackaged[] = {
    {"nodejs", "", "node"},
    {"postgresql-", "", "postgresql"},        // apt.postgresql.org
    {"postgresql", "-server", "postgresql"},  // yum.postgresql.org
    {"mariadb-server", "", "mariadb"},
    {"MariaDB-server", "", "mariadb"},
    {"php", "-common", "php"},
    {"redis-server", "", "redis"},
    {"erlang-base", "", "erlang"},
};

bool is_version(std::string_view text) {
  return text.find_first_not_of("0123456789.") == std::string_view::npos;
}

/// "" for what is no program that is known.
std::string_view program_in(std::string_view package) {
  for (const Packaged& each : kPackaged) {
    const bool fits = package.size() >= each.before.size() + each.behind.size() &&
                      package.starts_with(each.before) && package.ends_with(each.behind);
    if (!fits) continue;
    package.remove_prefix(each.before.size());
    package.remove_suffix(each.behind.size());
    return is_version(package) ? each.program : std::string_view();
  }
  return program_names(package).program;
}

/// "15.6" of "2:15.6-1.pgdg120+2".
std::string_view upstream_version(std::string_view version) {
  const std::size_t epoch = version.find(':');
  if (epoch != std::string_view::npos) version.remove_prefix(epoch + 1);
  return version.substr(0, version.find_first_of("-+~"));
}

}  // namespace

std::optional<Package> program_of(const Package& package) {
  const std::string_view program = program_in(package.name);
  if (program.empty()) return std::nullopt;
  return Package{.name = std::string(program),
                 .version = std::string(upstream_version(package.version)),
                 .ecosystem = "generic"};
}

const ProgramNames& program_names(std::string_view program) {
  // By name. Source of the CPE names: https://nvd.nist.gov/products/cpe/search
  static const std::vector<ProgramNames> kAll{
      {"bind", "", {"isc:bind"}},
      {"busybox", "", {"busybox:busybox"}},
      {"composer", "", {"getcomposer:composer"}},
      {"consul", "", {"hashicorp:consul"}},
      {"curl", "", {"haxx:curl", "haxx:libcurl"}},
      {"cyrus-sasl", "", {"cyrusimap:cyrus-sasl"}},
      {"dnsmasq", "", {"thekelleys:dnsmasq"}},
      {"erlang", "", {"erlang:erlang/otp"}},
      {"exim", "", {"exim:exim"}},
      {"expat", "", {"libexpat_project:libexpat"}},
      {"ffmpeg", "", {"ffmpeg:ffmpeg"}},
      {"freeradius", "", {"freeradius:freeradius"}},
      {"gawk", "", {"gnu:gawk"}},
      {"git", "", {"git-scm:git"}},
      {"gnupg", "", {"gnupg:gnupg"}},
      {"gnutls", "", {"gnu:gnutls"}},
      {"go", "golang", {"golang:go"}},
      {"haproxy", "", {"haproxy:haproxy"}},
      {"httpd", "apache", {"apache:http_server"}},
      {"imagemagick", "", {"imagemagick:imagemagick"}},
      {"keepalived", "", {"keepalived:keepalived"}},
      {"krb5", "", {"mit:kerberos_5", "mit:krb5"}},
      {"libarchive", "", {"libarchive:libarchive"}},
      {"libcurl", "", {"haxx:libcurl", "haxx:curl"}},
      {"libgcrypt", "", {"gnupg:libgcrypt"}},
      {"libjpeg-turbo", "", {"libjpeg-turbo:libjpeg-turbo"}},
      {"libpng", "", {"libpng:libpng"}},
      {"libssh2", "", {"libssh2:libssh2"}},
      {"libtiff", "", {"libtiff:libtiff"}},
      {"lighttpd", "", {"lighttpd:lighttpd"}},
      {"lua", "", {"lua:lua"}},
      {"luajit", "", {"luajit:luajit"}},
      {"mariadb", "", {"mariadb:mariadb"}},
      {"memcached", "", {"memcached:memcached"}},
      {"mosquitto", "", {"eclipse:mosquitto"}},
      {"mysql", "", {"oracle:mysql_server", "oracle:mysql"}},
      {"ncurses", "", {"gnu:ncurses", "invisible-island:ncurses"}},
      {"nghttp2", "", {"nghttp2:nghttp2"}},
      {"nginx", "", {"f5:nginx"}},
      {"node", "", {"nodejs:node.js"}},
      {"openresty", "", {"openresty:openresty"}},
      {"openssh", "", {"openbsd:openssh"}},
      {"openssl", "", {"openssl:openssl"}, "openssl"},
      {"pcre", "", {"pcre:pcre"}},
      {"pcre2", "", {"pcre:pcre2"}},
      {"perl", "", {"perl:perl"}},
      {"php", "", {"php:php"}},
      {"postfix", "", {"postfix:postfix"}},
      {"postgresql", "", {"postgresql:postgresql"}},
      {"proftpd", "", {"proftpd:proftpd"}},
      {"python", "", {"python:python"}},
      {"redis", "", {"redis:redis"}},
      {"ruby", "", {"ruby-lang:ruby"}},
      {"rust", "", {"rust-lang:rust"}},
      {"socat", "", {"dest-unreach:socat"}},
      {"squid", "", {"squid-cache:squid"}},
      {"tcpdump", "", {"tcpdump:tcpdump"}},
      {"tor", "", {"torproject:tor"}},
      {"unbound", "", {"nlnetlabs:unbound"}},
      {"util-linux", "", {"kernel:util-linux"}},
      {"valkey", "", {"lfprojects:valkey"}},
      {"varnish", "", {"varnish-software:varnish_cache", "varnish_cache_project:varnish_cache"}},
      {"xz", "", {"tukaani:xz"}},
      {"zlib", "", {"zlib:zlib"}},
      {"zstd", "", {"facebook:zstandard"}},
  };
  static const ProgramNames kNone{};
  const auto found = std::lower_bound(
      kAll.begin(), kAll.end(), program,
      [](const ProgramNames& each, std::string_view name) { return each.program < name; });
  return found != kAll.end() && found->program == program ? *found : kNone;
}

std::string_view cpe_version(std::string_view program, std::string_view version) {
  return program == "openssh" ? version.substr(0, version.find('p')) : version;
}

}  // namespace plimsoll::advisory
