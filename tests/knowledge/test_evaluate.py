from itertools import count

import pytest

from knowledge.aspect import Aspect
from knowledge.evaluate import EvaluationRow, evaluate
from knowledge.language import QuestionLanguage
from knowledge.subject import Found, QuestionReply


class CannedReplies:
    """Answers each question with its given slugs, confidently if there is one."""

    aspect = Aspect.FEE

    def __init__(self, **slugs: str) -> None:
        self._slugs = slugs

    def ask(self, question, *, about=None):
        found = tuple(
            Found(slug=slug, kind="service", score=50) for slug in self._slugs.get(question, "").split()
        )
        language = QuestionLanguage.RU
        return QuestionReply(
            language=language,
            aspect=self.aspect,
            aspects=(self.aspect,),
            words=(),
            follow_up=False,
            unnamed=False,
            found=found,
            near=True,
            confident=len(found) == 1,
        )


def row(question, right="", **more):
    line = {"q": question, "lang": "ru", "set": "written", "aspect": "fee", **more}
    return EvaluationRow.of({**line, "service": right} if right else {**line, "kind": "weather"})


def ticks():
    return count(0, 0.002).__next__


def test_ranks_give_recall_and_mrr():
    replies = CannedReplies(first="a", second="b a", fourth="b c d a", none="b")
    report = evaluate(replies, [row(name, "a") for name in ("first", "second", "fourth", "none")], ticks())
    assert (report["recall@1"], report["recall@3"], report["mrr@5"]) == (0.25, 0.5, (1 + 1 / 2 + 1 / 4) / 4)
    assert report["questions"] == 4


def test_alternative_card_counts_as_right():
    assert evaluate(CannedReplies(one="b"), [row("one", "a", also=["b"])], ticks())["recall@1"] == 1


def test_aspect_other_means_how():
    assert row("one", "a", aspect="other").aspects == (Aspect.HOW,)


def test_set_without_the_finer_parts_counts_them_as_the_coarser_ones():
    replies = CannedReplies(one="a")
    replies.aspect = Aspect.AMOUNT
    assert evaluate(replies, [row("one", "a")], ticks())["aspect"] == 1
    finer = row("two", "a", aspect="age")
    assert evaluate(replies, [row("one", "a"), finer], ticks())["aspect"] == 0


def test_also_aspect_counts_as_right():
    assert (
        evaluate(CannedReplies(one="a"), [row("one", "a", aspect="how", also_aspect=["fee"])], ticks())[
            "aspect"
        ]
        == 1
    )


def test_follow_up_accuracy_is_measured_on_rows_that_tell_it():
    rows = [
        row("one", "a", about="a", follow_up=True),
        row("two", "b", about="a", follow_up=False),
        row("three", "a"),
    ]
    assert evaluate(CannedReplies(one="a", two="b", three="a"), rows, ticks())["follow_up"] == 0.5


def test_case_accuracy_needs_the_right_cases_and_no_other(knowledge, cards):
    rows = [
        row("украли удостоверение", "identity-card-passport", aspect="documents", case=["украден"]),
        row("как получить, какие документы", "identity-card-passport", aspect="documents", case=[]),
        row("украли удостоверение", "identity-card-passport", aspect="documents", case=["утере"]),
        row("украли удостоверение", "identity-card-passport", aspect="documents"),
    ]
    assert evaluate(knowledge, rows, ticks(), cards)["case"] == round(2 / 3, 4)


def test_groups_are_by_language_and_by_set():
    rows = [row("one", "a"), row("two", "a", lang="kk", set="real")]
    report = evaluate(CannedReplies(one="a", two="b"), rows, ticks())
    assert {name: part["recall@1"] for name, part in report["by_language"].items()} == {"ru": 1, "kk": 0}
    assert {name: part["recall@1"] for name, part in report["by_set"].items()} == {"written": 1, "real": 0}


def test_nonsense_is_counted_by_confidence_and_kind():
    report = evaluate(
        CannedReplies(rain="a", snow="a b"), [row("rain"), row("snow"), row("good", "a")], ticks()
    )
    assert report["nonsense"]["questions"] == 2
    assert report["nonsense"]["confident"] == 0.5
    assert report["nonsense"]["by_kind"] == {"weather": 0.5}
    assert report["nonsense"]["answered"] == [{"q": "rain", "kind": "weather", "found": "a"}]


def test_nonsense_only_file_reports_confidence():
    report = evaluate(CannedReplies(rain="a", snow="a b"), [row("rain"), row("snow")], ticks())
    assert (report["questions"], report["confident"], report["recall@1"]) == (2, 0.5, None)


def test_difference_interval_is_deterministic():
    rows = [row(f"q{number}", "a", lang=lang) for number, lang in enumerate(["kk", "ru"] * 30)]
    replies = CannedReplies(**{one.question: "a" if number % 3 else "b" for number, one in enumerate(rows)})
    first, second = (evaluate(replies, rows, ticks())["kk_minus_ru"] for _ in range(2))
    assert first == second
    assert first["low"] <= first["recall@1"] <= first["high"]
    assert first["low"] < first["high"]


def test_difference_needs_both_languages():
    assert evaluate(CannedReplies(one="a"), [row("one", "a")], ticks())["kk_minus_ru"] is None


def test_times_are_in_milliseconds():
    report = evaluate(CannedReplies(one="a"), [row("one", "a")], ticks())
    assert report["ms_p50"] == pytest.approx(2)


def test_at_most_twenty_misses_worst_first():
    rows = [row("near", "a"), *(row(f"q{number}", "a") for number in range(30))]
    misses = evaluate(CannedReplies(near="b a"), rows, ticks())["misses"]
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
def test_faulty_line_names_its_key(line, reason):
    with pytest.raises(ValueError, match=reason):
        EvaluationRow.of(line)
