# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Runs a program and keeps how long it took, its processor time, its peak memory, and the processor time of
# the registry that it talked to.
# shellcheck disable=SC2034,SC2154 # bench.sh and the files it reads share their variables

readonly run_limit_s=600

declare -A seconds_us=() cpu_us=() registry_us=() peak_kb=() # by "row/side": one figure for each round
measured_pid=''
watched_pid=''

watch_registry() { watched_pid=$1; }
unwatch_registry() { watched_pid=''; }

end_measured() {
    [[ -n $measured_pid ]] || return 0
    kill "$measured_pid" 2>/dev/null || true # timeout passes it on
    wait "$measured_pid" 2>/dev/null || true
}

now_us() { printf '%s' "${EPOCHREALTIME/./}"; }

# "1.23" to microseconds; /usr/bin/time knows hundredths.
hundredths_to_us() { printf '%d' $((10#${1/./} * 10000)); }

# Of the registry that is watched: user and system time so far.
registry_cpu_us() {
    [[ -n $watched_pid ]] || { printf 0 && return; }
    local stat
    stat=$(<"/proc/$watched_pid/stat")
    read -r -a stat <<<"${stat##*) }"
    printf '%d' $(((stat[11] + stat[12]) * 1000000 / $(getconf CLK_TCK)))
}

# No run pays for bytes that another one left to be written, nor for free memory that a virtual machine gave
# back to its host and gets again page by page.
settle() {
    sync -f "$work"
    head -c "$touched_bytes" /dev/zero >"$work/touched"
    : >"$work/touched"
}

# measured ROW SIDE OUT PROGRAM...
measured() {
    local key=$1/$2 out=$3 start end before user system peak
    shift 3
    settle
    before=$(registry_cpu_us)
    start=$(now_us)
    # In the background, so that a signal is answered at once and clean_up can end it.
    timeout "$run_limit_s" /usr/bin/time -q -f '%U %S %M' -o "$work/time" "$@" >"$out" 2>"$work/err" &
    measured_pid=$!
    wait "$measured_pid" || wrong "$key ended with $?: $(tail -n 5 "$work/err" "$out")"
    end=$(now_us)
    measured_pid=''
    read -r user system peak <"$work/time"
    seconds_us[$key]+=" $((end - start))"
    cpu_us[$key]+=" $(($(hundredths_to_us "$user") + $(hundredths_to_us "$system")))"
    registry_us[$key]+=" $(($(registry_cpu_us) - before))"
    peak_kb[$key]+=" $peak"
}

# median FIGURES: the lower of the middle two, where there are two
median() {
    local -a sorted
    # shellcheck disable=SC2086 # the figures are words
    mapfile -t sorted < <(printf '%s\n' $1 | sort -n)
    printf '%d' "${sorted[(${#sorted[@]} - 1) / 2]}"
}
