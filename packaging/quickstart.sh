#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Layerpool in one command, on a fresh Debian 12: installs what is needed, builds, starts two registries on
# this machine (the connected side and the far side), fills the first with five sample images, and opens the
# window on their list. Without a display, or with --headless, it does the whole job on the command line.
# May be run again at any time; it stops what it started when it ends.
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
list=$here/packaging/quickstart.list
build=$here/build/release # as the tests build it
work=$here/build/quickstart
headless=false
case "${1-}" in
"") ;;
--headless) headless=true ;;
*)
    echo "Usage: packaging/quickstart.sh [--headless]" >&2
    exit 2
    ;;
esac
if [ -z "${DISPLAY-}${WAYLAND_DISPLAY-}" ]; then
    headless=true
fi

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
if [ ! -t 1 ]; then
    say() { printf '\n%s\n' "$*"; }
fi

# Ends a registry of ours, and nothing else that may have its number by now.
stop() {
    local pid_file=$1 pid
    [ -f "$pid_file" ] || return 0
    pid=$(cat "$pid_file")
    if tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q "docker-registry serve $work/"; then
        kill "$pid" 2>/dev/null || true
    fi
    rm -f "$pid_file"
}

stop_all() {
    stop "$work/source.pid"
    stop "$work/target.pid"
}

free_port() {
    local port=$1
    while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
        port=$((port + 1))
    done
    echo "$port"
}

# start_registry NAME STORAGE PORT
start_registry() {
    cat >"$work/$1.yml" <<CONFIG
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: $2}}
http: {addr: "127.0.0.1:$3"}
CONFIG
    docker-registry serve "$work/$1.yml" >"$work/$1.log" 2>&1 &
    echo $! >"$work/$1.pid"
    for _ in $(seq 100); do
        if curl --silent --output /dev/null --max-time 2 "http://127.0.0.1:$3/v2/"; then
            return 0
        fi
        sleep 0.1
    done
    echo "The registry on port $3 does not answer; see $work/$1.log" >&2
    return 1
}

"$here/packaging/install-deps.sh"

say "Building Layerpool"
tests=()
[ -f "$build/CMakeCache.txt" ] || tests=(-DLAYERPOOL_BUILD_GTESTS=OFF) # they need more than was installed
(cd "$here" && cmake --preset release "${tests[@]}" >/dev/null)
cmake --build "$build" --target layerpool layerpool-cli sample-registry | tail -n 1

mkdir -p "$work"
stop_all
trap stop_all EXIT
trap 'exit 130' INT TERM
rm -rf "$work/source" "$work/target" "$work/pool" "$work/small" "$work/small."*
mkdir -p "$work/source" "$work/target"

say "Starting two registries"
"$build/bin/sample-registry" "$work/source" "$list" --layer-size 2000000 --layers 4 --shared 0.5 --busybox busybox:1.31.1
source_port=$(free_port 5501)
start_registry source "$work/source" "$source_port"
target_port=$(free_port $((source_port + 1)))
start_registry target "$work/target" "$target_port"
echo "connected side: 127.0.0.1:$source_port    far side: 127.0.0.1:$target_port (empty)"

if ! $headless; then
    say "Opening the window on packaging/quickstart.list; the registries stop when it is closed"
    cat >"$work/settings.ini" <<SETTINGS
[convert]
source=127.0.0.1:$source_port
[push]
target=127.0.0.1:$target_port
SETTINGS
    mkdir -p "$work/pool/docker/registry/v2" # an empty pool
    "$build/bin/layerpool" --settings "$work/settings.ini" --pool "$work/pool" "$list"
    exit
fi

cli() {
    printf '\n$ layerpool-cli %s\n' "$*"
    "$build/bin/layerpool-cli" "$@"
}
cd "$work"
head -n 2 "$list" | tail -n 1 >two.list
tail -n 1 "$list" >>two.list

say "1. Convert: from the list into a pool"
cli convert pool --list "$list" --source "127.0.0.1:$source_port"
cli stats pool
say "2. Select two images by hard links, and pack them"
cli select pool small --list two.list
cli tar small small.tar
say "3. Push all to the far side"
cli push pool "127.0.0.1:$target_port"
say "4. What the far side has now, asked with skopeo"
grep -v '^#' "$list" | while read -r image; do
    here_digest=$("$build/bin/layerpool-cli" ls pool "$image" --json | head -n 1 | sed 's/.*"digest":"\([^"]*\)".*/\1/')
    there_digest=sha256:$(skopeo inspect --raw --tls-verify=false "docker://127.0.0.1:$target_port/$image" | sha256sum | cut -d' ' -f1)
    [ "$here_digest" = "$there_digest" ] && echo "same bytes: $image  $there_digest"
done
cli verify pool
say "Done. The pool is $work/pool, the packed images are $work/small.tar"
