#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The workflow that Layerpool replaces, as an operator's scripts do it: skopeo for the network, and a shell
# that walks the registry's layout, one image at a time.
set -euo pipefail

digests_in() { # MANIFEST: of its config and layers
    grep -oE '[0-9a-f]{64}' "$1" | sort -u
}

images_in() { # LIST: skopeo ends the run at a repeated line
    grep -v '^ *#' "$1" | grep ':' | sort -u
}

fetch_image() { # SOURCE IMAGE WORK
    skopeo --insecure-policy --override-os linux --override-arch amd64 sync --src docker --dest dir \
        --src-tls-verify=false "$1/$2" "$3/$(dirname "$2")"
}

write_link() { # DIRECTORY DIGEST
    mkdir -p "$1"
    printf 'sha256:%s' "$2" >"$1/link"
}

link_blob() { # FILE DIGEST POOL
    local directory=$3/docker/registry/v2/blobs/sha256/${2:0:2}/$2
    mkdir -p "$directory"
    ln -f "$1" "$directory/data"
}

# What makes an image in the registry's layout: its manifest, its blobs, and the links of both.
link_image() { # IMAGE MANIFEST DIGEST FILE_OF_BLOB POOL
    local image=$1 manifest=$2 digest=$3 file_of=$4 into=$5 blob
    local repository=$into/docker/registry/v2/repositories/${image%:*} tag=${image##*:}
    mkdir -p "$repository/_uploads" "$repository/_layers"
    for blob in $(digests_in "$manifest"); do
        link_blob "$($file_of "$blob")" "$blob" "$into"
        write_link "$repository/_layers/sha256/$blob" "$blob"
    done
    link_blob "$manifest" "$digest" "$into"
    write_link "$repository/_manifests/revisions/sha256/$digest" "$digest"
    write_link "$repository/_manifests/tags/$tag/index/sha256/$digest" "$digest"
    write_link "$repository/_manifests/tags/$tag/current" "$digest"
}

convert() { # SOURCE LIST WORK POOL
    local source=$1 list=$2 work=$3 pool=$4 image directory digest
    rm -rf "$work" "$pool"
    in_directory() { printf '%s' "$directory/$1"; }
    for image in $(images_in "$list"); do
        fetch_image "$source" "$image" "$work"
        directory=$work/$image
        digest=$(sha256sum "$directory/manifest.json" | cut -d' ' -f1)
        link_image "$image" "$directory/manifest.json" "$digest" in_directory "$pool"
    done
}

blob_in_pool() { # DIGEST POOL
    printf '%s' "$2/docker/registry/v2/blobs/sha256/${1:0:2}/$1/data"
}

select_images() { # POOL LIST OUT
    local pool=$1 list=$2 out=$3 image digest
    in_pool() { blob_in_pool "$1" "$pool"; }
    for image in $(images_in "$list"); do
        digest=$(sed 's/^sha256://' \
            "$pool/docker/registry/v2/repositories/${image%:*}/_manifests/tags/${image##*:}/current/link")
        link_image "$image" "$(in_pool "$digest")" "$digest" in_pool "$out"
    done
}

# `skopeo sync` keeps only the last part of a name. So names of two parts go project by project, which is what
# the scripts can do; all others are copied one by one.
kind_of() { # IMAGE
    case $1 in
    */*/*) printf others ;;
    */*) printf projects ;;
    *) printf others ;;
    esac
}

# The directory that skopeo reads an image from.
make_skopeo_directory() { # POOL TAG_DIRECTORY WORK
    local pool=$1 digest image directory blob
    image=${2#"$pool/docker/registry/v2/repositories/"}
    image=${image/'/_manifests/tags/'/:}
    directory=$3/$(kind_of "$image")/$image
    digest=$(sed 's/^sha256://' "$2/current/link")
    mkdir -p "$directory"
    ln -f "$(blob_in_pool "$digest" "$pool")" "$directory/manifest.json"
    for blob in $(digests_in "$directory/manifest.json"); do
        ln -f "$(blob_in_pool "$blob" "$pool")" "$directory/$blob"
    done
}

push_all() { # WORK TARGET
    local directory
    for directory in "$1"/projects/*; do
        skopeo --insecure-policy sync --src dir --dest docker --dest-tls-verify=false \
            "$directory" "$2/$(basename "$directory")"
    done
    find "$1/others" -type d -name '*:*' | while read -r directory; do
        skopeo --insecure-policy copy --dest-tls-verify=false "dir:$directory" "docker://$2/${directory#"$1/others/"}"
    done
}

push() { # POOL TARGET WORK
    local pool=$1 target=$2 work=$3 current
    rm -rf "$work"
    mkdir -p "$work/others"
    find "$pool/docker/registry/v2/repositories" -type d -name current | while read -r current; do
        make_skopeo_directory "$pool" "$(dirname "$current")" "$work"
    done
    push_all "$work" "$target"
}

pack() { # POOL FILE
    tar cf "$2" -C "$1" docker
}

# What came is checked when it lies there, each blob against its name.
unpack_and_sum() { # FILE FOLDER
    mkdir "$2"
    tar xf "$1" -C "$2"
    (cd "$2/docker/registry/v2/blobs/sha256" && find . -name data -printf '%P\n' |
        awk -F/ '{ print $2 "  " $0 }' | sha256sum --quiet -c)
    sync -f "$2"
}

# A few files for each process, so that both have work to the end.
verify() { # POOL PROGRAM...
    local pool=$1
    shift
    find "$pool/docker/registry/v2/blobs" -name data -print0 | xargs -0 -P2 -n8 "$@"
}

command=$1
shift
case $command in
convert) convert "$@" ;;
select) select_images "$@" ;;
push) push "$@" ;;
tar) pack "$@" ;;
tar_and_sync) pack "$@" && sync "$2" ;;
zip) (cd "$1" && zip -q -r -0 "$2" docker) ;;
unpack_and_sum) unpack_and_sum "$@" ;;
tar_and_sum) pack "$@" && sha256sum "$2" ;;
verify) verify "$@" ;;
*)
    printf 'scripts_way.sh: there is no step %s\n' "$command" >&2
    exit 2
    ;;
esac
