#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The window as a screen reader has it: by roles, names, states and values on the accessibility bus, and by nothing
else; keys are pressed by way of that bus. It finds what a stranger would look for, presses Convert, starts the plan,
reads the progress and the end; then it looks at the pool from all sides, as one does the day after.

Usage, on a display with a window manager, in `dbus-run-session` there: screen_reader.py LAYERPOOL SAMPLE_REGISTRY
"""

import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import pyatspi

PATIENCE_SECONDS = 60
LIST = "calico/cni:v3.16.3\ndemo/web:1.0\ndemo/api:2.3\nnone/such:1.0\n"


class Failure(Exception):
    """What was not as a user needs it."""


def wait_for(what, look):
    """The first true thing that `look` returns; the tree changes while one reads it."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            found = look()
            if found:
                return found
        except Exception:  # an object may be gone by the time it is asked
            pass
        time.sleep(0.05)
    raise Failure(f"{what} was not found in {PATIENCE_SECONDS} s")


def described(root):
    """What a window shows, a line an object: for whoever has to see why something was not found."""
    return "\n".join(f"    {node.getRoleName()} “{node.name}”" for node in below(root) if is_shown(node) and node.name)


def below(root):
    """All objects below one, in their order."""
    for index in range(root.childCount):
        child = root.getChildAtIndex(index)
        if child is not None:
            yield child
            if child.getRole() not in (pyatspi.ROLE_TABLE, pyatspi.ROLE_TREE_TABLE, pyatspi.ROLE_TREE):
                yield from below(child)


def is_shown(node):
    return node.getState().contains(pyatspi.STATE_SHOWING)


def find(root, roles, name, is_shown_only=True):
    for node in below(root):
        if node.getRole() in roles and name in node.name and (is_shown(node) or not is_shown_only):
            return node
    return None


def cells(table):
    """The texts of a table's rows."""
    grid = table.queryTable()
    rows = []
    for row in range(grid.nRows):
        rows.append([grid.getAccessibleAt(row, column).name for column in range(grid.nColumns)])
    return rows


def press(node):
    actions = node.queryAction()
    for index in range(actions.nActions):
        if actions.getName(index) in ("Press", "Toggle"):
            actions.doAction(index)
            return
    raise Failure(f"“{node.name}” can't be pressed: {[actions.getName(i) for i in range(actions.nActions)]}")


def check(is_so, what):
    if not is_so:
        raise Failure(what)
    print(f"  {what}", flush=True)


TABLES = (pyatspi.ROLE_TABLE, pyatspi.ROLE_TREE_TABLE, pyatspi.ROLE_TREE)
KEYS = {"Home": 0xff50, "Right": 0xff53, "Down": 0xff54, "Tab": 0xff09}
MOST_TABS = 60
BUTTONS = (pyatspi.ROLE_PUSH_BUTTON, pyatspi.ROLE_TOGGLE_BUTTON)
SWITCHES = BUTTONS + (pyatspi.ROLE_CHECK_BOX,)  # of which one at a time is down


def program(pid):
    desktop = pyatspi.Registry.getDesktop(0)
    for index in range(desktop.childCount):
        application = desktop.getChildAtIndex(index)
        if application is not None and application.get_process_id() == pid:
            return application
    return None


def window_of(application, name):
    for index in range(application.childCount):
        window = application.getChildAtIndex(index)
        if window is not None and name in window.name:
            return window
    return None


def hit(key):
    """A key, to whatever has the focus."""
    pyatspi.Registry.generateKeyboardEvent(KEYS[key], None, pyatspi.KEY_SYM)


def has_focus(node):
    return node.getState().contains(pyatspi.STATE_FOCUSED)


def tab_to(table):
    for _ in range(MOST_TABS):
        if has_focus(table) or chosen(table):
            return
        hit("Tab")
        time.sleep(0.05)  # keys are on their way through the display
    raise Failure(f"“{table.name}” can't be reached by Tab")


def choose(table, text):
    """Goes down the rows to the one with this text, as its reader would."""
    tab_to(table)
    hit("Home")
    for _ in range(200):
        if wait_for("the chosen row", lambda: chosen(table)) and text in chosen(table)[0]:
            return
        before = chosen(table)
        hit("Down")
        wait_for(f"a row after {before}", lambda: chosen(table) != before)
    raise Failure(f"no row has “{text}”: {cells(table)}")


def chosen(table):
    """The cells of the row that has the focus."""
    grid = table.queryTable()
    for row in range(grid.nRows):
        if has_focus(grid.getAccessibleAt(row, 0)):
            return [grid.getAccessibleAt(row, column).name for column in range(grid.nColumns)]
    return None


def expand(table, text):
    choose(table, text)
    before = table.queryTable().nRows
    hit("Right")
    wait_for(f"what is below {text}", lambda: table.queryTable().nRows > before)


def value(table, row_name, column_name):
    """What the cell says that a row and a column meet in, both by their names."""
    grid = table.queryTable()
    names = [grid.getColumnDescription(column) for column in range(grid.nColumns)]
    for row in range(grid.nRows):
        if row_name in grid.getAccessibleAt(row, 0).name:
            return grid.getAccessibleAt(row, names.index(column_name)).name
    return None


def nameless(root):
    interactive = BUTTONS + TABLES + (
        pyatspi.ROLE_CHECK_BOX, pyatspi.ROLE_COMBO_BOX, pyatspi.ROLE_ENTRY, pyatspi.ROLE_TEXT,
        pyatspi.ROLE_SPIN_BUTTON, pyatspi.ROLE_PROGRESS_BAR, pyatspi.ROLE_MENU_ITEM, pyatspi.ROLE_PAGE_TAB)
    return [f"{node.getRoleName()} in {node.parent.getRoleName()} “{node.parent.name}”"
            for node in below(root)
            if node.getRole() in interactive and is_shown(node) and not node.name.strip()
            and node.parent.getRole() not in (pyatspi.ROLE_COMBO_BOX, pyatspi.ROLE_SPIN_BUTTON)]


def look_around(window):
    print("What the window holds:")
    lines = wait_for("the list", lambda: find(window, TABLES, "Lines of the list"))
    wait_for("the list's states", lambda: sum("Missing" in row[0] for row in cells(lines)) == 4)
    check(any("calico/cni:v3.16.3" in cell for cell in cells(lines)[0]), "the list is a table of its lines, with a state each")
    check(find(window, (pyatspi.ROLE_MENU_BAR,), ""), "there is a menu bar")
    check(find(window, (pyatspi.ROLE_ENTRY, pyatspi.ROLE_TEXT), "Filter the pool"), "the filter is a field with its name")
    for name in ("Open list", "Open pool", "Convert", "Verify"):
        check(find(window, BUTTONS, name), f"“{name}” is a button")
    check(not nameless(window), f"nothing is without a name {nameless(window)}")
    return lines


def convert(application, window, host):
    print("Convert:")
    press(wait_for("Convert", lambda: find(window, BUTTONS, "Convert")))
    plan = wait_for("the plan", lambda: window_of(application, "Convert"))
    source = wait_for("the source", lambda: find(plan, (pyatspi.ROLE_ENTRY, pyatspi.ROLE_TEXT), "Source registry"))
    check(host in source.queryText().getText(0, -1), "the plan's fields have the names of their labels, and their text")
    box = find(plan, (pyatspi.ROLE_CHECK_BOX,), "Signatures and other referrers")
    check(box and box.getState().contains(pyatspi.STATE_CHECKED), "a check box says that it is checked")
    press(box)
    wait_for("the unchecked box", lambda: not box.getState().contains(pyatspi.STATE_CHECKED))
    press(box)
    wait_for("the checked box", lambda: box.getState().contains(pyatspi.STATE_CHECKED))
    check(True, "it can be changed and says so")
    try:
        start = wait_for("the start", lambda: find(plan, BUTTONS, "Fetch 3 image"))
    except Failure as failure:
        raise Failure(f"{failure}\n{described(plan)}") from failure
    wait_for("an enabled start", lambda: start.getState().contains(pyatspi.STATE_ENABLED))
    check(find(plan, TABLES + (pyatspi.ROLE_LIST,), "What will fail"), "what will fail is a list with its name")
    check(not nameless(plan), f"nothing in the plan is without a name {nameless(plan)}")
    press(start)


def watch(window, lines):
    print("The task:")
    tasks = wait_for("the tasks", lambda: find(window, TABLES, "Tasks"))
    values = set()

    def has_ended():
        values.add(value(tasks, "Convert release.txt", "Progress"))
        return any("1 image(s) failed" in cell or "1 image failed" in cell for row in cells(tasks) for cell in row)

    wait_for("the end of the task", has_ended)
    shares = {text for text in values if text and text.endswith(" %")}
    check(len(shares) > 1, f"its progress is a value that grows: {sorted(shares)}")
    wait_for("the list's new states", lambda: sum("In pool" in row[0] for row in cells(lines)) == 3)
    check(True, "the list says which images are in the pool now")
    pool = wait_for("the pool's tree", lambda: find(window, TABLES, "Images of the pool"))
    wait_for("the pool's rows", lambda: any("calico/cni" in cell for row in cells(pool) for cell in row))
    check(True, "the pool is a tree of repositories")


def look_at_pool(window):
    print("The day after:")
    tree = find(window, TABLES, "Images of the pool")
    expand(tree, "calico/cni")
    expand(tree, "v3.16.3")
    expand(tree, "linux/amd64")
    parts = [row[0] for row in cells(tree)]
    check(any("layer" in part.lower() for part in parts), f"the tree opens to images and their layers: {parts}")
    facts = wait_for("the details", lambda: find(window, TABLES, "What is known of it"))
    digest = wait_for("the digest", lambda: value(facts, "Digest", "Value"))
    check(digest.startswith("sha256:"), f"the details are a table of names and values: Digest is {digest}")
    for view, table in (("The blobs, the largest first", "Blobs of the pool"),
                        ("What takes the space", "What takes the space, as a table")):
        press(wait_for(view, lambda: find(window, SWITCHES, view)))
        rows = wait_for(table, lambda: cells(find(window, TABLES, table)))
        check(len(rows) > 1, f"“{table}”: {rows[0]}")
        check(not nameless(window), f"nothing there is without a name {nameless(window)}")
    press(find(window, SWITCHES, "Repositories, images"))
    entry = find(window, (pyatspi.ROLE_ENTRY, pyatspi.ROLE_TEXT), "Filter the pool")
    entry.queryEditableText().setTextContents("demo")
    wait_for("the filtered tree", lambda: {row[0].split("/")[0] for row in cells(tree)} >= {"demo"} and
             not any("calico" in row[0] for row in cells(tree)))
    check(True, "the filter is a field that can be written into, and the tree follows")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_registry(work, sample_registry):
    (work / "source.list").write_text("\n".join(LIST.splitlines()[:3]) + "\n")
    storage = work / "source"
    subprocess.run([sample_registry, storage, work / "source.list", "--layer-size", "3000000"], check=True,
                   stdout=subprocess.DEVNULL)
    port = free_port()
    config = work / "registry.yml"
    config.write_text(f'version: 0.1\nlog: {{level: error, accesslog: {{disabled: true}}}}\n'
                      f'storage: {{filesystem: {{rootdirectory: {storage}}}}}\nhttp: {{addr: "127.0.0.1:{port}"}}\n')
    registry = subprocess.Popen(["docker-registry", "serve", config], stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)

    def answers():
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/v2/", timeout=2).status == 200

    wait_for("the registry", answers)
    return registry, f"127.0.0.1:{port}"


def main():
    layerpool, sample_registry = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        registry, host = start_registry(work, sample_registry)
        (work / "release.txt").write_text(LIST)
        (work / "pool/docker/registry/v2").mkdir(parents=True)
        (work / "settings.ini").write_text(f"[convert]\nsource={host}\n"  # slow enough to be watched
                                            "[connection]\nbytesPerSecond=8000000\n")
        environment = dict(os.environ, QT_QPA_PLATFORM="xcb", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", LC_ALL="C.UTF-8",
                           HOME=folder)
        window_program = subprocess.Popen([layerpool, "--settings", work / "settings.ini", "--pool", work / "pool",
                                           work / "release.txt"], env=environment)
        try:
            application = wait_for("the program", lambda: program(window_program.pid))
            window = wait_for("the main window", lambda: window_of(application, str(work / "pool")))
            lines = look_around(window)
            convert(application, window, host)
            watch(window, lines)
            look_at_pool(window)
        finally:
            for each in (window_program, registry):
                each.terminate()
                each.wait()


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"FAILED: {failure}")
