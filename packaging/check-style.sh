#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Checks the form of the sources; with --fix, mends what can be mended.
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -t sources < <(git ls-files --cached --others --exclude-standard -- '*.cpp' '*.h')
mapfile -t scripts < <(git ls-files --cached --others --exclude-standard -- '*.sh' .ci/run)

if [ "${1-}" = --fix ]; then
    clang-format -i "${sources[@]}"
else
    clang-format --dry-run --Werror "${sources[@]}"
fi
shellcheck "${scripts[@]}"
for file in "${sources[@]}"; do
    head -n 1 "$file" | grep -q '^// SPDX-License-Identifier: Apache-2.0$' || {
        echo "$file: its first line is no SPDX line" >&2
        exit 1
    }
done
