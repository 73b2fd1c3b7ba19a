"""`make where` finds the file of a behaviour by the words of its docstrings."""

from tools.where import Module, find, modules


def test_every_word_must_be_told_and_first_lines_come_first() -> None:
    far = Module("bot/a.py", "A window.", "the deputy on leave")
    near = Module("accounts/leave.py", "Who is on leave, and the deputy.", "")
    other = Module("bot/b.py", "A deputy.", "")
    assert find(["deputy", "Leave"], [far, near, other]) == [near, far]


def test_every_file_with_code_has_a_first_line() -> None:
    listed = {module.path for module in modules()}
    assert "accounts/officials/leave.py" in listed
    assert find(["402", "forty"], list(modules())) == []
