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
inline constexpr std::size_t kExpandedValueBytes =
    1U << 20U;  ///< after ${…} expansion, and the work for it
inline constexpr std::size_t kInterpolationDepth = 32;  ///< ${a:-${b:-…}}

inline constexpr std::size_t kVariableDepth = 64;  ///< ${a:-${b:-…}} inside one word

inline constexpr std::size_t kShellDepth = 64;  ///< nested $( ), ( ), { }, if/for/case, sh -c
inline constexpr std::size_t kShellCommands = 50'000;  ///< of one script

inline constexpr std::size_t kRunLines = 10'000;  ///< `docker run`s of one file

inline constexpr std::size_t kYamlBytes = 8U << 20U;
inline constexpr std::size_t kYamlDepth = 256;
inline constexpr std::size_t kYamlDocuments = 100'000;
inline constexpr std::size_t kYamlExpandedNodes = 1'000'000;  ///< or 10 × input nodes, if more

inline constexpr std::size_t kTreeNodes = 4'000'000;  ///< of one YAML or JSON file, as written

inline constexpr std::size_t kJsonBytes = 64U << 20U;
inline constexpr std::size_t kJsonDepth = 512;

inline constexpr std::size_t kCiSteps = 100'000;           ///< of one workflow, aliases expanded
inline constexpr std::size_t kCiScriptBytes = 16U << 20U;  ///< of one workflow, aliases expanded
inline constexpr std::size_t kManifestListDepth = 16;      ///< Lists of Lists of Kubernetes objects
/// What the workloads of one manifest may take: aliases and what containers inherit from their pod
/// would otherwise make it the square of the file.
inline constexpr std::size_t kManifestModelBytes = 128U << 20U;
inline constexpr std::size_t kManifestContainers =
    10'000;  ///< of one file; etcd takes no pod half as large
inline constexpr std::size_t kPodSecurityGaps = 10'000;  ///< told of one pod

inline constexpr std::size_t kTextBytes = 8U << 20U;  ///< scripts, Markdown, units, ignore files
inline constexpr std::size_t kIgnorePatterns = 10'000;
inline constexpr std::size_t kIncludeDepth = 32;         ///< Compose include/extends chains
inline constexpr std::size_t kComposeFiles = 1'000;      ///< one project opens; also YAML documents
inline constexpr std::size_t kComposeServices = 10'000;  ///< of one project
inline constexpr std::size_t kComposeSettings = 1'000'000;  ///< values one project says
inline constexpr std::size_t kFolderDepth = 64;             ///< folders walked below a target
inline constexpr std::size_t kFolderEntries = 1'000'000;
inline constexpr std::size_t kFindingsPerFile = 10'000;

inline constexpr std::size_t kConfigurationBytes = 1U << 20U;  ///< plimsoll.yaml and peers' files
inline constexpr std::size_t kConfigurationProblems = 50;      ///< told of one such file
inline constexpr std::size_t kConfigurationEntries = 10'000;   ///< ignores or exclusions of one
inline constexpr std::size_t kPathPatternBytes = 4'096;
inline constexpr std::size_t kVexBytes = 256U << 20U;   ///< that one VEX document says in memory
inline constexpr std::size_t kPackageUrlBytes = 4'096;  ///< that is compared with others
inline constexpr std::size_t kIgnorePatternBytes = 64U << 10U;  ///< one regular expression compiled
inline constexpr std::size_t kIgnorePatternsOfFile = 1'000;     ///< regular expressions of one file
inline constexpr std::size_t kIgnoreSteps = 30'000'000;         ///< to match ignores with findings
inline constexpr std::size_t kExclusionSteps = 1'000'000'000;   ///< to match exclusions with files

// Lock files of folders (scan/lock_files.h), and who installs them (check/install/).
inline constexpr std::size_t kLockFiles = 10'000;
inline constexpr std::size_t kLockFileBytes = 16U << 20U;  ///< ten times a large one
inline constexpr std::size_t kLockBytes = 1U << 30U;       ///< of all lock files of a run
inline constexpr std::size_t kLockPackages = 500'000;      ///< of all lock files of a run
inline constexpr std::size_t kInstallSteps = 50'000'000;   ///< to follow files through Dockerfiles
inline constexpr std::size_t kInstallsOfLockFile = 1'000;  ///< told of one lock file

// A container engine's answers (engine/). Docker's own are some kilobytes per container.
inline constexpr std::size_t kEngineAnswerBytes = 8U << 20U;
inline constexpr std::size_t kEngineHeaderBytes = 64U << 10U;
inline constexpr std::size_t kEngineAnswerDepth = 32;
inline constexpr std::size_t kEngineContainers = 10'000;  ///< of one engine
inline constexpr std::size_t kEngineBytes = 512U << 20U;  ///< all that is told of them

// The language server (lsp/). A JSON message holds at most one buffer, escaped.
inline constexpr std::size_t kMessageHeaderBytes = 8U << 10U;
inline constexpr std::size_t kMessageBytes = 32U << 20U;
inline constexpr std::size_t kMessageDepth = 64;
inline constexpr std::size_t kOpenDocuments = 1'000;
inline constexpr std::size_t kDocumentBytes = kYamlBytes;
/// Bytes that the changes of one message may move in a buffer: many small edits of a large one.
inline constexpr std::size_t kChangeBytes = 128U << 20U;
/// What is read of a workspace at every pause in typing; beyond it files are judged alone.
inline constexpr std::size_t kWorkspaceEntries = 50'000;
inline constexpr std::size_t kWorkspaceBytes = 64U << 20U;

}  // namespace plimsoll::limits
