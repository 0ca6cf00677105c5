#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the README's pictures anew: a real run of the window, against a registry on this machine, on a screen of its
# own.
#   packaging/screenshots.sh [FOLDER]    (resources/pictures)
set -euo pipefail
cd "$(dirname "$0")/.."

pictures=${1:-resources/pictures}
packaging/install-deps.sh --tests
cmake --preset release >/dev/null
cmake --build --preset release --target layerpool-pictures
mkdir -p "$pictures"
folder=/tmp/layerpool # it is seen in the pictures: short, where nobody else has it
mkdir "$folder" 2>/dev/null || folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
LAYERPOOL_PICTURES=$(realpath "$pictures") LAYERPOOL_FOLDER=$folder LC_ALL=C.UTF-8 \
    tests/support/on_a_screen.sh 1440x900 build/release/bin/layerpool-pictures --gtest_brief=1
ls -l "$pictures"
