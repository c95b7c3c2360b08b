(set -o pipefail; a | b); set -euo pipefail; c | d; set +o pipefail; e
