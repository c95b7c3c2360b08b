#include "workload/kubernetes.h"
#include "workload/pod_security_judge.h"

// The Pod Security Standards as the admission plug-in of Kubernetes 1.36 judges them. Where the
// published page and the plug-in differ (image volumes, tcp_rmem and tcp_wmem, what user namespaces
// relax) the plug-in is followed: it is what rejects a pod.

namespace plimsoll::kubernetes {

SecurityVerdict judge_pod_security(const Pod& pod) {
  Judge judge(pod);
  judge_host_access(judge);
  judge_confinement(judge);
  return judge.take_verdict();
}

std::string_view to_string(SecurityProfile profile) {
  switch (profile) {
    case SecurityProfile::kPrivileged: return "privileged";
    case SecurityProfile::kBaseline: return "baseline";
    case SecurityProfile::kRestricted: return "restricted";
  }
  return "";
}

}  // namespace plimsoll::kubernetes
