# SPDX-License-Identifier: Apache-2.0
"""Hostile zips. The numbers are those of APPNOTE.TXT."""

import dataclasses
import io
import stat
import struct
import zipfile
import zlib

from hostile_parts import ROOT, TOOL, TOOL_NAME, blob_name, digest_of, placed, put, shown
from hostile_tars import STRAY, STRAY_NAME, index_file, second_files, wrong_files, wrong_tools

ENCRYPTED = 0x1
DESCRIPTOR = 0x8
STORED, DEFLATED, BZIP2 = 0, 8, 12
UNIX = 3 << 8
NO_32 = 0xffffffff  # Zip64 has the number


@dataclasses.dataclass
class Header:
    """What either directory says of a member."""
    name: bytes
    crc: int
    packed: int
    plain: int
    method: int = STORED
    flags: int = 0
    extra: bytes = b""

    def fields(self):
        return struct.pack("<HHHHIIIHH", self.flags, self.method, 0, 0x21, self.crc & 0xffffffff, self.packed,
                           self.plain, len(self.name), len(self.extra))


class Member:
    """Sound, until its headers are changed."""

    def __init__(self, name, plain, method=STORED, body=None, mode=stat.S_IFREG | 0o644):
        self.body = body if body is not None else plain if method == STORED else deflated(plain)
        self.local = Header(name, zlib.crc32(plain), len(self.body), len(plain), method)
        self.central = dataclasses.replace(self.local)
        self.attributes = mode << 16
        self.descriptor = b""
        self.is_hidden = False
        self.offset = None  # what the central directory says of its place, where that is not it
        self.lies_in = None  # another member, and how far behind its start

    def both(self, **changes):
        return self.locally(**changes).centrally(**changes)

    def locally(self, **changes):
        self.local = dataclasses.replace(self.local, **changes)
        return self

    def centrally(self, **changes):
        self.central = dataclasses.replace(self.central, **changes)
        return self

    def having(self, **changes):
        vars(self).update(changes)
        return self


def deflated(plain):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(plain) + packer.flush()


def local_record(member):
    return (b"PK\x03\x04" + struct.pack("<H", 20) + member.local.fields() + member.local.name + member.local.extra +
            member.body + member.descriptor)


def directory_record(member, offset):
    header = member.central
    at = offset if member.offset is None else member.offset
    return (b"PK\x01\x02" + struct.pack("<HH", UNIX | 45, 20) + header.fields() +
            struct.pack("<HHHII", 0, 0, 0, member.attributes, at) + header.name + header.extra)


def zip_of(members, stub=b"", is_stub_counted=True, gap=b"", comment=b"", tail=b"", count=0, size=0, start=0,
           is_zip64=False):
    """`count`, `size` and `start` are added to what the end says."""
    data = stub
    directory = b""
    listed = 0
    offsets = {}
    for member in members:
        offset = len(data) - (0 if is_stub_counted else len(stub))
        if member.lies_in:
            outer, behind = member.lies_in
            offset = offsets[outer] + behind
        else:
            data += local_record(member)
        offsets[member] = offset
        if not member.is_hidden:
            directory += directory_record(member, offset)
            listed += 1
    data += gap
    at = len(data) - (0 if is_stub_counted else len(stub))
    data += directory
    numbers = (listed + count, len(directory) + size, at + start)
    if is_zip64:
        end = len(data)
        data += b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, UNIX | 45, 45, 0, 0, numbers[0], numbers[0],
                                            numbers[1] % 2 ** 64, numbers[2] % 2 ** 64)
        data += b"PK\x06\x07" + struct.pack("<IQI", 0, end, 1)
        numbers = (0xffff, NO_32, NO_32)
    return data + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, numbers[0], numbers[0], numbers[1], numbers[2],
                                              len(comment)) + comment + tail


def members_of(files):
    return [Member(name, data) for name, data in files]


def add_all(corpus, storage):
    add_sound(corpus, storage)
    members = members_of(storage.files)
    for place, kind, names, strange in placed(strange_members(corpus.folder)):
        corpus.add(f"zip-{kind}", place, names, zip_of(put(members, place, *strange)), "zip")
    for place, kind, names, name, data in placed(wrong_files(storage)):
        corpus.add(f"zip-{kind}", place, names,
                   zip_of(members_of(put(storage.without(name), place, (name, data)))), "zip")
    for place, kind, name, data in placed(second_files(storage)):
        corpus.add(f"zip-{kind}", place, shown(name), zip_of(put(members, place, Member(name, data))), "zip")
    for place, kind, names, files in placed(wrong_tools(storage)):
        corpus.add(f"zip-{kind}", place, names, zip_of(members_of(put(storage.files, place, *files))), "zip")
    link = Member(TOOL_NAME, b"/bin/sh", mode=stat.S_IFLNK | 0o777)
    corpus.add("zip-tool-symlink", "last", shown(TOOL_NAME),
               zip_of(members_of([index_file(storage.index(TOOL)), *storage.files]) + [link]), "zip")
    for kind, data in strange_wholes(storage):
        corpus.add(f"zip-{kind}", "whole", None, data, "zip")


def add_sound(corpus, storage):
    corpus.add_sound("sound.zip", zip_of(members_of(storage.files)))
    corpus.add_sound("tool.zip", zip_of(members_of([index_file(storage.index(TOOL)), *storage.files]) +
                                        [Member(TOOL_NAME, TOOL, mode=stat.S_IFREG | 0o755)]))
    corpus.add_sound("sound64.zip", zip_of(members_of(storage.files), is_zip64=True))
    corpus.add_sound("deflated.zip", zip_of([Member(name, data, DEFLATED) for name, data in storage.files]))
    corpus.add_sound("described.zip", zip_of([described(Member(name, data)) for name, data in storage.files]))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as bundle:
        for name, data in storage.files:
            bundle.writestr(name.decode(), data, zipfile.ZIP_DEFLATED)
    corpus.add_sound("python.zip", written.getvalue())


def described(member, crc=0, packed=0, plain=0):
    """Its sum and sizes follow after it, as a writer that can't go back has them; each differs by so much."""
    header = member.central
    member.both(flags=DESCRIPTOR).locally(crc=0, packed=0, plain=0)
    return member.having(descriptor=b"PK\x07\x08" + struct.pack("<III", header.crc ^ crc, header.packed + packed,
                                                                header.plain + plain))


def strange_members(folder):
    """The kind, what is said of it, and the members: one, or two that belong together."""
    for kind, names, member in [*strange_names(folder), *strange_headers(), *strange_numbers(), *strange_bodies()]:
        yield kind, names, [member]
    name = shown(STRAY_NAME)
    other = b"another blob that no image has"
    inner = Member(blob_name(digest_of(other)), other)
    held = b"some" + local_record(inner)
    outer = Member(blob_name(digest_of(held)), held)
    behind = local_record(outer).index(local_record(inner))
    yield "inside-another", shown(inner.central.name), [outer, inner.having(lies_in=(outer, behind))]
    first = sound()
    yield "listed-twice", name, [first, sound().having(lies_in=(first, 0))]
    yield "blob-twice-unlike", name, [sound(), Member(STRAY_NAME, other)]


def sound():
    return Member(STRAY_NAME, STRAY)


def strange_names(folder):
    evil = STRAY_NAME.rpartition(b"/")[0]
    for kind, name in {
            "absolute": str(folder).encode() + b"/escaped", "dots": b"../escaped",
            "dots-within": ROOT + b"blobs/../" + STRAY_NAME.removeprefix(ROOT),
            "backslash": STRAY_NAME.replace(b"/", b"\\"), "escape-sequence": ROOT + b"\x1b[2Jevil",
            "nul": STRAY_NAME + b"\0evil", "too-long": ROOT + b"x" * 5000, "no-grammar": ROOT + b"evil",
            "wrong-prefix": STRAY_NAME.replace(b"sha256/" + evil[-64:-62], b"sha256/00"),
            "upper-case-digest": STRAY_NAME.replace(evil[-64:], evil[-64:].upper()), "empty-name": b""}.items():
        yield kind, shown(name), Member(name, STRAY)
    for kind, mode in {"symlink": stat.S_IFLNK, "character-device": stat.S_IFCHR, "block-device": stat.S_IFBLK,
                       "pipe": stat.S_IFIFO, "socket": stat.S_IFSOCK}.items():
        yield kind, shown(STRAY_NAME), Member(STRAY_NAME, STRAY, mode=mode | 0o644)
    yield "folder-with-bytes", shown(evil)[:-1], Member(evil + b"/", STRAY, mode=stat.S_IFDIR | 0o755)


def strange_headers():
    """Two directories that differ, or agree upon what is not read."""
    size = len(STRAY)
    longer = described(sound())
    for kind, member in {
            "local-name": sound().locally(name=STRAY_NAME[:-4] + b"evil"),
            "local-name-shorter": sound().locally(name=STRAY_NAME[:-1]),
            "local-name-of-no-grammar": sound().locally(name=STRAY_NAME.replace(ROOT, b"../evil/".rjust(len(ROOT)))),
            "local-size": sound().locally(packed=size + 1, plain=size + 1),
            "central-size": sound().centrally(packed=size - 1, plain=size - 1),
            "local-crc": sound().locally(crc=1),
            "central-crc": sound().centrally(crc=1),
            "crc": sound().both(crc=1),
            "local-method": sound().locally(method=DEFLATED),
            "central-method": sound().centrally(method=DEFLATED),
            "unknown-method": sound().both(method=BZIP2),
            "local-encrypted": sound().locally(flags=ENCRYPTED),
            "central-encrypted": sound().centrally(flags=ENCRYPTED),
            "encrypted": sound().both(flags=ENCRYPTED),
            "stored-with-two-sizes": sound().both(plain=size + 1),
            "descriptor-crc": described(sound(), crc=1),
            "descriptor-size": described(sound(), packed=1, plain=1),
            "descriptor-of-garbage": described(sound()).having(descriptor=b"evil" * 4),
            "descriptor-longer": longer.having(descriptor=longer.descriptor + b"evil" * 2),
            "descriptor-missing": sound().both(flags=DESCRIPTOR),
            "offset-elsewhere": sound().having(offset=1)}.items():
        yield kind, shown(STRAY_NAME), member
    yield "hidden", None, sound().having(is_hidden=True)  # no directory has a name for it


def strange_numbers():
    """Those of Zip64, which overflow."""
    size = len(STRAY)
    for kind, number in {"huge": 2 ** 63, "wraps": 2 ** 64 - 1, "beyond": 2 ** 50}.items():
        extra = struct.pack("<HHQQ", 1, 16, number, number)
        yield f"size64-{kind}", shown(STRAY_NAME), sound().both(packed=NO_32, plain=NO_32, extra=extra)
    for kind, offset in {"huge": 2 ** 63, "wraps": 2 ** 64 - 64, "beyond": 2 ** 40}.items():
        extra = struct.pack("<HHQ", 1, 8, offset)
        yield f"offset64-{kind}", shown(STRAY_NAME), sound().centrally(extra=extra).having(offset=NO_32)
    extra = struct.pack("<HHQQ", 1, 16, size + 1, size + 1)
    yield "local-size64", shown(STRAY_NAME), sound().locally(packed=NO_32, plain=NO_32, extra=extra)


def strange_bodies():
    size = len(STRAY)
    packed = deflated(STRAY)
    for kind, member in {
            "bomb": Member(STRAY_NAME, STRAY, DEFLATED).both(plain=1 << 30),
            "bomb-that-bursts": Member(STRAY_NAME, bytes(1 << 20), DEFLATED).both(plain=size),
            "bytes-behind-end": Member(STRAY_NAME, STRAY, DEFLATED, packed + b"evil"),
            "cut-while-packed": Member(STRAY_NAME, STRAY, DEFLATED, packed[:-4]),
            "no-deflate": Member(STRAY_NAME, STRAY, DEFLATED, b"\xff" * 24)}.items():
        yield kind, shown(STRAY_NAME), member


def strange_wholes(storage):
    files = storage.files
    whole = zip_of(members_of(files))
    yield "stub", zip_of(members_of(files), stub=b"#!/bin/sh\nexit\n")
    yield "stub-not-counted", zip_of(members_of(files), stub=b"#!/bin/sh\nexit\n", is_stub_counted=False)
    yield "zip-in-front", zip_of(members_of(files), stub=zip_of([Member(STRAY_NAME, STRAY)]))
    yield "zip-behind", whole + zip_of([Member(STRAY_NAME, STRAY)])
    yield "gap", zip_of(members_of(files), gap=b"evil")
    yield "comment", zip_of(members_of(files), comment=b"evil")
    yield "comment-not-counted", zip_of(members_of(files), tail=b"evil")
    yield "zeros-after-end", zip_of(members_of(files), tail=bytes(512))
    for kind, number in {"more": 1, "fewer": -1}.items():
        yield f"count-{kind}", zip_of(members_of(files), count=number)
        yield f"count64-{kind}", zip_of(members_of(files), count=number, is_zip64=True)
        yield f"directory-size-{kind}", zip_of(members_of(files), size=number)
        yield f"directory-start-{kind}", zip_of(members_of(files), start=number)
    for kind, number in {"wraps": 2 ** 64 - 1000, "huge": 2 ** 63}.items():
        yield f"start64-{kind}", zip_of(members_of(files), start=number, is_zip64=True)
        yield f"size64-of-directory-{kind}", zip_of(members_of(files), size=number, is_zip64=True)
    yield "no-directory", whole[:whole.index(b"PK\x01\x02")]
    yield "cut-in-directory", whole[:-100]
    yield "cut-in-end", whole[:-4]
    yield "cut-in-member", whole[:len(whole) // 3]
    yield "in-two-disks", whole[:-18] + struct.pack("<HH", 1, 1) + whole[-14:]
    yield "nothing", zip_of([])
    layer = blob_name(storage.layer)
    yield "layer-missing", zip_of(members_of(storage.without(layer)))
