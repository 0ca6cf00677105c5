#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Times layerpool-cli against the scripts' way: the same registry process, the same file system, the same
# images, in turns. Prints one table of medians. It fails where a result is wrong, never for being slow.
set -euo pipefail
export LC_ALL=C # EPOCHREALTIME with a point, sort by bytes

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=measure.sh
source "$here/measure.sh"
# shellcheck source-path=SCRIPTDIR source=registry.sh
source "$here/registry.sh"
# shellcheck source-path=SCRIPTDIR source=checks.sh
source "$here/checks.sh"
# shellcheck source-path=SCRIPTDIR source=table.sh
source "$here/table.sh"

usage() {
    cat <<'TEXT'
Usage: bench.sh BUILD_BIN_DIR [--set S|T|K] [--rounds N] [--list FILE]
Times layerpool-cli against the scripts' way and prints one table of medians.

  BUILD_BIN_DIR  holds layerpool-cli and sample-registry; a Release build, or the figures say little
  --set S        20 images of 40 MB, over half of it shared (the default)
  --set T        300 images of 50 kB
  --set K        the images of a release's list, layers of 4 kB; needs --list
  --rounds N     how often each way runs; 5 unless told
  --list FILE    the images-list of set K

TMPDIR chooses the file system that is measured. Set S takes 5 GB of it for a while.
TEXT
}

refuse() {
    printf 'bench: %s\n' "$1" >&2
    usage >&2
    exit 2
}

# Sets bin, set_name, rounds and given_list.
read_words() {
    bin='' set_name=S rounds=5 given_list=''
    while (($#)); do
        case $1 in
        --help | -h) usage && exit 0 ;;
        --set) set_name=${2:-} && shift ;;
        --rounds) rounds=${2:-} && shift ;;
        --list) given_list=${2:-} && shift ;;
        -*) refuse "there is no option $1" ;;
        *) [[ -z $bin ]] || refuse "what is $1?" && bin=$1 ;;
        esac
        shift || refuse 'the last option wants a value'
    done
    [[ -n $bin && -x $bin/layerpool-cli && -x $bin/sample-registry ]] ||
        refuse 'BUILD_BIN_DIR must hold layerpool-cli and sample-registry'
    [[ $set_name == [STK] ]] || refuse "there is no set '$set_name'"
    [[ $rounds =~ ^[1-9][0-9]*$ ]] || refuse "'$rounds' is no number of rounds"
    [[ $set_name != K || -r $given_list ]] || refuse 'set K needs --list FILE'
    bin=$(cd "$bin" && pwd)
}

require_programs() {
    local program
    for program in docker-registry skopeo openssl sha256sum xargs timeout tar zip unzip /usr/bin/time; do
        command -v "$program" >/dev/null || refuse "$program is not installed"
    done
}

# A folder of its own for everything, also for what the programs keep in the user's home.
make_work() {
    work=$(mktemp -d "${TMPDIR:-/tmp}/layerpool-bench.XXXXXX")
    mkdir "$work/home"
    export HOME=$work/home XDG_CONFIG_HOME=$work/home XDG_DATA_HOME=$work/home XDG_CACHE_HOME=$work/home
}

clean_up() {
    end_measured
    end_registries
    rm -rf "$work"
}

# A list of N images without the registry's name, two parts each: all that the scripts can carry.
made_list() {
    local number
    for ((number = 1; number <= $1; ++number)); do
        printf 'team-%d/app-%03d:v1.%d\n' $((number % 5)) "$number" $((number % 7))
    done
}

# Sets list, images and touched_bytes, and fills the storage of the source.
make_samples() {
    local -a shape
    list=$work/images.list
    touched_bytes=100000000
    case $set_name in
    S)
        made_list 20 >"$list"
        touched_bytes=1000000000 # what the scripts fetch, and some more
        shape=(--layers 5 --shared 0.4 --layer-size "20000000,8000000,6000000,4000000,2000000")
        ;;
    T)
        made_list 300 >"$list"
        shape=(--layers 3 --shared 0.34 --layer-size 16000)
        ;;
    K)
        cp "$given_list" "$list"
        shape=(--layers 4 --shared 0.5 --layer-size 4096)
        ;;
    esac
    "$bin/sample-registry" "$work/source" "$list" "${shape[@]}" >&2
    images=$(grep -v '^ *#' "$list" | grep ':' | sort -u | wc -l)
}

ours() { # ROW layerpool-cli's words; its JSON is kept in $work/out
    local row=$1
    shift
    measured "$row" ours "$work/out" "$bin/layerpool-cli" "$@" --json
}

scripts() { # ROW SIDE the words of scripts_way.sh
    local row=$1 side=$2
    shift 2
    measured "$row" "$side" "$work/out" bash "$here/scripts_way.sh" "$@"
}

bench_convert() { # ROW: `convert` makes both pools, `again` finds them there
    watch_registry "${registry_pid[source]}"
    ours "$1" convert "$round/pool" --list "$list" --source "${registry_host[source]}"
    [[ $1 != again ]] || check_nothing_moved "$work/out"
    # They would begin by deleting their last work; that they have none spares both sides the deletion's cost.
    scripts "$1" scripts convert "${registry_host[source]}" "$list" "$round/scripts-work-$1" \
        "$round/scripts-pool-$1"
    unwatch_registry
    check_images "$round/pool"
    check_same_content "$round/pool" "$round/scripts-pool-$1"
    check_whole "$round/pool"
}

bench_select() {
    ours select select "$round/pool" "$round/selected" --list "$list"
    scripts select scripts select "$round/pool" "$list" "$round/scripts-selected"
    measured select cp-al "$work/out" cp -al "$round/pool" "$round/cp-al"
    check_same_content "$round/selected" "$round/pool"
    check_same_content "$round/scripts-selected" "$round/pool"
    check_shared "$round/selected"
    check_whole "$round/selected"
}

bench_tar() {
    ours tar tar "$round/pool" "$round/ours.tar"
    scripts tar tar tar "$round/pool" "$round/plain.tar"
    # The program syncs before it says that a bundle is whole; tar leaves that to the kernel.
    scripts tar tar-sync tar_and_sync "$round/pool" "$round/synced.tar"
    scripts tar tar-sum tar_and_sum "$round/pool" "$round/summed.tar"
    mkdir "$round/unpacked"
    tar xf "$round/ours.tar" -C "$round/unpacked"
    check_same_content "$round/unpacked" "$round/pool"
    check_whole "$round/unpacked"
}

bench_zip() {
    ours zip tar "$round/pool" "$round/ours.zip"
    scripts zip zip zip "$round/pool" "$round/plain.zip"
    unzip -q "$round/ours.zip" -d "$round/unzipped"
    check_same_content "$round/unzipped" "$round/pool"
}

bench_import() {
    ours import import "$round/imported" "$round/ours.tar"
    scripts import tar-sum unpack_and_sum "$round/ours.tar" "$round/untarred"
    check_same_content "$round/imported" "$round/pool"
    check_whole "$round/imported"
}

bench_verify() {
    local blobs=$round/pool/docker/registry/v2/blobs
    ours verify verify "$round/pool"
    scripts verify sha256sum verify "$round/pool" sha256sum
    check_sums "$work/out" "$blobs"
    scripts verify openssl verify "$round/pool" openssl dgst -r -sha256
    check_sums "$work/out" "$blobs"
    check_damage_is_seen "$round/pool" "$round/damaged"
}

bench_push() {
    local row
    start_registry ours-target "$round/ours-target"
    start_registry scripts-target "$round/scripts-target"
    for row in push push-again; do
        watch_registry "${registry_pid[ours-target]}"
        ours "$row" push "$round/pool" "${registry_host[ours-target]}"
        [[ $row != push-again ]] || check_nothing_moved "$work/out"
        watch_registry "${registry_pid[scripts-target]}"
        scripts "$row" scripts push "$round/pool" "${registry_host[scripts-target]}" "$round/scripts-work-$row"
        unwatch_registry
        check_same_content "$round/ours-target" "$round/pool"
        check_same_content "$round/scripts-target" "$round/pool"
        check_whole "$round/ours-target"
    done
    end_registry ours-target
    end_registry scripts-target
}

# Empties the large files and deletes nothing: for minutes ext4 without a journal makes every new file pay for
# the inodes that were deleted before it.
give_space_back() {
    find "$round" -type f -size +64k -exec truncate -s 0 {} +
}

run_round() { # NUMBER
    round=$work/round-$1
    mkdir "$round"
    bench_convert convert
    bench_convert again
    bench_select
    bench_tar
    bench_zip
    bench_import
    bench_verify
    bench_push
    give_space_back
}

main() {
    read_words "$@"
    require_programs
    make_work
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    make_samples
    start_registry source "$work/source"
    local number
    for ((number = 1; number <= rounds; ++number)); do
        printf 'bench: round %d of %d\n' "$number" "$rounds" >&2
        run_round "$number"
    done
    print_table
}

main "$@"
