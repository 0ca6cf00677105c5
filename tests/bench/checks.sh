# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What must be true after a run. None of it is timed; whatever is not true ends the benchmark.
# shellcheck disable=SC2034,SC2154 # bench.sh and the files it reads share their variables

wrong() {
    printf 'bench: wrong result: %s\n' "$1" >&2
    exit 1
}

# "NAME:TAG DIGEST" for every tag of a pool or of a registry's storage.
tags_of() {
    local root=$1/docker/registry/v2/repositories
    find "$root" -path '*/_manifests/tags/*/current/link' -exec grep -H '' {} + |
        sed -E "s|^$root/(.*)/_manifests/tags/([^/]*)/current/link:|\1:\2 |" | sort
}

# "DIGEST SIZE" for every blob.
blobs_of() {
    find "$1/docker/registry/v2/blobs" -name data -printf '%P %s\n' | sort
}

# How many digests each repository may serve.
links_of() {
    find "$1/docker/registry/v2/repositories" -path '*/sha256/*/link' -not -path '*/_manifests/tags/*' \
        -printf '%P\n' | sort
}

check_images() {
    local found
    found=$(tags_of "$1" | wc -l)
    ((found == images)) || wrong "$1 has $found tags, and the list $images images"
}

# Tags with their digests, blobs and links. What the scripts made counts as a witness: skopeo fetched it.
check_same_content() {
    local part
    for part in tags_of blobs_of links_of; do
        diff <("$part" "$1") <("$part" "$2") >"$work/difference" ||
            wrong "$part differs between $1 and $2: $(head -n 4 "$work/difference")"
    done
}

check_whole() {
    timeout "$run_limit_s" "$bin/layerpool-cli" verify "$1" >"$work/verify" 2>&1 ||
        wrong "verify of $1: $(tail -n 5 "$work/verify")"
}

check_nothing_moved() { # JSON of a run
    tail -n 1 "$1" | grep -q '"transferred":0[,}]' || wrong "bytes were moved again: $(tail -n 1 "$1")"
}

check_shared() {
    local copies
    copies=$(find "$1/docker/registry/v2/blobs" -name data -links 1 | wc -l)
    ((copies == 0)) || wrong "$copies blobs of $1 are copies, not links"
}

# Each line begins with a digest and ends in the path of a blob of that very digest.
check_sums() { # SUMS BLOBS_DIR
    local sums blobs
    sums=$(grep -cE '^([0-9a-f]{64}) [ *].*/\1/data$' "$1" || true)
    blobs=$(find "$2" -name data | wc -l)
    ((sums == blobs)) || wrong "$sums of $blobs blobs have the digest of their name"
}

# Verify is worth its time only if it finds one wrong byte.
check_damage_is_seen() { # POOL COPY
    local blob
    cp -al "$1" "$2"
    blob=$(find "$2/docker/registry/v2/blobs" -name data | head -n 1 || true)
    cp "$blob" "$blob.new"
    printf '\xa5' | dd of="$blob.new" bs=1 seek=40 conv=notrunc status=none
    mv "$blob.new" "$blob"
    local status=0
    timeout "$run_limit_s" "$bin/layerpool-cli" verify "$2" >/dev/null 2>&1 || status=$?
    ((status == 1)) || wrong "verify ends with $status where a blob is damaged"
}
