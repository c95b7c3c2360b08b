#!/usr/bin/env bash
# Downloads the Debian package, compares it with its SHA-256 and installs it. action.yml runs this.
set -euo pipefail
fail() { echo "::error title=plimsoll::$1"; exit 5; }

if ! [[ "$PACKAGE_SHA256" =~ ^[0-9a-f]{64}$ ]]; then
  fail "package-url wants package-sha256, 64 hexadecimal digits: what is not checked is not installed"
fi
if [[ "$PACKAGE_URL" != https://* ]]; then fail "package-url is no https:// address"; fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
curl --fail --silent --show-error --location --proto '=https' --proto-redir '=https' \
  --retry 3 --max-time 300 --output "$folder/plimsoll.deb" -- "$PACKAGE_URL" ||
  fail "the package could not be downloaded"
echo "$PACKAGE_SHA256  $folder/plimsoll.deb" | sha256sum --check --status ||
  fail "the package is not what package-sha256 says"
chmod 755 "$folder"  # apt reads it as another user
sudo apt-get update -qq
sudo apt-get install -y -qq --no-install-recommends "$folder/plimsoll.deb" >/dev/null
