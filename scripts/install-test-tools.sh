#!/usr/bin/env bash
# Installs what the tests need beyond npm's packages, on Debian 12: list a package here, and both .ci/run and a new
# contributor have it. Needs root (or sudo) only when something is missing.
set -euo pipefail

# A browser, with and without its desktop's parts, and fonts with the letters and emoji of the tests: it brings none itself.
packages=(chromium chromium-headless-shell fonts-dejavu-core fonts-noto-color-emoji)

# The documents' examples are run as they stand.
packages+=(curl)

# What relays the media of live classes where peers do not reach each other.
packages+=(coturn)

# What stands in front of the server: the tests run it with deploy/nginx.conf.
packages+=(nginx)

# The other database; the tests start servers of their own. (Its `main` cluster is not used.)
packages+=(postgresql)

missing=()
for package in "${packages[@]}"; do
  dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done

if ((${#missing[@]} == 0)); then
  echo 'Test tools: nothing is missing.'
  exit 0
fi

as_root=()
((EUID == 0)) || as_root=(sudo)
"${as_root[@]}" apt-get update
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}"
