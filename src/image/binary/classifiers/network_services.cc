#include "image/binary/classifier.h"

namespace plimsoll::image::classifiers {
namespace {

using namespace std::string_view_literals;

constexpr Evidence kOpenssh[] = {
    {.before = "OpenSSH_", .least_dots = 1, .most_dots = 1, .suffixes = "p", .needs_suffix = true}};
constexpr Evidence kBind[] = {{.before = "libisc-", .behind = ".so"}};
constexpr Evidence kUnbound[] = {{.before = "unbound ", .behind = "\0"sv}};
constexpr Evidence kDnsmasq[] = {{.before = "dnsmasq-", .behind = "\0"sv, .least_dots = 1}};
constexpr Evidence kExim[] = {
    {.before = "<<eximcnumber>>\0"sv, .behind = "\0<<eximversion>>"sv, .least_dots = 1}};
constexpr Evidence kPostfix[] = {{.before = "mail_version="}};
constexpr Evidence kProftpd[] = {{.before = "ProFTPD Version ", .suffixes = "rc", .letter = true}};
constexpr Evidence kMosquitto[] = {{.behind = "\0mosquitto version "sv}};
constexpr Evidence kFreeradius[] = {{.before = "FreeRADIUS Version "}};
constexpr Evidence kKeepalived[] = {{.before = "Keepalived v"}};
constexpr Evidence kConsul[] = {{.before = "CONSUL_VERSION: "}};
constexpr Evidence kKrb5[] = {{.before = "KRB5_BRAND: krb5-", .behind = "-final", .least_dots = 1}};
constexpr Evidence kCurl[] = {{.before = "curl/"}};
constexpr Evidence kLibcurl[] = {{.before = "libcurl/"}};
constexpr Evidence kSocat[] = {{.before = "socat version "}, {.before = "socat/", .most_dots = 3}};
constexpr Evidence kNmap[] = {{.before = "Nmap ", .least_dots = 1}};
constexpr Evidence kTcpdump[] = {{.before = "tcpdump-"}};

constexpr Classifier kAll[] = {
    {.name = "openssh", .files = "sshd ssh sshd-session", .evidence = kOpenssh},
    {.name = "bind", .files = "named", .evidence = kBind},
    {.name = "unbound", .files = "unbound", .evidence = kUnbound},
    {.name = "dnsmasq", .files = "dnsmasq", .evidence = kDnsmasq},
    {.name = "exim", .files = "exim exim4 exim-*", .evidence = kExim},
    {.name = "postfix", .files = "postfix master", .evidence = kPostfix},
    {.name = "proftpd", .files = "proftpd", .evidence = kProftpd},
    {.name = "mosquitto", .files = "mosquitto", .evidence = kMosquitto},
    {.name = "freeradius", .files = "freeradius radiusd", .evidence = kFreeradius},
    {.name = "keepalived", .files = "keepalived", .evidence = kKeepalived},
    {.name = "consul", .files = "consul", .evidence = kConsul},
    {.name = "krb5", .files = "libkrb5.so* libkrb5-*.so*", .evidence = kKrb5},
    {.name = "curl", .files = "curl", .evidence = kCurl},
    {.name = "libcurl", .files = "libcurl.so* libcurl-*.so*", .evidence = kLibcurl},
    {.name = "socat", .files = "socat", .evidence = kSocat},
    {.name = "nmap", .files = "nmap", .evidence = kNmap},
    {.name = "tcpdump", .files = "tcpdump", .evidence = kTcpdump},
};

}  // namespace

const ClassifierFamily& network_services() {
  static constexpr ClassifierFamily kFamily{kAll};
  return kFamily;
}

}  // namespace plimsoll::image::classifiers
