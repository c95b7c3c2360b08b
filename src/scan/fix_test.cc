#include "scan/fix.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace plimsoll::scan {
namespace {

FixPlan plan(const MemoryFileSystem& files, bool unsafe = false,
             std::vector<std::string> rules = {}) {
  FixOptions options;
  options.audit.targets = {"."};
  options.audit.jobs = 1;
  options.audit.rules.today = Date{2026, 11, 21};
  options.audit.only_rules = std::move(rules);
  options.unsafe = unsafe;
  return plan_fixes(files, options);
}

const FileChange* change_of(const FixPlan& plan, std::string_view path) {
  for (const FileChange& file : plan.files) {
    if (file.path == path) return &file;
  }
  return nullptr;
}

const Unfixed* left_of(const FixPlan& plan, std::string_view rule) {
  for (const Unfixed& left : plan.left) {
    if (left.rule == rule) return &left;
  }
  return nullptr;
}

TEST(Fix, SafeFixesOfOneServiceGoTogether) {
  MemoryFileSystem files;
  files.add("compose.yaml", "services:\n  web:\n    image: redis:7.4 # cache\n");
  const FixPlan fixed = plan(files, false, {"new-privileges-allowed", "pids-limit-missing"});
  ASSERT_EQ(fixed.files.size(), 1U);
  EXPECT_EQ(fixed.files[0].after,
            "services:\n  web:\n    image: redis:7.4 # cache\n    security_opt:\n"
            "      - no-new-privileges:true\n    pids_limit: 512\n");
  ASSERT_EQ(fixed.files[0].fixes.size(), 2U);
  EXPECT_EQ(fixed.files[0].fixes[0].line, 4U) << "with the key that it needs";
  EXPECT_EQ(fixed.files[0].fixes[1].line, 6U);
  EXPECT_GT(fixed.after.percent, fixed.before.percent);
}

TEST(Fix, AFixThatSpoilsAnotherServiceTakesNoneOfItsFixesDown) {
  // Off the host's network, 'app' shares one with 'db', which is found at 'db'.
  MemoryFileSystem files;
  files.add("compose.yaml",
            "services:\n"
            "  web:\n    image: nginx:1.29\n    ports: ['8080:80']\n"
            "  app:\n    image: node:24\n    network_mode: host\n"
            "  db:\n    image: postgres:18\n    privileged: true\n");
  const FixPlan fixed = plan(files, true);
  EXPECT_EQ(left_of(fixed, "privileged-container"), nullptr);
  EXPECT_EQ(left_of(fixed, "host-network"), nullptr);
}

TEST(Fix, UnsafeOnesWait) {
  MemoryFileSystem files;
  files.add("compose.yaml", "services:\n  web:\n    image: redis:7.4\n    privileged: true\n");
  const FixPlan safe = plan(files, false, {"privileged-container"});
  EXPECT_TRUE(safe.empty());
  ASSERT_NE(left_of(safe, "privileged-container"), nullptr);
  EXPECT_TRUE(left_of(safe, "privileged-container")->needs_unsafe);
  const FixPlan unsafe = plan(files, true, {"privileged-container"});
  ASSERT_EQ(unsafe.files.size(), 1U);
  EXPECT_EQ(unsafe.files[0].after, "services:\n  web:\n    image: redis:7.4\n");
}

TEST(Fix, AGivenValueIsADecision) {
  MemoryFileSystem files;
  files.add("compose.yaml", "services:\n  web:\n    image: redis:7.4\n");
  FixOptions options;
  options.audit.targets = {"."};
  options.audit.rules.today = Date{2026, 11, 21};
  options.audit.only_rules = {"memory-limit-missing"};
  EXPECT_TRUE(plan_fixes(files, options).empty());
  options.audit.rules.fix.memory = {"256m", true};
  const FixPlan fixed = plan_fixes(files, options);
  ASSERT_EQ(fixed.files.size(), 1U);
  EXPECT_EQ(fixed.files[0].after, "services:\n  web:\n    image: redis:7.4\n    mem_limit: 256m\n");
  EXPECT_EQ(fixed.files[0].fixes[0].safety, FixSafety::kSafe);
}

TEST(Fix, AChosenAccountMakesDroppingCapabilitiesSafe) {
  MemoryFileSystem files;
  files.add("compose.yaml", "services:\n  app:\n    image: example.com/app:1\n");
  FixOptions options;
  options.audit.targets = {"."};
  options.audit.rules.today = Date{2026, 11, 21};
  options.audit.only_rules = {"container-runs-as-root", "capabilities-not-dropped"};
  EXPECT_TRUE(plan_fixes(files, options).empty());
  options.audit.rules.fix.user = {"1000:1000", true};
  const FixPlan fixed = plan_fixes(files, options);
  ASSERT_EQ(fixed.files.size(), 1U);
  EXPECT_EQ(fixed.files[0].after,
            "services:\n  app:\n    image: example.com/app:1\n    user: \"1000:1000\"\n"
            "    cap_drop:\n      - ALL\n");
}

TEST(Fix, AChosenAccountDoesNotOverrideRootThatWasAskedFor) {
  MemoryFileSystem files;
  files.add("compose.yaml", "services:\n  app:\n    image: example.com/app:1\n    user: root\n");
  FixOptions options;
  options.audit.targets = {"."};
  options.audit.only_rules = {"container-runs-as-root"};
  options.audit.rules.fix.user = {"1000:1000", true};
  const FixPlan fixed = plan_fixes(files, options);
  EXPECT_TRUE(fixed.empty());
  ASSERT_NE(left_of(fixed, "container-runs-as-root"), nullptr);
  EXPECT_TRUE(left_of(fixed, "container-runs-as-root")->needs_unsafe);
}

TEST(Fix, PortsArePublishedOnTheChosenAddress) {
  MemoryFileSystem files;
  files.add("compose.yaml",
            "services:\n  app:\n    image: example.com/app:1\n    ports:\n      - 5000:5000\n");
  FixOptions options;
  options.audit.targets = {"."};
  options.audit.only_rules = {"port-on-all-interfaces"};
  for (const auto& [address, line] : {std::pair{"192.168.1.10", "192.168.1.10:5000:5000"},
                                      std::pair{"fd00::1", "[fd00::1]:5000:5000"}}) {
    options.audit.rules.fix.publish = {address, true};
    const FixPlan fixed = plan_fixes(files, options);
    ASSERT_EQ(fixed.files.size(), 1U) << address;
    EXPECT_NE(fixed.files[0].after.find(line), std::string::npos) << fixed.files[0].after;
  }
}

TEST(Fix, WhatAFixBringsIsMendedInTurn) {
  MemoryFileSystem files;
  files.add("compose.yaml",
            "services:\n  web:\n    image: nginx:1.27\n    depends_on:\n      - db\n"
            "  db:\n    image: postgres:17\n");
  const FixPlan fixed = plan(files, false, {"container-healthcheck-missing"});
  const FileChange* change = change_of(fixed, "compose.yaml");
  ASSERT_NE(change, nullptr);
  EXPECT_NE(change->after.find("condition: service_healthy"), std::string::npos) << change->after;
}

TEST(Fix, AHealthCheckThatCannotBeWaitedForIsStillGiven) {
  MemoryFileSystem files;
  files.add("compose.yaml",
            "services:\n  web:\n    image: nginx:1.27\n    depends_on: [db]\n"
            "  db:\n    image: postgres:17\n");
  const FixPlan fixed = plan(files, false, {"container-healthcheck-missing"});
  const FileChange* change = change_of(fixed, "compose.yaml");
  ASSERT_NE(change, nullptr);
  EXPECT_NE(change->after.find("pg_isready"), std::string::npos) << change->after;
}

TEST(Fix, ALimitStaysAboveItsRequest) {
  MemoryFileSystem files;
  files.add("compose.yaml",
            "services:\n  a:\n    image: redis:7.4\n    mem_reservation: 256m\n"
            "  b:\n    image: redis:7.4\n    mem_reservation: 32m\n");
  files.add(
      "pod.yaml",
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n"
      "  - name: a\n    image: redis:7.4\n    resources: {requests: {memory: 100Mi, cpu: 250m}}\n"
      "  - name: b\n    image: redis:7.4\n");
  FixOptions options;
  options.audit.targets = {"."};
  options.audit.only_rules = {"memory-limit-missing", "memory-request-missing",
                              "cpu-limit-missing"};
  options.audit.rules.fix.memory = {"64m", true};
  options.audit.rules.fix.memory_request = {"128m", true};
  options.audit.rules.fix.cpus = {"0.5", true};
  const FixPlan fixed = plan_fixes(files, options);
  const FileChange* compose = change_of(fixed, "compose.yaml");
  ASSERT_NE(compose, nullptr);
  EXPECT_EQ(compose->after.find("mem_limit"), compose->after.rfind("mem_limit")) << compose->after;
  const FileChange* pod = change_of(fixed, "pod.yaml");
  ASSERT_NE(pod, nullptr);
  EXPECT_EQ(pod->after.find("128Mi"), std::string::npos) << pod->after;
  EXPECT_NE(pod->after.find("cpu: \"0.5\""), std::string::npos) << pod->after;
  ASSERT_NE(left_of(fixed, "memory-limit-missing"), nullptr);
  EXPECT_EQ(left_of(fixed, "memory-limit-missing")->reason,
            "its request of 256m is larger than that");
}

TEST(Fix, WhatAFixRevealsDoesNotStopWhatIsMendedInTurn) {
  MemoryFileSystem files;
  files.add("compose.yaml",
            "services:\n"
            "  web:\n    image: nginx:1.29\n    ports: ['8080:80']\n    depends_on:\n      - db\n"
            "  app:\n    image: node:24\n    network_mode: host\n"
            "  db:\n    image: postgres:18\n");
  const FixPlan fixed = plan(files, true, {"host-network", "container-healthcheck-missing"});
  ASSERT_EQ(fixed.files.size(), 1U);
  EXPECT_NE(fixed.files[0].after.find("condition: service_healthy"), std::string::npos);
}

TEST(Fix, SuppressedFindingsAreLeftAlone) {
  MemoryFileSystem files;
  files.add(
      "compose.yaml",
      "services:\n  # plimsoll ignore=new-privileges-allowed\n  web:\n    image: redis:7.4\n");
  EXPECT_TRUE(plan(files, true, {"new-privileges-allowed"}).empty());
}

TEST(Fix, WhatAnAnchorSharesIsLeftWithTheReason) {
  MemoryFileSystem files;
  files.add("compose.yaml",
            "x-opts: &opts\n  - seccomp=builtin\nservices:\n  a:\n    image: redis:7.4\n"
            "    security_opt: *opts\n  b:\n    image: redis:7.4\n    security_opt: *opts\n");
  const FixPlan fixed = plan(files, false, {"new-privileges-allowed"});
  EXPECT_TRUE(fixed.empty());
  ASSERT_NE(left_of(fixed, "new-privileges-allowed"), nullptr);
  EXPECT_EQ(left_of(fixed, "new-privileges-allowed")->reason, "an alias brings it");
}

TEST(Fix, ALineThatIsNoUtf8IsLeft) {
  MemoryFileSystem files;
  files.add("Dockerfile", "FROM debian:12\nADD caf\xE9.txt /\nADD b.txt /\n");
  const FixPlan fixed = plan(files, false, {"add-instead-of-copy"});
  const FileChange* change = change_of(fixed, "Dockerfile");
  ASSERT_NE(change, nullptr);
  EXPECT_EQ(change->after, "FROM debian:12\nADD caf\xE9.txt /\nCOPY b.txt /\n");
}

TEST(Fix, ABrokenFileIsNotTouched) {
  MemoryFileSystem files;
  files.add("compose.yaml", "services:\n  web:\n    image: redis:7.4\n   bad: [\n");
  const FixPlan fixed = plan(files, true);
  EXPECT_TRUE(fixed.empty());
  EXPECT_FALSE(fixed.incomplete.empty());
}

TEST(Fix, WhatAnOverrideSaysIsNotMendedInTheBase) {
  MemoryFileSystem files;
  files.add("compose.yaml", "services:\n  web:\n    image: node:22\n");
  files.add("compose.override.yaml", "services:\n  web:\n    user: root\n");
  const FixPlan fixed = plan(files, true, {"container-runs-as-root"});
  EXPECT_TRUE(fixed.empty());
  ASSERT_NE(left_of(fixed, "container-runs-as-root"), nullptr);
  EXPECT_EQ(left_of(fixed, "container-runs-as-root")->path, "compose.override.yaml");
}

TEST(Fix, ASecondRunChangesNothing) {
  MemoryFileSystem files;
  files.add("compose.yaml",
            "services:\n  web:\n    image: postgres:11\n    ports: ['5432:5432']\n");
  const FixPlan first = plan(files, true);
  ASSERT_EQ(first.files.size(), 1U);
  MemoryFileSystem fixed;
  fixed.add("compose.yaml", first.files[0].after);
  EXPECT_TRUE(plan(fixed, true).empty()) << first.files[0].after;
}

}  // namespace
}  // namespace plimsoll::scan
