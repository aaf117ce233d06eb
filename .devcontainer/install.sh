#!/usr/bin/env bash
# What the optional suites need beside Node, npm and git, on Debian or Ubuntu: installs only what is not there. The image of
# the dev container is made by this script, and .ci/run begins with it. Whoever is not root, or has no apt-get, goes on without.
set -eu
wanted=()
command -v chromium >/dev/null || command -v google-chrome >/dev/null || wanted+=(chromium)
command -v java >/dev/null || wanted+=(openjdk-17-jre-headless)
command -v mvn >/dev/null || wanted+=(maven)
if [ ${#wanted[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null ||
      echo "not installed: ${wanted[*]}; the suites that need them say so"
  else
    echo "not root, or no apt-get: ${wanted[*]} stay missing; the suites that need them say so"
  fi
fi
for tool in chromium java mvn; do echo "$tool: $(command -v "$tool" || echo missing)"; done
