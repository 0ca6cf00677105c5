#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Opens a pool of 10,000 repositories, 100,000 tags and 200,000 blobs, against `find` over the same folder:
# the same file system, warm, in turns. Prints one table of medians. Slowness fails nothing.
#   huge_pool.sh BUILD_BIN_DIR [REPOSITORIES [ROUNDS]]     (10000, 5; TMPDIR chooses the file system)
# shellcheck disable=SC2034,SC2154 # it shares variables with measure.sh
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=measure.sh disable=SC1091
source "$here/measure.sh"
script=huge_pool
# shellcheck source-path=SCRIPTDIR source=workplace.sh disable=SC1091
source "$here/workplace.sh"

bin=${1:?BUILD_BIN_DIR}
repositories=${2:-10000}
rounds=${3:-5}

print_row() { # ROW LABEL
    local mine theirs ratio
    mine=$(median "${seconds_us[$1/ours]}")
    theirs=$(median "${seconds_us[find/find]}")
    ratio=$((mine * 100 / theirs))
    printf '%-22s %9d %9d %8d.%02d %9d %9d\n' "$2" $((mine / 1000)) $((theirs / 1000)) $((ratio / 100)) \
        $((ratio % 100)) $(($(median "${cpu_us[$1/ours]}") / 1000)) $(($(median "${peak_kb[$1/ours]}") / 1024))
}

"$bin/huge-pool" --repositories "$repositories" "$work/pool"
for ((round = 0; round < rounds; ++round)); do
    measured find find "$work/files" find "$work/pool" -type f
    measured stats ours "$work/out" "$bin/layerpool-cli" stats "$work/pool"
    grep -q Images "$work/out" || wrong 'stats says nothing of images'
    measured ls ours "$work/out" "$bin/layerpool-cli" ls "$work/pool"
    (($(wc -l <"$work/out") == repositories * 10)) || wrong 'ls lists another number of tags'
done
printf '%d repositories, %d files; milliseconds, and MiB for the peak; medians of %d\n' "$repositories" \
    "$(wc -l <"$work/files")" "$rounds"
printf '%-22s %9s %9s %11s %9s %9s\n' work ours find 'ours / find' 'our CPU' peak
print_row stats 'stats (all figures)'
print_row ls 'ls (all tags)'
