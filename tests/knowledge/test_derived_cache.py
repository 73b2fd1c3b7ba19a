from knowledge.catalogue import DerivedCache


def never() -> str:
    raise AssertionError("made a second time")


def test_value_is_made_once_per_key() -> None:
    cache = DerivedCache()
    assert cache.get("a", lambda: "one") == "one"
    assert cache.get("b", lambda: "two") == "two"
    assert (cache.get("a", never), cache.get("b", never)) == ("one", "two")


def test_least_recently_used_value_makes_room() -> None:
    cache = DerivedCache(most=2)
    for key in ("a", "b", "a", "c"):
        cache.get(key, lambda: "old")
    assert cache.get("a", never) == "old"
    assert cache.get("b", lambda: "new") == "new"
