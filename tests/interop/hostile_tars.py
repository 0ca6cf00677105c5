# SPDX-License-Identifier: Apache-2.0
"""Hostile tars, plain and packed."""

import gzip
import json
import struct
import tarfile

from hostile_parts import (PLACES, ROOT, TOOL, TOOL_NAME, blob_name, digest_of, pax_header, placed, put, shown, summed,
                           tar_entries, tar_entry, tar_of, tar_of_files)

STRAY = b"a blob that no image has"
STRAY_NAME = blob_name(digest_of(STRAY))


def add_all(corpus, storage):
    add_sound(corpus, storage)
    entries = tar_entries(storage.files)
    for place, kind, names, entry in placed(strange_entries(corpus.folder)):
        corpus.add(kind, place, names, tar_of(put(entries, place, entry)))
    for place, kind, names, name, data in placed(wrong_files(storage)):
        corpus.add(kind, place, names, tar_of_files(put(storage.without(name), place, (name, data))))
    for place, kind, name, data in placed(second_files(storage)):
        corpus.add(kind, place, shown(name), tar_of_files(put(storage.files, place, (name, data))))
    add_indexes(corpus, storage)
    add_tools(corpus, storage)
    add_images_in_part(corpus, storage)
    add_ends(corpus, storage)
    add_packed(corpus, storage)


def add_sound(corpus, storage):
    plain = tar_of_files(storage.files)
    corpus.add_sound("sound.tar", plain)
    corpus.add_sound("sound.tar.gz", gzip.compress(plain, mtime=0))
    corpus.add_sound("sound.tar.zst", stored_zstd(plain, window=64 * 1024))
    corpus.add_sound("stray.tar", tar_of_files(storage.files + [(STRAY_NAME, STRAY)]))
    corpus.add_sound("index.tar", tar_of_files([index_file(storage.index())] + storage.files))
    corpus.add_sound("tool.tar", tar_of_files([index_file(storage.index(TOOL)), (TOOL_NAME, TOOL)] + storage.files))
    pax = [tar_entry(name[:100], data, pax={b"path": name, b"size": b"%d" % len(data)})
           for name, data in storage.files]
    corpus.add_sound("pax.tar", tar_of(pax))


def strange_entries(folder):
    """Entries that no bundle has: the kind, what is said of it, and the entry."""
    yield from strange_names(folder)
    for kind, letter in {"hard-link": tarfile.LNKTYPE, "symlink": tarfile.SYMTYPE}.items():
        yield kind, shown(STRAY_NAME), tar_entry(STRAY_NAME, kind=letter, target=b"/etc/passwd")
    for kind, letter in {"character-device": tarfile.CHRTYPE, "block-device": tarfile.BLKTYPE,
                         "pipe": tarfile.FIFOTYPE}.items():
        yield kind, shown(STRAY_NAME), tar_entry(STRAY_NAME, kind=letter)
    yield "folder-for-file", shown(STRAY_NAME), tar_entry(STRAY_NAME + b"/", kind=tarfile.DIRTYPE)
    yield "file-for-folder", shown(ROOT + b"blobs"), tar_entry(ROOT + b"blobs", STRAY)
    yield from sparse_entries()
    yield from strange_sizes()
    header = bytearray(tar_entry(STRAY_NAME, STRAY))
    header[-512 - 512 + 148] ^= 1
    yield "wrong-checksum", None, bytes(header)


def strange_names(folder):
    evil = STRAY_NAME.rpartition(b"/")[0]
    for kind, name in {
            "absolute": str(folder).encode() + b"/escaped",
            "absolute-in-root": b"/" + STRAY_NAME,
            "dots": b"../escaped",
            "dots-within": ROOT + b"blobs/../" + STRAY_NAME.removeprefix(ROOT),
            "backslash": STRAY_NAME.replace(b"/", b"\\"),
            "escape-sequence": ROOT + b"\x1b[2Jevil",
            "not-ascii": ROOT + "blöbs".encode(),
            "too-long": ROOT + b"x" * 5000,
            "no-grammar": ROOT + b"evil",
            "outside-of-root": b"etc/passwd",
            "beside-data": evil + b"/evil",
            "wrong-prefix": STRAY_NAME.replace(b"sha256/" + evil[-64:-62], b"sha256/00"),
            "upper-case-digest": STRAY_NAME.replace(evil[-64:], evil[-64:].upper()),
            "unknown-algorithm": STRAY_NAME.replace(b"sha256", b"md5"),
            "no-repository-name": ROOT + b"repositories/Evil/_layers/sha256/" + evil[-64:] + b"/link",
            "no-tag": ROOT + b"repositories/evil/_manifests/tags/-v1/current/link"}.items():
        yield kind, shown(name), tar_entry(name, STRAY)
    behind_nul = STRAY_NAME + b"\0/../../evil"
    cut = shown(STRAY_NAME)[:-1]
    yield "nul-in-pax-path", cut, tar_entry(STRAY_NAME, STRAY, pax={b"path": behind_nul})
    long_name = tar_entry(b"././@LongLink", behind_nul, tarfile.GNUTYPE_LONGNAME)
    yield "nul-in-long-name", cut, long_name + tar_entry(b"evil", STRAY)
    evil_path = pax_header([(b"path", b"../escaped")])
    yield "two-pax-paths", shown(STRAY_NAME), pax_header([(b"path", b"../escaped"), (b"path", STRAY_NAME)]) + \
        tar_entry(STRAY_NAME, STRAY)
    yield "two-pax-headers", None, evil_path + tar_entry(STRAY_NAME, STRAY, pax={b"path": STRAY_NAME})
    clean_name = tar_entry(b"././@LongLink", STRAY_NAME + b"\0", tarfile.GNUTYPE_LONGNAME)
    yield "pax-path-and-long-name", None, evil_path + clean_name + tar_entry(STRAY_NAME, STRAY)
    yield "long-name-and-pax-path", None, clean_name + evil_path + tar_entry(STRAY_NAME, STRAY)
    short = bytearray(tar_entry(b"docker", kind=tarfile.DIRTYPE))
    short[8:12] = b"evil"
    yield "nul-in-header", "“docker", summed(bytes(short))
    yield "empty-name", "“”", tar_entry(b"", STRAY)
    yield "empty-pax-path", None, tar_entry(b"", STRAY, pax={b"path": b""})


def sparse_entries():
    """Of a blob whose bytes are the right ones once its hole is filled."""
    held = b"x" * 512
    name = blob_name(digest_of(bytes(512) + held))
    header = bytearray(tar_entry(name, size=len(held), kind=tarfile.GNUTYPE_SPARSE))
    header[-512 + 386:-512 + 410] = b"%011o\0%011o\0" % (512, 512)
    header[-512 + 483:-512 + 495] = b"%011o\0" % 1024
    yield "sparse-gnu", shown(name), bytes(header[:-512]) + summed(bytes(header[-512:])) + held
    old = {b"GNU.sparse.map": b"512,512", b"GNU.sparse.size": b"1024", b"GNU.sparse.numblocks": b"1",
           b"GNU.sparse.name": name}
    yield "sparse-pax-0.1", shown(name), tar_entry(name, held, pax=old)
    new = {b"GNU.sparse.major": b"1", b"GNU.sparse.minor": b"0", b"GNU.sparse.realsize": b"1024",
           b"GNU.sparse.name": name}
    yield "sparse-pax-1.0", shown(name), tar_entry(name, b"1\n512\n512\n".ljust(512, b"\0") + held, pax=new)
    yield "sparse-name-alone", None, tar_entry(STRAY_NAME, STRAY, pax={b"path": STRAY_NAME,
                                                                       b"GNU.sparse.name": b"../escaped"})
    yield "sparse-size-alone", None, tar_entry(STRAY_NAME, STRAY, pax={b"SCHILY.realsize": b"1"})


def strange_sizes():
    """Sizes that overflow, or promise what is not there."""
    for kind, size in {"huge": 2 ** 64, "huge-63": 2 ** 63, "huge-signed": 2 ** 63 - 1, "huge-62": 2 ** 62,
                       "negative": -1, "negative-513": -513}.items():
        yield f"size-{kind}", shown(STRAY_NAME), tar_entry(STRAY_NAME, STRAY, size=size)
    for kind, size in {"huge": b"9223372036854775807", "negative": b"-1"}.items():
        yield f"size-pax-{kind}", shown(STRAY_NAME), tar_entry(STRAY_NAME, STRAY, pax={b"size": size})
    for_all = bytearray(pax_header([(b"size", b"%d" % len(STRAY))]))
    for_all[156:157] = tarfile.XGLTYPE
    yield "size-for-all", None, summed(bytes(for_all[:512])) + bytes(for_all[512:]) + tar_entry(STRAY_NAME, STRAY)
    # No bytes follow a folder, whatever its size: these would be the next header.
    folder = STRAY_NAME.rpartition(b"/")[0] + b"/"
    yield "folder-with-bytes", None, tar_entry(folder, STRAY, kind=tarfile.DIRTYPE)


def wrong_files(storage):
    """Files of the registry that hold something else."""
    layer = blob_name(storage.layer)
    for kind, digest in {"layer": storage.layer, "config": storage.config}.items():
        data = storage.data(blob_name(digest))
        yield f"{kind}-flipped", shown(blob_name(digest)), blob_name(digest), bytes([data[0] ^ 1]) + data[1:]
    # The image lacks what has not the bytes that it asks for: it is named, and the digest.
    manifest = blob_name(storage.manifest)
    yield "manifest-flipped", storage.manifest, manifest, b"[" + storage.data(manifest)[1:]
    for digest, name in {storage.layer: layer, storage.manifest: manifest}.items():
        kind = "layer" if name == layer else "manifest"
        yield f"{kind}-shorter", digest, name, storage.data(name)[:-1]
        yield f"{kind}-longer", digest, name, storage.data(name) + b"\n"
        yield f"{kind}-empty", digest, name, b""
    for kind, name, text in wrong_links(storage):
        yield kind, shown(name), name, text


def wrong_links(storage):
    tag = storage.data(storage.tag_link)
    for kind, text in {"empty": b"", "no-digest": b"evil", "with-newline": tag + b"\n",
                       "too-long": tag * 1000, "upper-case": tag.upper(),
                       "of-a-path": b"../../../../etc/passwd"}.items():
        yield f"tag-{kind}", storage.tag_link, text
    yield "link-empty", storage.layer_link, b""
    yield "link-no-digest", storage.layer_link, b"evil"
    yield "link-other-digest", storage.layer_link, storage.manifest.encode()
    yield "revision-other-digest", storage.tag_link.replace(
        b"/tags/" + storage.tag.encode() + b"/current",
        b"/revisions/" + storage.manifest.replace(":", "/").encode()), storage.layer.encode()


def second_files(storage):
    """Files that stand there twice, and differ."""
    layer = blob_name(storage.layer)
    data = storage.data(layer)
    yield "layer-twice", layer, data[::-1]
    yield "layer-twice-longer", layer, data + b"evil"
    manifest = blob_name(storage.manifest)
    yield "manifest-twice", manifest, storage.data(manifest).replace(b"{", b"[", 1)
    yield "tag-twice", storage.tag_link, storage.layer.encode()
    yield "link-twice", storage.layer_link, storage.manifest.encode()


def index_file(index):
    text = index if isinstance(index, bytes) else json.dumps(index).encode()
    return b"layerpool/index.json", text


def add_indexes(corpus, storage):
    name = shown(b"layerpool/index.json")
    for place, kind, index in placed(wrong_indexes(storage)):
        corpus.add(kind, place, name, tar_of_files(put(storage.files, place, index_file(index))))
    good = index_file(storage.index())
    corpus.add("index-twice", "last", name, tar_of_files([good, *storage.files, index_file(b"{}")]))


def wrong_indexes(storage):
    def changed(change):
        index = storage.index()
        change(index, index["repositories"][0])
        return index

    stray = {"digest": digest_of(STRAY), "size": len(STRAY)}
    yield "index-lists-a-blob-too-many", changed(lambda index, _: index["blobs"].append(stray))
    yield "index-lacks-a-blob", changed(lambda index, _: index["blobs"].pop())
    yield "index-other-size", changed(lambda index, _: index["blobs"][0].update(size=index["blobs"][0]["size"] + 1))
    yield "index-fractional-size", changed(lambda index, _: index["blobs"][0].update(size=0.5))
    yield "index-negative-size", changed(lambda index, _: index["blobs"][0].update(size=-1))
    yield "index-blob-twice", changed(lambda index, _: index["blobs"].append(index["blobs"][0]))
    yield "index-other-tag", changed(lambda _, repository: repository["tags"].update(v0=storage.manifest))
    yield "index-tag-elsewhere", changed(lambda _, repository: repository["tags"].update({storage.tag: storage.layer}))
    yield "index-lacks-a-manifest", changed(lambda _, repository: repository["manifests"].pop())
    yield "index-lacks-a-layer", changed(lambda _, repository: repository["layers"].pop())
    yield "index-other-repository", changed(lambda _, repository: repository.update(name="apps/evil"))
    yield "index-no-repository", changed(lambda _, repository: repository.update(name="../evil"))
    yield "index-unknown-version", changed(lambda index, _: index.update(version=2))
    yield "index-no-json", b"evil"
    yield "index-empty", b""
    yield "index-cut", json.dumps(storage.index()).encode()[:-1]
    text = json.dumps(storage.index()).encode()
    yield "index-key-twice", text.replace(b'"blobs":', b'"blobs": [], "blobs":')
    yield "index-too-deep", text[:-1] + b', "more": ' + b"[" * 2_000 + b"]" * 2_000 + b"}"


def add_tools(corpus, storage):
    for place, kind, names, files in placed(wrong_tools(storage)):
        corpus.add(kind, place, names, tar_of_files(put(storage.files, place, *files)))
    for kind, letter in {"symlink": tarfile.SYMTYPE, "hard-link": tarfile.LNKTYPE}.items():
        link = tar_entry(TOOL_NAME, kind=letter, target=b"/bin/sh")
        corpus.add(f"tool-{kind}", "first", shown(TOOL_NAME),
                   tar_of([link] + tar_entries([index_file(storage.index(TOOL))] + storage.files)))


def wrong_tools(storage):
    """Of the program for the far side: what is said of it, and the files, the index among them."""
    listed = index_file(storage.index(TOOL))
    unlisted = index_file(storage.index())
    good = (TOOL_NAME, TOOL)
    second = TOOL_NAME + b"2"
    tool = shown(TOOL_NAME)
    yield "tool-unlisted", tool, [unlisted, good]
    yield "tool-without-index", tool, [good]
    yield "tool-flipped", tool, [listed, (TOOL_NAME, TOOL[::-1])]
    yield "tool-longer", tool, [(TOOL_NAME, TOOL + b"evil"), listed]
    yield "tool-other-name", shown(second), [listed, (second, TOOL)]
    yield "tool-twice", tool, [listed, good, good]
    yield "two-tools", shown(second), [listed, good, (second, TOOL)]
    yield "tool-missing", shown(b"layerpool/index.json"), [listed]
    for kind, name in {"dots": b"../../escaped", "below": b"bin/sh", "hidden": b".profile", "blank": b"a b"}.items():
        yield f"tool-{kind}", shown(b"layerpool/tool/" + name), [unlisted, (b"layerpool/tool/" + name, TOOL)]
    evil = storage.index(TOOL)
    evil["tool"]["name"] = "../escaped"
    yield "tool-listed-with-dots", shown(b"layerpool/index.json"), [index_file(evil)]


def add_images_in_part(corpus, storage):
    """Every entry is as it should be, and the image is none: it is the image that is named."""
    for kind, digest in {"layer": storage.layer, "config": storage.config, "manifest": storage.manifest}.items():
        corpus.add(f"{kind}-missing", "whole", storage.image, tar_of_files(storage.without(blob_name(digest))))
    text = storage.data(blob_name(storage.manifest))
    listed = json.loads(text)
    layer = listed["layers"][-1]
    other = {
        "no-json": b"evil",
        "too-deep": text.rstrip()[:-1] + b', "more": ' + b"[" * 2_000 + b"]" * 2_000 + b"}",
        "no-manifest": b'{"schemaVersion": 2}',
        "of-a-path": json.dumps(listed | {"config": {**listed["config"], "digest": "../evil"}}).encode(),
        "other-size": json.dumps(listed | {"layers": [{**layer, "size": layer["size"] + 1}]}).encode(),
        "negative-size": json.dumps(listed | {"layers": [{**layer, "size": -1}]}).encode(),
        "too-large": text + b" " * (4 * 1024 * 1024)}
    for kind, manifest in other.items():
        files = [(name.replace(storage.manifest[7:].encode(), digest_of(manifest)[7:].encode()),
                  data.replace(storage.manifest.encode(), digest_of(manifest).encode()))
                 for name, data in storage.without(blob_name(storage.manifest))]
        files.append((blob_name(digest_of(manifest)), manifest))
        corpus.add(f"manifest-{kind}", "whole", storage.image, tar_of_files(files))
    corpus.add("no-image", "whole", None, tar_of_files([(STRAY_NAME, STRAY)]))
    corpus.add("nothing", "whole", None, tar_of([]))


def add_ends(corpus, storage):
    entries = tar_entries(storage.files)
    whole = tar_of(entries)
    stray = tar_entry(STRAY_NAME, STRAY)
    corpus.add("entry-after-end", "last", None, whole + tar_of([stray]))
    corpus.add("garbage-after-end", "last", None, whole + b"evil")
    corpus.add("end-in-the-middle", "middle", None, whole[:len(b"".join(entries[:3]))] + bytes(1024) + whole)
    corpus.add("no-end", "last", None, whole[:-1024])
    corpus.add("half-an-end", "last", None, whole[:-512])
    for place, count in {"first": 0, "middle": len(entries) // 2, "last": len(entries) - 1}.items():
        before = b"".join(entries[:count])
        corpus.add("cut-in-header", place, None, before + entries[count][:200])
        # Of a link and a blob alike, whatever stands there.
        corpus.add("cut-in-file", place, None, before + entries[count][:-512])
    corpus.add("empty-file", "whole", None, b"")
    corpus.add("text", "whole", None, b"evil\n" * 1000)


def stored_zstd(data, window):
    """Frame of blocks that are not packed. The window is a power of two, of 1 KiB at the least."""
    frame = b"\x28\xb5\x2f\xfd\x00" + bytes([(window.bit_length() - 11) << 3])
    size = min(window, 128 * 1024)
    pieces = [data[at:at + size] for at in range(0, len(data), size)]
    for number, piece in enumerate(pieces, 1):
        frame += struct.pack("<I", len(piece) << 3 | (number == len(pieces)))[:3] + piece
    return frame


def add_packed(corpus, storage):
    plain = tar_of_files(storage.files)
    packed = gzip.compress(plain, mtime=0)
    stray = gzip.compress(tar_of([tar_entry(STRAY_NAME, STRAY)]), mtime=0)
    for place in PLACES:
        bundle = tar_of(put(tar_entries(storage.files), place, tar_entry(b"../escaped", STRAY)))
        corpus.add("dots-packed", place, "“../escaped”", gzip.compress(bundle, mtime=0), "tar.gz")
        corpus.add("dots-packed", place, "“../escaped”", stored_zstd(bundle, 64 * 1024), "tar.zst")
    for kind, data in {"twice": gzip.compress(packed, mtime=0), "garbage-after-end": packed + b"evil",
                       "zeros-after-end": packed + bytes(512), "tar-after-end": packed + stray,
                       "cut": packed[:len(packed) // 2], "cut-in-sum": packed[:-5],
                       "no-tar": gzip.compress(b"evil" * 1000, mtime=0)}.items():
        corpus.add(f"gzip-{kind}", "whole", None, data, "tar.gz")
    zstd = stored_zstd(plain, 64 * 1024)
    for kind, data in {"twice": stored_zstd(zstd, 64 * 1024), "in-gzip": gzip.compress(zstd, mtime=0),
                       "garbage-after-end": zstd + b"evil", "cut": zstd[:-1000],
                       "window-too-large": stored_zstd(plain, 2 ** 31)}.items():
        corpus.add(f"zstd-{kind}", "whole", None, data, "tar.zst")
