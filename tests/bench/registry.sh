# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Debian's docker-registry on loopback, set up as the package does, without its login.
# shellcheck disable=SC2034,SC2154 # bench.sh and the files it reads share their variables

readonly registry_start_s=20

declare -A registry_pid=() registry_host=() # by the name that start_registry was given

# start_registry NAME STORAGE_DIR
start_registry() {
    local name=$1 log=$work/$1.log
    mkdir -p "$2"
    cat >"$work/$name.yml" <<CONFIG
version: 0.1
log: {level: info}
storage:
  cache: {blobdescriptor: inmemory}
  filesystem: {rootdirectory: "$2"}
  delete: {enabled: true}
http: {addr: "127.0.0.1:0", secret: bench}
CONFIG
    : >"$log" # what an earlier one of this name said is not read
    docker-registry serve "$work/$name.yml" >"$log" 2>&1 &
    registry_pid[$name]=$!
    registry_host[$name]=$(address_in "$log" "${registry_pid[$name]}")
}

# It takes a free port itself and logs which: nobody else can be given it in between.
address_in() { # LOG PID
    local address end=$((SECONDS + registry_start_s))
    while kill -0 "$2" 2>/dev/null && ((SECONDS < end)); do
        address=$(grep -oE 'listening on 127\.0\.0\.1:[0-9]+' "$1" | head -n 1 || true)
        if [[ -n $address ]]; then
            printf '%s' "${address#listening on }"
            return
        fi
        sleep 0.02
    done
    wrong "docker-registry did not start: $(tail -n 3 "$1")"
}

end_registry() {
    kill "${registry_pid[$1]}" 2>/dev/null || true
    wait "${registry_pid[$1]}" 2>/dev/null || true
    unset "registry_pid[$1]"
}

end_registries() {
    local name
    for name in "${!registry_pid[@]}"; do
        end_registry "$name"
    done
}
