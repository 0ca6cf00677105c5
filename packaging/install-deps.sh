#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what Layerpool needs on Debian 12: the one place that names packages.
#   packaging/install-deps.sh           to build it, and to try it against registries on this machine
#   packaging/install-deps.sh --tests   and to run every test and the benchmark
set -euo pipefail

build=(
    g++ cmake ninja-build pkg-config
    qt6-base-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools qt6-svg-dev libgl-dev
    libarchive-dev libquazip1-qt6-dev zlib1g-dev libssl-dev libsodium-dev qtkeychain-qt6-dev
)
run=(
    libqt6svg6 qt6-qpa-plugins qt6-translations-l10n fonts-dejavu-core
    docker-registry skopeo busybox-static ca-certificates curl
)
tests=(
    libgtest-dev libgmock-dev
    umoci minisign libarchive-tools p7zip-full unzip zip apache2-utils nginx-light xvfb xauth openbox dbus gnome-keyring at-spi2-core python3-pyatspi strace fonts-noto-cjk
    clang-format shellcheck git time
)

wanted=("${build[@]}" "${run[@]}")
case "${1-}" in
"") ;;
--tests) wanted+=("${tests[@]}") ;;
*)
    sed -n '3,5s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac

missing=()
for package in "${wanted[@]}"; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo)
fi
echo "Installing ${missing[*]}"
"${as_root[@]}" apt-get update --quiet=2
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install --yes --quiet=2 --no-install-recommends "${missing[@]}" >/dev/null

# Debian starts servers as services when they are installed. Nobody asked for one: ours are started when they
# are needed.
if [ -d /run/systemd/system ]; then
    for service in docker-registry nginx; do
        if [[ " ${missing[*]} " == *" $service"* ]]; then
            "${as_root[@]}" systemctl disable --quiet --now "$service.service" || true
        fi
    done
fi
