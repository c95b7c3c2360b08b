#include <algorithm>

#include "check/two_stage/stack.h"
#include "core/path.h"

namespace plimsoll::check::two_stage::stacks {
namespace {

using dockerfile::Instruction;

constexpr WordList kPrograms = "mvn mvnw gradle gradlew javac jar";

bool builds(const SingleStage&, const shell::Command& command) {
  return has_word(kPrograms, command.name());
}

bool calls_builder(const SingleStage& stage) {
  bool found = false;
  for_each_command(stage, [&](const Instruction&, const shell::Command& command) {
    found = found || builds(stage, command);
  });
  return found;
}

bool applies(const SingleStage& stage) {
  const bool java = stage.image == "maven" || stage.image == "gradle" ||
                    stage.image == "eclipse-temurin" || stage.image == "openjdk";
  return java && calls_builder(stage);
}

/// Releases that Eclipse Temurin offers a run time of.
constexpr WordList kReleases = "8 11 17 21 25";

/// "21" of maven:3.9-eclipse-temurin-21-alpine, gradle:8-jdk21, eclipse-temurin:21.0.2_13-jdk.
std::string release_of(const SingleStage& stage) {
  const std::string_view tag = stage.tag();
  std::size_t at = 0;
  if (stage.image == "maven") {
    at = tag.find("temurin-");
    if (at == std::string_view::npos) return {};
    at += std::string_view("temurin-").size();
  } else if (stage.image == "gradle") {
    at = tag.find("jdk");
    if (at == std::string_view::npos) return {};
    at += 3;
    if (at < tag.size() && tag[at] == '-') ++at;
  }
  std::size_t end = at;
  while (end < tag.size() && ascii::is_digit(tag[end])) ++end;
  const std::string release(tag.substr(at, end - at));
  return has_word(kReleases, release) ? release : std::string();
}

/// The file of `java … -jar FILE`; "" when it is started in another way.
std::string_view jar_of(const Words& start) {
  if (path::name(start.front()) != "java") return {};
  for (std::size_t i = 1; i + 1 < start.size(); ++i) {
    if (start[i] == "-jar") return start[i + 1];
  }
  return {};
}

/// It comes from the folder that is built, as it is.
bool is_copied(const SingleStage& stage, std::string_view jar) {
  return copies_file(stage, path::name(jar));
}

PlanOrReason plan(const SingleStage& stage) {
  if (stage.starts.size() != 1) return Reason("it does not say what it starts");
  const std::string_view program = path::name(stage.starts.front().front());
  if (has_word(kPrograms, program)) {
    return Reason("it is started by '" + std::string(program) +
                  "', so that it needs what builds it");
  }
  const std::string_view written = jar_of(stage.starts.front());
  const std::string jar = absolute(stage.workdir, written);
  if (jar.empty() || stage.root.empty() || !path::is_within(jar, stage.root)) {
    return Reason("which archive it starts is not certain: name it in CMD or ENTRYPOINT");
  }
  if (is_copied(stage, jar)) return Reason("the archive it starts is built elsewhere");
  const std::string release = release_of(stage);
  if (release.empty()) return Reason("which release of Java it runs on is not certain");
  Plan plan;
  plan.image = "eclipse-temurin:" + release + "-jre";
  if (ascii::contains(stage.tag(), "alpine")) plan.image += "-alpine";
  for (const std::string_view codename : {"noble", "jammy"}) {
    if (ascii::contains(stage.tag(), codename)) plan.image += '-' + std::string(codename);
  }
  plan.only_program = true;
  plan.results = {{jar, jar}};
  plan.advice = "copy what the program reads besides its archive";
  return plan;
}

}  // namespace

const Stack& java() {
  static constexpr Stack kStack{applies, builds, plan,
                                "maven gradle openjdk-17-jdk openjdk-21-jdk default-jdk "
                                "default-jdk-headless dos2unix"};
  return kStack;
}

}  // namespace plimsoll::check::two_stage::stacks
