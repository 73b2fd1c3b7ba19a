"""Screens that were written already."""

from bot.views.screen import Screen
from bot.views.shelf import ScreenShelf


def never() -> Screen:
    raise AssertionError("written a second time")


def test_a_screen_is_written_once_a_key() -> None:
    shelf = ScreenShelf()
    first = shelf.screen("a", lambda: Screen(text="one"))
    other = shelf.screen("b", lambda: Screen(text="two"))
    assert shelf.screen("a", never) is first
    assert shelf.screen("b", never) is other


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    shelf = ScreenShelf(most=2)
    for key in ("a", "b", "a", "c"):
        shelf.screen(key, lambda: Screen(text="old"))
    assert shelf.screen("a", never).text == "old"
    assert shelf.screen("b", lambda: Screen(text="new")).text == "new"
