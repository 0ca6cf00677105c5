#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes bundles that no import may take, made of a small registry's storage.

    hostile_bundles.py STORAGE OUTPUT

OUTPUT/corpus.json lists them under "hostile": the file to import, the kind of badness, the place of the bad
entry (first, middle, last, or whole), and what must be said of it ("names", null where it is the whole that
is at fault). Under "sound" it lists files that differ from those in the badness alone, and must be taken.
"""

import json
import pathlib
import sys

import hostile_tars
import hostile_zips
from hostile_parts import Storage, tar_of_files


class Corpus:
    def __init__(self, folder):
        self.folder = folder
        self.hostile = []
        self.sound = []

    def write(self, name, data):
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def add(self, kind, place, names, data, ending="tar"):
        name = f"{kind}-{place}.{ending}"
        self.write(name, data)
        self.list(kind, place, names, name)

    def list(self, kind, place, names, name):
        self.hostile.append({"file": name, "kind": kind, "place": place, "names": names})

    def add_sound(self, name, data):
        self.write(name, data)
        self.sound.append(name)


def cut_into_volumes(data, count=4):
    size = -(-len(data) // count)
    return [data[at:at + size] for at in range(0, len(data), size)]


def add_volumes(corpus, storage):
    def write(kind, volumes):
        for number, volume in enumerate(volumes, 1):
            if volume is not None:
                corpus.write(f"{kind}/all.tar.{number:03}", volume)

    def add(kind, place, names, volumes):
        write(f"{kind}-{place}", volumes)
        there = next(number for number, volume in enumerate(volumes, 1) if volume is not None)
        corpus.list(kind, place, names, f"{kind}-{place}/all.tar.{there:03}")

    one, two, three, four = cut_into_volumes(tar_of_files(storage.files))
    write("volumes", [one, two, three, four])
    corpus.sound.append("volumes/all.tar.001")
    add("volume-missing", "first", "all.tar.001", [None, two, three, four])
    add("volume-missing", "middle", "all.tar.002", [one, None, three, four])
    add("volume-missing", "last", "all.tar.004", [one, two, three, None])
    add("volume-shorter", "first", "all.tar.00", [one[:-512], two, three, four])
    add("volume-shorter", "middle", "all.tar.002", [one, two[:-512], three, four])
    add("volume-shorter", "last", None, [one, two, three, four[:-2048]])
    add("volume-longer", "middle", "all.tar.003", [one, two, three + bytes(512), four])
    add("volumes-swapped", "first", None, [two, one, three, four])
    add("volumes-swapped", "middle", None, [one, three, two, four])
    add("volume-twice", "middle", None, [one, two, two, four])
    add("volume-too-many", "last", None, [one, two, three, four.ljust(len(one), b"\0"), one])


def main():
    storage = Storage(pathlib.Path(sys.argv[1]))
    corpus = Corpus(pathlib.Path(sys.argv[2]))
    hostile_tars.add_all(corpus, storage)
    hostile_zips.add_all(corpus, storage)
    add_volumes(corpus, storage)
    listed = {"hostile": corpus.hostile, "sound": corpus.sound}
    corpus.write("corpus.json", json.dumps(listed, indent=1).encode())


if __name__ == "__main__":
    main()
