# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The table: medians, their ratio, and the bar that the ratio should reach.
# shellcheck disable=SC2034,SC2154 # bench.sh and the files it reads share their variables

readonly table_format='%-14s %9s %9s  %-22s %8s %8s %-5s %8s %8s %8s\n'

seconds() { printf '%d.%03d' $(($1 / 1000000)) $(($1 / 1000 % 1000)); }

hundredths() { printf '%d.%02d' $(($1 / 100)) $(($1 % 100)); }

# A bar as hundredths; `least` of today / ours, `most` of ours / today.
is_met() { # KIND RATIO BAR
    if [[ $1 == least ]]; then (($2 >= $3)); else (($2 <= $3)); fi
}

verdict() { # KIND RATIO BAR
    [[ $3 != - ]] || return 0
    if is_met "$@"; then printf 'met'; else printf 'below'; fi
}

bar_text() { # KIND BAR
    [[ $2 != - ]] || return 0
    if [[ $1 == least ]]; then printf '>= '; else printf '<= '; fi
    hundredths "$2"
}

# print_row ROW SIDE LABEL AGAINST KIND
print_row() {
    local row=$1 side=$2 label=$3 against=$4 kind=$5 bar mine theirs ratio
    bar=$(bar "$row/$side")
    mine=$(median "${seconds_us[$row/ours]}")
    theirs=$(median "${seconds_us[$row/$side]}")
    if [[ $kind == least ]]; then ratio=$((theirs * 100 / mine)); else ratio=$((mine * 100 / theirs)); fi
    # shellcheck disable=SC2059 # one format for all lines
    printf "$table_format" "$label" "$(seconds "$mine")" "$(seconds "$theirs")" "$against" \
        "$(hundredths "$ratio")" "$(bar_text "$kind" "$bar")" "$(verdict "$kind" "$ratio" "$bar")" \
        "$(seconds "$(median "${cpu_us[$row/ours]}")")" "$(seconds "$(median "${registry_us[$row/ours]}")")" \
        "$(hundredths $(($(median "${peak_kb[$row/ours]}") * 100 / 1024)))"
}

# bar ROW/SIDE: of performance.md, for the sets that it speaks of
bar() {
    case $set_name:$1 in
    S:convert/*) printf 1000 ;;
    T:convert/*) printf 2500 ;;
    [ST]:again/*) printf 5000 ;;
    [ST]:select/scripts) printf 2000 ;;
    [ST]:select/cp-al) printf 200 ;;
    S:tar/tar) printf 120 ;;
    S:tar/tar-sum) printf 400 ;;
    S:zip/*) printf 300 ;;
    S:import/*) printf 300 ;;
    S:verify/sha256sum) printf 300 ;;
    S:verify/openssl) printf 95 ;;
    S:push/*) printf 300 ;;
    [ST]:push-again/*) printf 1000 ;;
    *) printf '%s' - ;;
    esac
}

print_table() {
    printf '\nSet %s, %d images, medians of %d; seconds, and MiB for the peak, of the program and the registry\n' \
        "$set_name" "$images" "$rounds"
    printf 'ratio: today / ours; in the rows of cp -al, tar cf and tar cf, sync it is ours / today\n'
    # shellcheck disable=SC2059
    printf "$table_format" work ours today 'today is' ratio bar '' 'our CPU' registry peak
    print_row convert scripts convert scripts least
    print_row again scripts 'convert again' scripts least
    print_row select scripts select scripts least
    print_row select cp-al '' 'cp -al' most
    print_row tar tar tar 'tar cf' most
    print_row tar tar-sync '' 'tar cf, sync' most
    print_row tar tar-sum '' 'tar cf, sha256sum' least
    print_row zip zip 'zip, stored' 'zip -0' least
    print_row import tar-sum 'import a tar' 'tar xf, sha256sum -c' least
    print_row verify sha256sum verify 'xargs -P2 sha256sum' least
    print_row verify openssl '' 'xargs -P2 openssl' least
    print_row push scripts push scripts least
    print_row push-again scripts 'push again' scripts least
}
