# SPDX-License-Identifier: Apache-2.0
"""What the hostile bundles are made of: the files of a registry's storage, and the entries of a tar."""

import hashlib
import json
import tarfile

PLACES = ("first", "middle", "last")
ROOT = b"docker/registry/v2/"
TOOL = b"#!/bin/sh\necho evil\n"
TOOL_NAME = b"layerpool/tool/layerpool-cli-portable"

# What the rules of the import name lies at each place; what else there is, at one of them in turn.
AT_EACH_PLACE = {
    "absolute", "dots", "backslash", "nul", "nul-in-pax-path", "symlink", "hard-link", "character-device", "pipe",
    "sparse-gnu", "sparse-pax-1.0", "no-grammar", "size-huge", "layer-flipped", "layer-twice", "tag-twice",
    "tag-no-digest", "index-lacks-a-blob", "local-name", "local-size", "local-crc", "hidden", "encrypted"}


def shown(name):
    """As a refusal quotes a name, so that nothing of it reaches a terminal."""
    text = "".join(chr(byte) if 0x20 <= byte < 0x7f else f"\\x{byte:02x}" for byte in name[:200])
    return f"“{text}{'…' if len(name) > 200 else ''}”"


def digest_of(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def blob_name(digest):
    algorithm, digits = digest.split(":")
    return ROOT + f"blobs/{algorithm}/{digits[:2]}/{digits}/data".encode()


def put(parts, place, *more):
    at = {"first": 0, "middle": len(parts) // 2, "last": len(parts)}[place]
    return [*parts[:at], *more, *parts[at:]]


def placed(kinds):
    """Each kind with its place; a kind is a tuple that begins with its name."""
    for number, (kind, *rest) in enumerate(kinds):
        for place in PLACES if kind in AT_EACH_PLACE else PLACES[number % 3:][:1]:
            yield place, kind, *rest


class Storage:
    """Of a registry with one image, which is a plain manifest."""

    def __init__(self, folder):
        self.files = [(str(file.relative_to(folder)).encode(), file.read_bytes())
                      for file in sorted(folder.rglob("*")) if file.is_file()]
        self.tag_link, link = next(each for each in self.files if each[0].endswith(b"/current/link"))
        self.manifest = link.decode()
        listed = json.loads(dict(self.files)[blob_name(self.manifest)])
        self.config = listed["config"]["digest"]
        self.layer = listed["layers"][-1]["digest"]
        self.layer_link = next(name for name, _ in self.files
                               if b"/_layers/" in name and self.layer.split(":")[1].encode() in name)
        repository, tag = self.tag_link.decode().split("/repositories/")[1].split("/_manifests/tags/")
        self.repository = repository
        self.tag = tag.split("/")[0]
        self.image = f"{self.repository}:{self.tag}"

    def data(self, name):
        return dict(self.files)[name]

    def without(self, name):
        return [each for each in self.files if each[0] != name]

    def index(self, tool=None):
        """The content as layerpool/index.json lists it, with the program for the far side where there is one."""
        names = [name.decode() for name, _ in self.files]
        below = f"/repositories/{self.repository}/"
        linked = {part: sorted("sha256:" + name.split("/")[-2] for name in names if below + part in name)
                  for part in ("_layers/", "_manifests/revisions/")}
        blobs = sorted((digest_of(data), len(data)) for name, data in self.files if name.endswith(b"/data"))
        name = TOOL_NAME.rpartition(b"/")[2].decode()
        carried = {} if tool is None else {"tool": {"name": name, "size": len(tool), "digest": digest_of(tool)}}
        return {"version": 1, **carried,
                "repositories": [{"name": self.repository, "tags": {self.tag: self.manifest},
                                  "manifests": linked["_manifests/revisions/"],
                                  "layers": linked["_layers/"]}],
                "blobs": [{"digest": digest, "size": size} for digest, size in blobs]}


def padded(data):
    return data + bytes(-len(data) % 512)


def summed(header):
    """A tar's header with the checksum that its bytes have."""
    blank = header[:148] + b" " * 8 + header[156:]
    return blank[:148] + b"%06o\0 " % sum(blank) + blank[156:]


def tar_entry(name, data=b"", kind=tarfile.REGTYPE, target=b"", size=None, pax=None):
    entry = tarfile.TarInfo(name.decode("latin-1"))
    entry.size = len(data) if size is None else size
    entry.type = kind
    entry.mode = 0o644
    entry.linkname = target.decode("latin-1")
    header = entry.tobuf(tarfile.GNU_FORMAT, "latin-1", "strict")
    return (pax_header(pax.items()) if pax else b"") + header + padded(data)


def pax_header(records):
    body = b"".join(pax_record(key + b"=" + value) for key, value in records)
    return tar_entry(b"PaxHeaders/0", body, tarfile.XHDTYPE)


def pax_record(text):
    length = len(text) + 3
    while length != len(b"%d %s\n" % (length, text)):
        length += 1
    return b"%d %s\n" % (length, text)


def tar_of(entries):
    return b"".join(entries) + bytes(1024)


def tar_entries(files):
    return [tar_entry(name, data) for name, data in files]


def tar_of_files(files):
    return tar_of(tar_entries(files))
