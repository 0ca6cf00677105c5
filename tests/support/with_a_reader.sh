#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs a program on a message bus of its own where a screen reader may listen: Qt tells one only there.
#   with_a_reader.sh PROGRAM...
set -euo pipefail

# shellcheck disable=SC2016 # for the shell inside
exec dbus-run-session -- bash -c 'set -e
    dbus-send --session --print-reply --dest=org.a11y.Bus /org/a11y/bus org.a11y.Bus.GetAddress >/dev/null
    QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 "$@"' bash "$@"
