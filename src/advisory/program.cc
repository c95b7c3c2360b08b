#include "advisory/program.h"

#include <algorithm>

namespace plimsoll::advisory {

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
