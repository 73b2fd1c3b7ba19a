"""Screens that were written already."""

from bot.views.screen import Screen
from bot.views.screen_cache import ScreenCache


def never() -> Screen:
    raise AssertionError("written a second time")


def test_a_screen_is_written_once_a_key() -> None:
    cache = ScreenCache()
    first = cache.screen("a", lambda: Screen(text="one"))
    other = cache.screen("b", lambda: Screen(text="two"))
    assert cache.screen("a", never) is first
    assert cache.screen("b", never) is other


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    cache = ScreenCache(most=2)
    for key in ("a", "b", "a", "c"):
        cache.screen(key, lambda: Screen(text="old"))
    assert cache.screen("a", never).text == "old"
    assert cache.screen("b", lambda: Screen(text="new")).text == "new"
