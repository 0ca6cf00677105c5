# SPDX-License-Identifier: Apache-2.0
"""What a screen reader does with a window: finds things by role and name on the accessibility bus, reads them, and
presses them; keys are pressed by way of that bus, too."""

import time

import pyatspi
from gi.repository import GLib

PATIENCE_SECONDS = 60
MOST_TABS = 60
MOST_ROWS = 200
KEYS = {"Home": 0xff50, "Right": 0xff53, "Down": 0xff54, "Tab": 0xff09}
TABLES = (pyatspi.ROLE_TABLE, pyatspi.ROLE_TREE_TABLE, pyatspi.ROLE_TREE)
LISTS = TABLES + (pyatspi.ROLE_LIST,)
FIELDS = (pyatspi.ROLE_ENTRY, pyatspi.ROLE_TEXT)
SAYINGS = (pyatspi.ROLE_LABEL, pyatspi.ROLE_STATIC, pyatspi.ROLE_NOTIFICATION)  # what is only read
BUTTONS = (pyatspi.ROLE_PUSH_BUTTON, pyatspi.ROLE_TOGGLE_BUTTON)
SWITCHES = BUTTONS + (pyatspi.ROLE_CHECK_BOX,)  # of which one at a time is down


class Failure(Exception):
    """What was not as a user needs it."""


def check(is_so, what):
    if not is_so:
        raise Failure(what)
    print(f"  {what}", flush=True)


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


# Finding

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


def below(root):
    """All objects below one, in their order."""
    for index in range(root.childCount):
        child = root.getChildAtIndex(index)
        if child is not None:
            yield child
            if child.getRole() not in TABLES:
                yield from below(child)


def is_shown(node):
    return node.getState().contains(pyatspi.STATE_SHOWING)


def find(root, roles, name, is_shown_only=True):
    for node in below(root):
        if node.getRole() in roles and name in node.name and (is_shown(node) or not is_shown_only):
            return node
    return None


def nameless(root):
    interactive = BUTTONS + TABLES + FIELDS + (
        pyatspi.ROLE_CHECK_BOX, pyatspi.ROLE_COMBO_BOX, pyatspi.ROLE_SPIN_BUTTON, pyatspi.ROLE_PROGRESS_BAR,
        pyatspi.ROLE_MENU_ITEM, pyatspi.ROLE_PAGE_TAB)
    return [f"{node.getRoleName()} in {node.parent.getRoleName()} “{node.parent.name}”"
            for node in below(root)
            if node.getRole() in interactive and is_shown(node) and not node.name.strip()
            and node.parent.getRole() not in (pyatspi.ROLE_COMBO_BOX, pyatspi.ROLE_SPIN_BUTTON)]


def described(root):
    """What a window shows, a line an object: for whoever has to see why something was not found."""
    return "\n".join(f"    {node.getRoleName()} “{node.name}”" for node in below(root) if is_shown(node) and node.name)


# Reading

def columns(table):
    grid = table.queryTable()
    return [grid.getColumnDescription(column) for column in range(grid.nColumns)]


def cells(table):
    """The texts of a table's rows."""
    grid = table.queryTable()
    return [[grid.getAccessibleAt(row, column).name for column in range(grid.nColumns)]
            for row in range(grid.nRows)]


def column(table, name):
    """The texts of a column, from the first row to the last."""
    grid = table.queryTable()
    place = columns(table).index(name)
    return [grid.getAccessibleAt(row, place).name for row in range(grid.nRows)]


def value(table, row_name, column_name):
    """What the cell says that a row and a column meet in, both by their names."""
    grid = table.queryTable()
    place = columns(table).index(column_name)
    for row in range(grid.nRows):
        if row_name in grid.getAccessibleAt(row, 0).name:
            return grid.getAccessibleAt(row, place).name
    return None


def says(tree, text, state):
    """Whether the first row with this text has the state."""
    grid = tree.queryTable()
    names = (grid.getAccessibleAt(row, 0) for row in range(grid.nRows))
    return next(cell for cell in names if text in cell.name).getState().contains(state)


def is_open(tree, text):
    return says(tree, text, pyatspi.STATE_EXPANDED)


def has_focus(node):
    return node.getState().contains(pyatspi.STATE_FOCUSED)


class Focus:
    """What was last told to have the focus. Buttons in a row are found in no other way: a table has only cells."""

    def __init__(self):
        self.told = None
        pyatspi.Registry.registerEventListener(self.follow, "object:state-changed:focused")

    def follow(self, event):
        if event.detail1:
            self.told = event.source

    def node(self):
        while GLib.MainContext.default().iteration(False):
            pass
        return self.told


focus = Focus()


def chosen(table):
    """The cells of the current row, which says that it has the focus wherever that is."""
    grid = table.queryTable()
    for row in range(grid.nRows):
        if has_focus(grid.getAccessibleAt(row, 0)):
            return [grid.getAccessibleAt(row, place).name for place in range(grid.nColumns)]
    return None


# Doing

def press(node):
    actions = node.queryAction()
    for index in range(actions.nActions):
        if actions.getName(index) in ("Press", "Toggle"):
            actions.doAction(index)
            return
    raise Failure(f"“{node.name}” can't be pressed: {[actions.getName(i) for i in range(actions.nActions)]}")


def fill(field, text):
    """Writes in place of what stands in a field."""
    field.queryEditableText().setTextContents(text)
    wait_for(f"“{text}” in “{field.name}”", lambda: field.queryText().getText(0, -1) == text)


def hit(key):
    """A key, to whatever has the focus."""
    pyatspi.Registry.generateKeyboardEvent(KEYS[key], None, pyatspi.KEY_SYM)


def tab(what, is_there):
    for _ in range(MOST_TABS):
        if is_there():
            return
        hit("Tab")
        time.sleep(0.05)  # keys are on their way through the display
    raise Failure(f"“{what}” can't be reached by Tab")


def tab_to(node):
    tab(node.name, lambda: has_focus(node))


def tab_to_button(name):
    """Of a row, too."""
    tab(name, lambda: focus.node() and focus.node().getRole() in BUTTONS and name in focus.node().name)
    return focus.node()


def choose(table, text):
    """Goes down the rows to the one with this text, as its reader would."""
    tab_to(table)
    hit("Home")
    for _ in range(MOST_ROWS):
        if wait_for("the chosen row", lambda: chosen(table)) and text in chosen(table)[0]:
            return
        before = chosen(table)
        hit("Down")
        wait_for(f"a row after {before}", lambda: chosen(table) != before)
    raise Failure(f"no row has “{text}”: {cells(table)}")


def expand(table, text):
    choose(table, text)
    wait_for(f"what can be opened at {text}", lambda: says(table, text, pyatspi.STATE_EXPANDABLE))
    hit("Right")
    wait_for(f"what is below {text}", lambda: is_open(table, text))
