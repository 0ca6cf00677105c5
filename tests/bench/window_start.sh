#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# How long an empty window takes until it has been painted, against a bare QMainWindow: the same screen, in turns.
# Prints one table of medians. Slowness fails nothing.
#   window_start.sh BUILD_BIN_DIR [ROUNDS]     (11; within xvfb-run, or with QT_QPA_PLATFORM=offscreen)
# shellcheck disable=SC2034,SC2154 # it shares variables with measure.sh
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=measure.sh disable=SC1091
source "$here/measure.sh"
script=window_start
# shellcheck source-path=SCRIPTDIR source=workplace.sh disable=SC1091
source "$here/workplace.sh"

bin=${1:?BUILD_BIN_DIR}
rounds=${2:-11}

for ((round = 0; round < rounds; ++round)); do
    measured start bare "$work/out" "$bin/layerpool-first-paint" bare
    measured start ours "$work/out" "$bin/layerpool-first-paint" layerpool "$work/settings.ini"
done
bare=$(median "${seconds_us[start/bare]}")
ours=$(median "${seconds_us[start/ours]}")
printf 'milliseconds until the first paint, from exec to exit, and MiB for the peak; medians of %d\n' "$rounds"
printf '%-22s %9d %9d\n' 'a bare QMainWindow' $((bare / 1000)) $(($(median "${peak_kb[start/bare]}") / 1024))
printf '%-22s %9d %9d\n' Layerpool $((ours / 1000)) $(($(median "${peak_kb[start/ours]}") / 1024))
printf '%-22s %6d.%02d\n' 'ours / bare' $((ours / bare)) $((ours * 100 / bare % 100))
