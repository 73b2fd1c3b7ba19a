"""`make where` finds the file of a behaviour by the words of its docstrings."""

from tools.where import Module, find, modules


def test_rare_words_and_first_lines_come_first() -> None:
    far = Module("bot/a.py", "A window.", "the deputy on leave")
    near = Module("accounts/leave.py", "Who is on leave, and the deputy.", "")
    other = Module("bot/b.py", "A deputy.", "")
    rest = [Module(f"bot/{letter}.py", "Windows.", "") for letter in "cdefgh"]
    assert find(["deputies", "Leaves"], [far, near, other, *rest]) == [near, other, far]


def test_behaviours_are_found_by_the_words_of_a_newcomer() -> None:
    every = list(modules())
    for words, path in {
        "deputy leave": "accounts/officials/leave.py",
        "import fault line column": "registry_data/sheets/rows.py",
        "import Kazakh letters lost": "registry_data/damage.py",
        "official answers a complaint and the case is closed": "complaints/actions/answering.py",
        "official reply encrypted draft": "complaints/staff_drafts/actions.py",
        "operator's command that finds a person's complaints": "cli/complaints_find.py",
        "fee in an order's table becomes a fee of a draft card": "registry_data/reading/fees.py",
    }.items():
        assert path in [one.path for one in find(words.split(), every)][:3], words
