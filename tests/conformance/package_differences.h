#pragma once

#include <string_view>

/// Where we differ from the tool that an inventory comes from, and why we stay.
struct KnownDifference {
  std::string_view kind;
  std::string_view inventory;  ///< "003"
  std::string_view reason;
};

inline constexpr std::string_view kElsewhere =
    "its version is a constant of another file, which the inventory does not hold";
inline constexpr std::string_view kRange =
    "a range or wildcard is no version: the tool takes one of its bounds";
inline constexpr std::string_view kStandardLibrary =
    "the tool lists the go directive, a lower bound, as version of the standard library";

inline constexpr std::string_view kRepository =
    "the tool keeps paths inside the repository; another one, as we, names the repository";

inline constexpr KnownDifference kKnownDifferences[] = {
    {"compose-image", "000", "a version is in a .env file, which the inventory does not hold"},
    {"gemspec", "001", kElsewhere},
    {"gemspec", "002", kElsewhere},
    {"gemspec", "003", kElsewhere},
    {"gemspec", "004", kElsewhere},
    {"gemspec", "006", kElsewhere},
    {"gemspec", "009", kElsewhere},
    {"github-actions", "000", kRepository},
    {"github-actions", "003", kRepository},
    {"go-mod", "002", kStandardLibrary},
    {"go-mod", "008", "the tool leaves out what is marked as indirect in files of Go 1.16"},
    {"go-mod", "012", kStandardLibrary},
    {"haskell-stack", "001", "the tool leaves out what is taken from Git"},
    {"npm-package-json", "006", "the tool lists the ranges that the package depends on"},
    {"pnpm-lock", "011",
     "a package that was cut out of the list is what the project needs; the tool takes the list"},
    {"pom-xml", "000", "a dependency is in the parent's file, which the inventory does not hold"},
    {"requirements-txt", "002", kRange},
    {"requirements-txt", "005", "the tool takes text after the version into the version"},
    {"requirements-txt", "010", kRange},
    {"requirements-txt", "013", kRange},
    {"sbom-cyclonedx", "010", "the inventory leaves out the epoch, which is part of the version"},
};
