#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The long proofs, which need minutes and room on the disk: the peak memory of everything that moves one large
# blob, zips of a large member and of many, kill -9 at random moments, and the window over a pool of 10,000
# repositories. Prints figures; ends with 1 where one of them is not as it must be.
#   tests/soak.sh [--gigabytes N] [--rounds N] [--build DIR]     (5, 20, build/release; needs 3 N GB of disk)
# The pool is of 1.3 million files and folders; TMPDIR chooses where: on a tmpfs it is made soonest.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly most_kb=$((64 * 1024))
readonly run_limit_s=600
readonly start_limit_s=20
readonly kills_a_round=12
readonly many_images=4000 # each is twenty entries and more
readonly huge_repositories=10000
readonly huge_limit_s=900
readonly most_first_rows_ms=100
readonly most_event_ms=16
readonly most_window_mb=150
gigabytes=5 # more than a zip can tell without Zip64
rounds=20
build=build/release

while (($# > 0)); do
    case $1 in
    --gigabytes) gigabytes=$2 ;;
    --rounds) rounds=$2 ;;
    --build) build=$2 ;;
    *)
        sed -n '6s/^# *//p' "$0" >&2
        exit 2
        ;;
    esac
    shift 2
done
readonly cli=$build/bin/layerpool-cli
work=$(mktemp --directory --tmpdir layerpool-soak-XXXXXX)
registries=()

clean_up() {
    local pid
    for pid in "${registries[@]}"; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap clean_up EXIT

wrong() {
    printf 'wrong: %s\n' "$*" >&2
    exit 1
}

# start_registry NAME: over $work/NAME; its address comes in $host
start_registry() {
    local log=$work/$1.log end=$((SECONDS + start_limit_s))
    mkdir -p "$work/$1"
    cat >"$work/$1.yml" <<CONFIG
version: 0.1
storage: {filesystem: {rootdirectory: "$work/$1"}, maintenance: {uploadpurging: {enabled: false}}}
http: {addr: "127.0.0.1:0", secret: soak}
CONFIG
    : >"$log"
    docker-registry serve "$work/$1.yml" >"$log" 2>&1 &
    registries+=($!)
    until host=$(grep -oE 'listening on 127\.0\.0\.1:[0-9]+' "$log"); do
        ((SECONDS < end)) || wrong "docker-registry did not start: $(tail -n 3 "$log")"
        sleep 0.05
    done
    host=${host#listening on }
}

# measured WHAT COMMAND...: its seconds and its peak memory
measured() {
    local what=$1 seconds peak
    shift
    timeout "$run_limit_s" /usr/bin/time --quiet --format '%e %M' --output "$work/time" "$cli" "$@" >"$work/out" 2>&1 ||
        wrong "$what ended with $?: $(tail -n 5 "$work/out")"
    read -r seconds peak <"$work/time"
    printf '%-44s %8s s %8d kB at the most\n' "$what" "$seconds" "$peak"
    ((peak <= most_kb)) || wrong "$what took $peak kB of memory, more than $most_kb"
}

# make_image FOLDER BYTES: as skopeo leaves an image of one layer, which takes no room on the disk
make_image() {
    local layer config
    mkdir -p "$1"
    truncate --size "$2" "$1/layer"
    layer=$(sha256sum "$1/layer" | cut -d ' ' -f 1)
    mv "$1/layer" "$1/$layer"
    printf '{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' "$layer" >"$1/config"
    config=$(sha256sum "$1/config" | cut -d ' ' -f 1)
    printf '{"schemaVersion":2,"mediaType":"%s+json","config":{"mediaType":"%s+json","digest":"sha256:%s","size":%d},"layers":[{"mediaType":"%s","digest":"sha256:%s","size":%d}]}' \
        application/vnd.oci.image.manifest.v1 application/vnd.oci.image.config.v1 "$config" "$(stat -c %s "$1/config")" \
        application/vnd.oci.image.layer.v1.tar "$layer" "$2" >"$1/manifest.json"
    mv "$1/config" "$1/$config"
    printf 'Directory Transport Version: 1.1\n' >"$1/version"
}

prove_memory() {
    local source
    echo 'soak/large:v1' >"$work/large.list"
    make_image "$work/large-image" $((gigabytes * 1000000000))
    measured "import of one blob of $gigabytes GB" import "$work/large" "$work/large-image" --as soak/large:v1
    rm -rf "$work/large-image"
    start_registry large
    source=$host
    measured "convert of one blob of $gigabytes GB" convert "$work/large-pool" --list "$work/large.list" --source "$source"
    start_registry large-target
    measured "push of it" push "$work/large-pool" "$host"
    cmp "$(blob_of "$work/large")" "$(blob_of "$work/large-target")" || wrong 'the target has other bytes'
    rm -rf "$work/large" "$work/large-target"
    prove_bundle_memory
    rm -rf "$work/large-pool"
}

# The same bytes in every kind of bundle, made, taken in, and pushed from where it lies.
prove_bundle_memory() {
    local bundle
    for bundle in large.tar zipped.zip packed.tar.zst; do
        measured "tar into $bundle" tar "$work/large-pool" "$work/$bundle" --no-report
        measured "import of $bundle" import "$work/far-pool" "$work/$bundle"
        cmp "$(blob_of "$work/large-pool")" "$(blob_of "$work/far-pool")" || wrong "$bundle brought other bytes"
        rm -rf "$work/far-pool"
        [[ $bundle != zipped.zip ]] || read_by_others "$work/$bundle"
        [[ $bundle == large.tar ]] || rm "$work/$bundle"
    done
    measured 'tar into volumes, out of the bundle' tar "$work/large.tar" "$work/parts.tar" --volume-size fat32 --no-report
    start_registry bundle-target
    measured 'push out of a volume' push "$work/parts.tar.001" "$host"
    cmp "$(blob_of "$work/large-pool")" "$(blob_of "$work/bundle-target")" || wrong 'the target has other bytes'
    rm -rf "$work/bundle-target" "$work/large.tar" "$work/parts.tar".*
}

read_by_others() { # ZIP
    7z t "$1" >"$work/out" || wrong "7z does not read $1: $(tail -n 5 "$work/out")"
    unzip -tq "$1" >"$work/out" || wrong "unzip does not read $1: $(tail -n 5 "$work/out")"
    printf '%-44s %8s %s\n' "${1##*/}: 7z and unzip read it whole" "$(zipinfo -h "$1" | sed -n 's/.*entries: //p')" entries
}

# More entries than 16 bits count.
prove_many_entries() {
    local i
    for ((i = 0; i < many_images; ++i)); do
        echo "soak/many$i:v1"
    done >"$work/many.list"
    "$build/bin/sample-registry" --layers 1 --shared 0 --layer-size 100 "$work/many" "$work/many.list" >/dev/null
    measured "tar of $many_images images into a zip" tar "$work/many" "$work/many.zip" --no-report
    read_by_others "$work/many.zip"
    measured 'import of it' import "$work/many-far" "$work/many.zip"
    diff -r "$work/many/docker" "$work/many-far/docker" >"$work/out" || wrong "it brought others: $(head -n 5 "$work/out")"
    rm -rf "$work/many" "$work/many-far" "$work/many.zip"
}

# The largest blob of a registry's storage.
blob_of() {
    find "$1/docker/registry/v2/blobs" -name data -size +100000k
}

# Runs the command again and again until one run ends by itself, and kills the others at random moments of the
# time that an undisturbed run takes. Adds to $kills.
kill_until_done() { # MILLISECONDS COMMAND...
    local most_ms=$1 pid status i
    shift
    for ((i = 0; i < kills_a_round; ++i)); do
        "$cli" "$@" >"$work/out" 2>&1 &
        pid=$!
        sleep "$(printf '0.%03d' $((RANDOM % most_ms)))"
        kill -KILL "$pid" 2>/dev/null || true
        status=0
        wait "$pid" 2>/dev/null || status=$? # without the shell's word about a killed job
        ((status != 0)) || return 0
        ((status == 137)) || wrong "$1 ended with $status: $(tail -n 5 "$work/out")"
        kills=$((kills + 1))
    done
    timeout "$run_limit_s" "$cli" "$@" >"$work/out" 2>&1 || wrong "$1 ended with $? after kills: $(tail -n 5 "$work/out")"
}

milliseconds_of() { # COMMAND...
    local start=${EPOCHREALTIME/./}
    timeout "$run_limit_s" "$cli" "$@" >"$work/out" 2>&1 || wrong "$1 ended with $?: $(tail -n 5 "$work/out")"
    local ms=$(((${EPOCHREALTIME/./} - start) / 1000))
    printf '%d' $((ms > 998 ? 999 : ms + 1))
}

prove_kills() {
    local source target convert_ms push_ms round kills=0 i
    for ((i = 0; i < 24; ++i)); do echo "soak/app$((i % 8)):v$i"; done >"$work/small.list"
    "$build/bin/sample-registry" --layers 4 --layer-size 300000,2000,800000,50000 "$work/small" "$work/small.list" \
        >/dev/null
    start_registry small
    source=$host
    convert_ms=$(milliseconds_of convert "$work/calm" --list "$work/small.list" --source "$source" --all-platforms)
    for ((round = 0; round < rounds; ++round)); do
        rm -rf "$work/pool"
        kill_until_done "$convert_ms" convert "$work/pool" --list "$work/small.list" --source "$source" --all-platforms
        diff --recursive "$work/calm" "$work/pool" || wrong "round $round: the pool is not as an undisturbed one"
    done
    printf '%-44s %8d kills -9 within %d ms of %d converts: all pools equal\n' 'convert' "$kills" "$convert_ms" "$rounds"

    kills=0
    start_registry calm-target
    push_ms=$(milliseconds_of push "$work/calm" "$host")
    for ((round = 0; round < rounds; ++round)); do
        start_registry "target$round"
        target=$host
        kill_until_done "$push_ms" push "$work/calm" "$target"
        # What a broken upload leaves below _uploads is the registry's own affair.
        diff --recursive --exclude=_uploads "$work/calm-target" "$work/target$round" ||
            wrong "round $round: the target is not as an undisturbed one"
        "$cli" verify "$work/calm" >"$work/out" || wrong "round $round: the pool was changed by a push"
        kill "${registries[-1]}"
        wait "${registries[-1]}" 2>/dev/null || true
        unset 'registries[-1]'
        rm -rf "$work/target$round"
    done
    printf '%-44s %8d kills -9 within %d ms of %d pushes: all targets equal\n' 'push' "$kills" "$push_ms" "$rounds"
}

# The longest event of the table with this title, in whole milliseconds, rounded up.
longest_event() { # TITLE
    awk -v title="$1" '$0 == title { getline; getline; ms = int($1); print ms < $1 ? ms + 1 : ms }' "$work/window"
}

prove_huge_pool() {
    local first find most event megabytes title
    LAYERPOOL_HUGE_REPOSITORIES=$huge_repositories QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 TMPDIR=$work \
        timeout "$huge_limit_s" "$build/bin/layerpool-ui-tests" --gtest_filter='HugePoolTest.*' --gtest_brief=1 \
        >"$work/window" 2>"$work/out" || wrong "the window over a huge pool: $(tail -n 5 "$work/window" "$work/out")"
    cat "$work/window"
    read -r first find < <(sed -n 's/^first rows after \([0-9]*\) ms.* find after \([0-9]*\) ms$/\1 \2/p' "$work/window")
    most=$((find / 10 > most_first_rows_ms ? find / 10 : most_first_rows_ms)) # on a slow machine
    ((first <= most)) || wrong "the first rows took $first ms, more than $most"
    for title in Filtering Sorting 'Filtering and sorting blobs'; do
        event=$(longest_event "$title")
        ((event <= most_event_ms)) || wrong "$title held the window for $event ms, more than $most_event_ms"
    done
    megabytes=$(sed -n 's/^memory: \([0-9]*\) MB.*/\1/p' "$work/window")
    ((megabytes <= most_window_mb)) || wrong "the window took $megabytes MB, more than $most_window_mb"
}

prove_memory
prove_many_entries
prove_kills
prove_huge_pool
