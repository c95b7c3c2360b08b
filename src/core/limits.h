#pragma once

#include <cstddef>
#include <cstdint>

/// Every bound on hostile input, in one place. What trips is said by name in the report.
/// A limit that stops a whole file is a rejection; one that stops part of it makes the run
/// incomplete.
namespace plimsoll::limits {

inline constexpr std::size_t kDockerfileBytes = 4U << 20U;
inline constexpr std::size_t kDockerfileInstructions = 100'000;
inline constexpr std::size_t kDockerfileStages = 1'000;
inline constexpr std::size_t kExpandedValueBytes = 1U << 20U;  ///< after ${…} expansion
inline constexpr std::size_t kInterpolationDepth = 32;         ///< ${a:-${b:-…}}

inline constexpr std::size_t kShellDepth = 64;  ///< nested $( ), ( ), { }, if/for/case, sh -c
inline constexpr std::size_t kShellCommands = 50'000;  ///< of one script

inline constexpr std::size_t kYamlBytes = 8U << 20U;
inline constexpr std::size_t kYamlDepth = 256;
inline constexpr std::size_t kYamlDocuments = 100'000;
inline constexpr std::size_t kYamlExpandedNodes = 1'000'000;  ///< or 10 × input nodes, if more

inline constexpr std::size_t kTreeNodes = 4'000'000;  ///< of one YAML or JSON file, as written

inline constexpr std::size_t kJsonBytes = 64U << 20U;
inline constexpr std::size_t kJsonDepth = 512;

inline constexpr std::size_t kTextBytes = 8U << 20U;  ///< scripts, Markdown, units, ignore files
inline constexpr std::size_t kIgnorePatterns = 10'000;
inline constexpr std::size_t kIncludeDepth = 32;         ///< Compose include/extends chains
inline constexpr std::size_t kComposeFiles = 1'000;      ///< one project opens; also YAML documents
inline constexpr std::size_t kComposeServices = 10'000;  ///< of one project
inline constexpr std::size_t kComposeSettings = 1'000'000;  ///< values one project says
inline constexpr std::size_t kFolderDepth = 64;             ///< folders walked below a target
inline constexpr std::size_t kFolderEntries = 1'000'000;
inline constexpr std::size_t kFindingsPerFile = 10'000;

}  // namespace plimsoll::limits
