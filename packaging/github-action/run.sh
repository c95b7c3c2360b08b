#!/usr/bin/env bash
# Runs plimsoll for the GitHub action: a report file, annotations on the changed lines, a summary of
# the run, outputs. All it is told comes in variables (action.yml); the step ends as plimsoll does.
set -uo pipefail
fail() { echo "::error title=plimsoll::$1"; exit "$2"; }

command -v plimsoll >/dev/null || fail "plimsoll is not on the PATH: set package-url and package-sha256" 5
# The word goes before options, so it must be a command and nothing else.
[[ "$PLIMSOLL_COMMAND" =~ ^[a-z]+$ ]] || fail "command is no word of small letters" 2
[[ "$PLIMSOLL_FORMAT" =~ ^[a-z]+$ ]] || fail "format is no word of small letters" 2

targets=()
while IFS= read -r line; do
  if [ -n "$line" ]; then targets+=("$line"); fi
done <<<"$PLIMSOLL_TARGET"
if [ "${#targets[@]}" -eq 0 ]; then targets=(.); fi

options=()
if [ -n "$PLIMSOLL_BASELINE" ]; then options+=(--baseline "$PLIMSOLL_BASELINE"); fi

report="$RUNNER_TEMP/plimsoll.$PLIMSOLL_FORMAT"
status=0
plimsoll "$PLIMSOLL_COMMAND" "${options[@]}" --fail-on "$PLIMSOLL_FAIL_ON" \
  --format "$PLIMSOLL_FORMAT" --output "$report" -- "${targets[@]}" || status=$?

echo "status=$status" >>"$GITHUB_OUTPUT"
if [ -e "$report" ]; then echo "report=$report" >>"$GITHUB_OUTPUT"; fi

# The verdict stands; these two only show it, and what they complain of was said above.
show() {
  plimsoll "$PLIMSOLL_COMMAND" "${options[@]}" --fail-on none --format "$1" -- "${targets[@]}" 2>/dev/null
}
if [ "$status" -ne 2 ]; then
  show github
  # GitHub drops a summary of more than 1 MiB as a whole.
  show markdown | head -c 1000000 >>"$GITHUB_STEP_SUMMARY"
fi
exit "$status"
