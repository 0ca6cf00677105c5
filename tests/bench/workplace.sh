# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# For a measurement that needs no more than a folder of its own, which goes in the end: set `script`, the name it
# complains under, and read this file after measure.sh.
# shellcheck disable=SC2034,SC2154 # it shares variables with those that read it

touched_bytes=1000000
work=$(mktemp -d "${TMPDIR:-/tmp}/layerpool-$script.XXXXXX")

wrong() {
    printf '%s: %s\n' "$script" "$1" >&2
    exit 1
}
clean_up() {
    end_measured
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
