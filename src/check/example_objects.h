#pragma once

#include <string_view>

/// Kubernetes objects that stand in many examples beside what those are about, or that they go on
/// from.
namespace plimsoll::check {

inline constexpr std::string_view kWebDeployment =
    "apiVersion: apps/v1\n"
    "kind: Deployment\n"
    "metadata: {name: web}\n"
    "spec:\n"
    "  selector: {matchLabels: {app: web}}\n"
    "  template:\n"
    "    metadata: {labels: {app: web}}\n"
    "    spec: {containers: [{name: web, image: nginx}]}\n";

inline constexpr std::string_view kWebAutoscaler =
    "apiVersion: autoscaling/v2\n"
    "kind: HorizontalPodAutoscaler\n"
    "metadata: {name: web}\n"
    "spec:\n"
    "  maxReplicas: 9\n"
    "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n";

inline constexpr std::string_view kWebService =
    "apiVersion: v1\n"
    "kind: Service\n"
    "metadata: {name: web}\n"
    "spec:\n"
    "  selector: {app: web}\n"
    "  ports: [{port: 80}]\n";

inline constexpr std::string_view kWebPod =
    "apiVersion: v1\n"
    "kind: Pod\n"
    "metadata: {name: web, labels: {app: web}}\n"
    "spec: {containers: [{name: web, image: nginx}]}\n";

// Pods whose only container may be given more keys.
inline constexpr std::string_view kPodWithA =
    "apiVersion: v1\n"
    "kind: Pod\n"
    "metadata:\n"
    "  name: a\n"
    "spec:\n"
    "  containers:\n"
    "    - name: a\n"
    "      image: nginx:1.27\n";

inline constexpr std::string_view kPodWithWeb =
    "apiVersion: v1\n"
    "kind: Pod\n"
    "metadata:\n"
    "  name: p\n"
    "spec:\n"
    "  containers:\n"
    "    - name: web\n"
    "      image: nginx:1.27\n";

inline constexpr std::string_view kWebPodWithWeb =
    "apiVersion: v1\n"
    "kind: Pod\n"
    "metadata: {name: web}\n"
    "spec:\n"
    "  containers:\n"
    "    - name: web\n"
    "      image: nginx:1.27\n";

// One that lacks what the rule asks for; the mark is the place of what is missing.
inline constexpr std::string_view kPodLackingIt =
    "apiVersion: v1\n"
    "kind: Pod\n"
    "metadata:\n"
    "  name: a\n"
    "spec:\n"
    "  containers:\n"
    "    - name: «a»\n"
    "      image: nginx:1.27\n";

}  // namespace plimsoll::check
