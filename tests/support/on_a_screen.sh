#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs a program on a screen of its own, with a window manager, as a user has one.
#   on_a_screen.sh WIDTHxHEIGHT PROGRAM...
set -euo pipefail

size=$1
shift
# shellcheck disable=SC2016 # for the shell inside
exec xvfb-run --auto-servernum --server-args="-screen 0 ${size}x24" bash -c '
    openbox >/dev/null 2>&1 &
    manager=$!
    trap "kill $manager; wait $manager" EXIT
    QT_QPA_PLATFORM=xcb "$@"' bash "$@"
