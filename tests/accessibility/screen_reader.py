#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The window as a screen reader has it: by roles, names, states and values on the accessibility bus, and by nothing
else. Two journeys of a stranger: a list is read, a mirror chosen, the plan started, the plug pulled in the middle and
what failed tried again; then the pool is looked at from all sides, as one does the day after.

Usage, on a display with a window manager, in `dbus-run-session` there: screen_reader.py LAYERPOOL SAMPLE_REGISTRY
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

import pyatspi

from reader import (BUTTONS, FIELDS, LISTS, SAYINGS, SWITCHES, TABLES, Failure, cells, check, column, columns, described,
                    expand, fill, find, hit, is_open, nameless, press, program, tab_to, tab_to_button, value, wait_for,
                    window_of)
from sample_source import SampleSource

IMAGES = ["calico/cni:v3.16.3", "redis:5.0.5-alpine", "demo/web:1.0", "demo/api:2.3"]
ABSENT = "none/such:1.0"
LIST = IMAGES + [IMAGES[0], ABSENT]  # one of them twice
DISTINCT = len(IMAGES) + 1
LAYER_BYTES = 3_000_000
BYTES_PER_SECOND = 6_000_000  # slow enough to be watched, and to be cut off in the middle
PICTURES = (pyatspi.ROLE_IMAGE, pyatspi.ROLE_FILLER)  # Qt's own word for what paints itself
NOBODY = "127.0.0.1:1"  # no test asks the world's registries
TITLE = "Convert "


def look_around(window):
    print("What the window holds:")
    lines = wait_for("the list", lambda: find(window, TABLES, "Lines of the list"))
    wait_for("the list's states", lambda: column(lines, "State").count("Missing") == DISTINCT)
    check(column(lines, "Image") == LIST, "the list is a table of its lines, with a state each")
    said = dict(zip(column(lines, "State"), described_images(lines)))
    check("repeats line 1" in said["Repeated"], f"a repeated line says so, and of which: {said['Repeated']}")
    official = [image for image, note in zip(LIST, described_images(lines)) if "official image" in note]
    check(official == ["redis:5.0.5-alpine"], f"an official image is told in words: {official}")
    check(find(window, (pyatspi.ROLE_MENU_BAR,), ""), "there is a menu bar")
    check(find(window, FIELDS, "Filter the pool"), "the filter is a field with its name")
    for name in ("Open list", "Open pool", "Convert", "Verify"):
        check(find(window, BUTTONS, name), f"“{name}” is a button")
    check(not nameless(window), f"nothing is without a name {nameless(window)}")
    return lines


def described_images(lines):
    """What is said of each image beside its name."""
    grid = lines.queryTable()
    place = columns(lines).index("Image")
    return [grid.getAccessibleAt(row, place).description for row in range(grid.nRows)]


def open_plan(application, window):
    press(wait_for("Convert", lambda: find(window, BUTTONS, "Convert")))
    return wait_for("the plan", lambda: window_of(application, "Convert"))


def start(plan, count):
    try:
        button = wait_for("the start", lambda: find(plan, BUTTONS, f"Fetch {count} image"))
        wait_for("an enabled start", lambda: button.getState().contains(pyatspi.STATE_ENABLED))
    except Failure as failure:
        raise Failure(f"{failure}\n{described(plan)}") from failure
    press(button)


def convert(application, window, mirror):
    print("Convert:")
    plan = open_plan(application, window)
    check(wait_for("a word", lambda: find(plan, SAYINGS, "Nothing was asked for yet")),
          "the plan says that it waits for a registry")
    box = find(plan, (pyatspi.ROLE_CHECK_BOX,), "Signatures and other referrers")
    check(box and box.getState().contains(pyatspi.STATE_CHECKED), "a check box says that it is checked")
    press(box)
    wait_for("the unchecked box", lambda: not box.getState().contains(pyatspi.STATE_CHECKED))
    press(box)
    wait_for("the checked box", lambda: box.getState().contains(pyatspi.STATE_CHECKED))
    check(True, "it can be changed and says so")
    fill(find(plan, FIELDS, "Mirrors"), mirror)
    fill(find(plan, FIELDS, "Source registry"), NOBODY)
    check(True, "the source and its mirror are fields with the names of their labels, and can be written into")
    wait_for("the plan's sentence", lambda: find(plan, SAYINGS, mirror))
    check(find(plan, LISTS, "What will fail"), "what will fail is a list with its name")
    check(not nameless(plan), f"nothing in the plan is without a name {nameless(plan)}")
    start(plan, len(IMAGES))


def failed_images(tasks):
    """How many images failed in the newest task that is over; 0 while it is at work."""
    end = re.fullmatch(r"(\d+) image(?:s|\(s\))? failed", value(tasks, TITLE, "State"))
    return int(end.group(1)) if end else 0


def pull_plug(window, lines, source):
    print("The task, and the plug pulled in the middle of it:")
    tasks = wait_for("the tasks", lambda: find(window, TABLES, "Tasks"))
    shares = []

    def has_begun():
        shares.append(value(tasks, TITLE, "Progress"))
        return shares[-1].endswith(" %") and shares[-1] != "0 %"

    def has_fetched_some():
        return has_begun() and "Done" in column(tasks, "State")

    wait_for("the first bytes", has_begun)
    wait_for("the open row", lambda: is_open(tasks, TITLE))
    check(any(ABSENT in text for text in column(tasks, "Task")), "it opens by itself to what has failed already")
    wait_for("the first image", has_fetched_some)
    source.pull_plug()
    grown = sorted({share for share in shares if share.endswith(" %")})
    check(len(grown) > 1, f"its progress is a value that grows: {grown}")
    wait_for("the end of the task", lambda: failed_images(tasks))
    reasons = [text for text in column(tasks, "Task") if " — " in text]
    check(len(reasons) == failed_images(tasks) > 1 and all(NOBODY in reason for reason in reasons),
          f"{value(tasks, TITLE, 'State')}, and below it is said why: {reasons[-1]}")
    here = wait_for("what had come", lambda: column(lines, "State").count("In pool"))
    check(0 < here < len(IMAGES), f"what had come is in the pool: {here} of {len(IMAGES)}")
    return tasks, here


def retry(application, window, tasks, lines, here):
    print("Retry failed:")
    press(tab_to_button("Retry failed: Convert"))
    plan = wait_for("the plan", lambda: window_of(application, "Convert"))
    check(find(plan, SAYINGS, "that failed"), "its plan is for what failed")
    start(plan, len(IMAGES) - here)
    wait_for("two tasks", lambda: sum(text.startswith("Convert ") for text in column(tasks, "Task")) == 2)
    wait_for("its end", lambda: failed_images(tasks) == 1)
    check(True, "its end is told in the tree of tasks: what no source has, failed, and nothing else")
    wait_for("the list's new states", lambda: column(lines, "State").count("In pool") == len(IMAGES))
    check(column(lines, "State")[-1] == "Missing", "the list says which images are in the pool now")


def look_at_pool(window):
    print("The day after:")
    tree = wait_for("the pool's tree", lambda: find(window, TABLES, "Images of the pool"))
    wait_for("the pool's rows", lambda: any("calico/cni" in row[0] for row in cells(tree)))
    expand(tree, "calico/cni")
    expand(tree, "v3.16.3")
    expand(tree, "linux/amd64")
    parts = [row[0] for row in cells(tree)]
    check(any("layer" in part.lower() for part in parts), f"the tree opens to images and their layers: {parts}")
    facts = wait_for("the details", lambda: find(window, TABLES, "What is known of it"))
    digest = wait_for("the digest", lambda: value(facts, "Digest", "Value"))
    check(digest.startswith("sha256:"), f"the details are a table of names and values: Digest is {digest}")
    look_at_blobs(window)
    look_at_space(window)
    filter_pool(window, tree)


def show(window, view, table):
    press(wait_for(view, lambda: find(window, SWITCHES, view)))
    found = wait_for(table, lambda: find(window, TABLES, table))
    wait_for(f"rows of “{table}”", lambda: len(cells(found)) > 1)
    check(not nameless(window), f"“{table}”: nothing there is without a name {nameless(window)}")
    return found


def look_at_blobs(window):
    blobs = show(window, "The blobs, the largest first", "Blobs of the pool")
    shared = next(row for row in cells(blobs) if row[1] == "Layer" and int(row[3]) > 1)
    expand(blobs, shared[0])
    rows = [row[0] for row in cells(blobs)]
    first = rows.index(shared[0]) + 1
    sharers = set(rows[first:first + int(shared[3])])
    check(len(sharers) == int(shared[3]) and sharers <= set(IMAGES),
          f"a layer of {shared[2]} opens to the images that share it: {sorted(sharers)}")


def look_at_space(window):
    show(window, "What takes the space", "What takes the space, as a table")
    picture = wait_for("the picture", lambda: find(window, PICTURES, "What takes the space, as a picture"))
    tab_to(picture)
    hit("Home")
    told = wait_for("what a tile says", lambda: picture.description)
    check("MB" in told, f"the picture ({picture.getRoleName()}) says what its tile is: {told.splitlines()[0]}")


def filter_pool(window, tree):
    press(find(window, SWITCHES, "Repositories, images"))
    fill(find(window, FIELDS, "Filter the pool"), "demo")
    wait_for("the filtered tree", lambda: {row[0].split("/")[0] for row in cells(tree)} >= {"demo"} and
             not any("calico" in row[0] for row in cells(tree)))
    check(True, "the filter is a field that can be written into, and the tree follows")


def main():
    layerpool, sample_registry = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        (work / "release.txt").write_text("\n".join(LIST) + "\n")
        (work / "pool/docker/registry/v2").mkdir(parents=True)
        (work / "settings.ini").write_text(
            f"[connection]\nbytesPerSecond={BYTES_PER_SECOND}\njobs=1\ntries=1\n")  # an image after the other
        source = SampleSource(work, sample_registry, IMAGES, LAYER_BYTES)
        environment = dict(os.environ, QT_QPA_PLATFORM="xcb", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", LC_ALL="C.UTF-8",
                           HOME=folder)
        window_program = subprocess.Popen([layerpool, "--settings", work / "settings.ini", "--pool", work / "pool",
                                           work / "release.txt"], env=environment)
        try:
            application = wait_for("the program", lambda: program(window_program.pid))
            window = wait_for("the main window", lambda: window_of(application, str(work / "pool")))
            lines = look_around(window)
            convert(application, window, source.host)
            tasks, here = pull_plug(window, lines, source)
            source.plug_in()
            retry(application, window, tasks, lines, here)
            look_at_pool(window)
        finally:
            window_program.terminate()
            window_program.wait()
            source.pull_plug()


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"FAILED: {failure}")
