from itertools import count

import pytest

from knowledge.answer import Found, Reply
from knowledge.aspect import Aspect
from knowledge.evaluate import Row, evaluate
from knowledge.language import QuestionLanguage


class Replies:
    """Answers each question with the slugs given for it, confidently if there is one."""

    def __init__(self, **slugs: str) -> None:
        self._slugs = slugs

    def ask(self, question):
        found = tuple(
            Found(slug=slug, kind="service", score=50) for slug in self._slugs.get(question, "").split()
        )
        language = QuestionLanguage.RU
        return Reply(
            language=language,
            aspect=Aspect.FEE,
            words=(),
            follow_up=False,
            unnamed=False,
            found=found,
            near=True,
            confident=len(found) == 1,
        )


def row(question, right="", **more):
    line = {"q": question, "lang": "ru", "set": "written", "aspect": "fee", **more}
    return Row.of({**line, "service": right} if right else {**line, "kind": "weather"})


def ticks():
    return count(0, 0.002).__next__


def test_places_make_recall_and_mean_reciprocal_rank():
    replies = Replies(first="a", second="b a", fourth="b c d a", none="b")
    report = evaluate(replies, [row(name, "a") for name in ("first", "second", "fourth", "none")], ticks())
    assert (report["recall@1"], report["recall@3"], report["mrr@5"]) == (0.25, 0.5, (1 + 1 / 2 + 1 / 4) / 4)
    assert report["questions"] == 4


def test_a_second_right_card_counts_as_right():
    assert evaluate(Replies(one="b"), [row("one", "a", also=["b"])], ticks())["recall@1"] == 1


def test_other_asks_for_all_of_it():
    assert row("one", "a", aspect="other").aspect is Aspect.HOW


def test_groups_are_by_language_and_by_set():
    rows = [row("one", "a"), row("two", "a", lang="kk", set="real")]
    report = evaluate(Replies(one="a", two="b"), rows, ticks())
    assert {name: part["recall@1"] for name, part in report["by_language"].items()} == {"ru": 1, "kk": 0}
    assert {name: part["recall@1"] for name, part in report["by_set"].items()} == {"written": 1, "real": 0}


def test_nonsense_counts_by_confidence_and_kind_and_names_what_was_answered():
    report = evaluate(Replies(rain="a", snow="a b"), [row("rain"), row("snow"), row("good", "a")], ticks())
    assert report["nonsense"]["questions"] == 2
    assert report["nonsense"]["confident"] == 0.5
    assert report["nonsense"]["by_kind"] == {"weather": 0.5}
    assert report["nonsense"]["answered"] == [{"q": "rain", "kind": "weather", "found": "a"}]


def test_a_file_of_nonsense_alone_reports_its_confidence():
    report = evaluate(Replies(rain="a", snow="a b"), [row("rain"), row("snow")], ticks())
    assert (report["questions"], report["confident"], report["recall@1"]) == (2, 0.5, None)


def test_the_interval_of_the_difference_holds_it_and_is_the_same_every_time():
    rows = [row(f"q{number}", "a", lang=lang) for number, lang in enumerate(["kk", "ru"] * 30)]
    replies = Replies(**{one.question: "a" if number % 3 else "b" for number, one in enumerate(rows)})
    first, second = (evaluate(replies, rows, ticks())["kk_minus_ru"] for _ in range(2))
    assert first == second
    assert first["low"] <= first["recall@1"] <= first["high"]
    assert first["low"] < first["high"]


def test_there_is_no_difference_without_both_languages():
    assert evaluate(Replies(one="a"), [row("one", "a")], ticks())["kk_minus_ru"] is None


def test_times_are_in_milliseconds():
    report = evaluate(Replies(one="a"), [row("one", "a")], ticks())
    assert report["ms_p50"] == pytest.approx(2)


def test_twenty_misses_at_most_the_farthest_first():
    rows = [row("near", "a"), *(row(f"q{number}", "a") for number in range(30))]
    misses = evaluate(Replies(near="b a"), rows, ticks())["misses"]
    assert len(misses) == 20
    assert "near" not in [miss["q"] for miss in misses]
    assert misses[0]["found"] == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({}, '"q"'),
        ({"q": 5}, '"q"'),
        ({"q": "x", "service": ""}, '"service"'),
        ({"q": "x", "service": "a", "also": "b"}, '"also"'),
        ({"q": "x", "service": "a", "aspect": "price"}, '"aspect"'),
    ],
)
def test_a_line_with_a_fault_names_its_key(line, reason):
    with pytest.raises(ValueError, match=reason):
        Row.of(line)
