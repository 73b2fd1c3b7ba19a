"""Measure how well questions with known answers are answered: the numbers of `qyzmet evaluate`. Pure: the
caller reads the file.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from knowledge.answer import Knowledge
from knowledge.aspect import Aspect
from knowledge.subject import QuestionReply
from registry_data.schema import ServiceCard

_WORST: Final = 20
_SHOWN: Final = 3
_MRR_AT: Final = 5
_SAMPLES: Final = 2000
_SEED: Final = 20260101

_ALL_OF_IT: Final = ("other", "overview")
# What a set that labels none of these parts calls them.
_COARSE: Final = {Aspect.AMOUNT: Aspect.FEE, Aspect.AGE: Aspect.TERM, Aspect.ELIGIBILITY: Aspect.HOW}
Seconds = Callable[[], float]
EvaluationReport = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationRow:
    """One line of the file. `right`: the slugs that answer the question, none if nothing does. `aspects`: the
    parts that do, none if not given. `group` is the line's "set", or its "kind" if nothing answers it.

    `cases`: words of which each chosen case has one in its Russian text; () if no case may be chosen, None if
    not given. `about` is the card shown before; `follow_up` whether the question leans on it, if given.
    """

    question: str
    language: str
    right: tuple[str, ...]
    aspects: tuple[Aspect, ...]
    group: str
    cases: tuple[str, ...] | None = None
    about: str | None = None
    follow_up: bool | None = None

    @classmethod
    def of(cls, line: Mapping[str, Any]) -> "EvaluationRow":
        """Parse a line's object. Raises ValueError naming the faulty key."""
        right = ((_text(line, "service"), *_texts(line, "also"))) if "service" in line else ()
        return cls(
            question=_text(line, "q"),
            language=_text(line, "lang", "?"),
            right=right,
            aspects=_aspects(line),
            group=_text(line, "set" if right else "kind", "all"),
            cases=_texts(line, "case") if "case" in line else None,
            about=_text(line, "about") if "about" in line else None,
            follow_up=bool(line["follow_up"]) if "follow_up" in line else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """`place`: rank of the first right answer from 1; 0 if not among the five. `case`: whether the right
    cases were chosen, None if the row names none or the card has none to choose.
    """

    row: EvaluationRow
    reply: QuestionReply
    place: int
    aspect: Aspect
    case: bool | None
    milliseconds: float


def evaluate(
    knowledge: Knowledge,
    rows: Iterable[EvaluationRow],
    seconds: Seconds,
    cards: Iterable[ServiceCard] = (),
) -> EvaluationReport:
    """Shares are 0 to 1, times in milliseconds; `seconds` is a monotonic clock. `cards`: those of
    `knowledge`, for the accuracy of cases.

    "questions" and "confident" count the questions that have an answer, or the nonsense if none has.
    """
    rows = tuple(rows)
    fine = any(aspect in _COARSE for row in rows for aspect in row.aspects)
    by_slug = {card.slug: card for card in cards}
    judged = [_judge(knowledge, row, seconds, by_slug, fine=fine) for row in rows]
    asked = [one for one in judged if one.row.right]
    stray = [one for one in judged if not one.row.right]
    times = [one.milliseconds for one in judged]
    report: EvaluationReport = {"questions": len(asked or stray), **_quality(asked)}
    if not asked:
        report["confident"] = _sure(stray)
    report["by_language"] = _by(asked, lambda row: row.language)
    report["by_set"] = _by(asked, lambda row: row.group)
    report["kk_minus_ru"] = _difference([one for one in asked if one.row.group == "written"])
    report["nonsense"] = {"questions": len(stray), **_confident_by_kind(stray)}
    report["ms_p50"] = round(float(np.percentile(times, 50)), 3) if times else None
    report["ms_p99"] = round(float(np.percentile(times, 99)), 3) if times else None
    report["misses"] = _misses(asked)
    return report


def _judge(
    knowledge: Knowledge,
    row: EvaluationRow,
    seconds: Seconds,
    cards: Mapping[str, ServiceCard],
    *,
    fine: bool,
) -> _Judged:
    started = seconds()
    reply = knowledge.ask(row.question, about=row.about)
    spent = 1000 * (seconds() - started)
    places = (at for at, found in enumerate(reply.found, start=1) if found.slug in row.right)
    return _Judged(
        row=row,
        reply=reply,
        place=next(places, 0),
        aspect=reply.aspect if fine else _COARSE.get(reply.aspect, reply.aspect),
        case=_right_case(knowledge, row, cards),
        milliseconds=spent,
    )


def _right_case(knowledge: Knowledge, row: EvaluationRow, cards: Mapping[str, ServiceCard]) -> bool | None:
    """Judged on the right card and part, whatever the search found."""
    card = cards.get(row.right[0]) if row.right else None
    if card is None or row.cases is None or not row.aspects:
        return None
    choice = knowledge.cases(card, row.question, row.aspects[0])
    if len(choice.all) < 2:
        return None
    chosen = [case.ru for case in choice.matched]
    return bool(chosen) == bool(row.cases) and all(any(one in case for one in row.cases) for case in chosen)


def _quality(judged: Sequence[_Judged]) -> EvaluationReport:
    with_aspect = [one for one in judged if one.row.aspects]
    with_case = [one for one in judged if one.case is not None]
    after_card = [one for one in judged if one.row.follow_up is not None]
    return {
        "recall@1": _share(judged, lambda one: one.place == 1),
        "recall@3": _share(judged, lambda one: 1 <= one.place <= _SHOWN),
        f"mrr@{_MRR_AT}": _mean([1 / one.place if one.place else 0.0 for one in judged]),
        "aspect": _share(with_aspect, lambda one: one.aspect in one.row.aspects),
        "case": _share(with_case, lambda one: bool(one.case)),
        "follow_up": _share(after_card, lambda one: one.reply.follow_up is one.row.follow_up),
        "confident": _share(judged, lambda one: one.reply.confident),
        "confident_right": _share([one for one in judged if one.reply.confident], lambda one: one.place == 1),
    }


def _by(judged: Sequence[_Judged], group: Callable[[EvaluationRow], str]) -> EvaluationReport:
    names = sorted({group(one.row) for one in judged})
    parts = {name: [one for one in judged if group(one.row) == name] for name in names}
    return {name: {"questions": len(part), **_quality(part)} for name, part in parts.items()}


def _confident_by_kind(judged: Sequence[_Judged]) -> EvaluationReport:
    kinds = sorted({one.row.group for one in judged})
    share = {kind: _sure([one for one in judged if one.row.group == kind]) for kind in kinds}
    return {
        "confident": _sure(judged),
        "by_kind": share,
        "answered": [_stray(one) for one in judged if one.reply.confident],
    }


def _sure(judged: Sequence[_Judged]) -> float | None:
    return _share(judged, lambda one: one.reply.confident)


def _stray(one: _Judged) -> EvaluationReport:
    return {"q": one.row.question, "kind": one.row.group, "found": one.reply.found[0].slug}


def _difference(judged: Sequence[_Judged]) -> EvaluationReport | None:
    """Recall@1 of Kazakh minus Russian, with its 95 % bootstrap interval; None if one is missing."""
    hits = {
        name: np.array([one.place == 1 for one in judged if one.row.language == name])
        for name in ("kk", "ru")
    }
    if not all(len(part) for part in hits.values()):
        return None
    pick = np.random.default_rng(_SEED)
    means = {name: _resampled(part, pick) for name, part in hits.items()}
    low, high = np.percentile(means["kk"] - means["ru"], [2.5, 97.5])
    difference = float(hits["kk"].mean() - hits["ru"].mean())
    return {"recall@1": round(difference, 4), "low": round(float(low), 4), "high": round(float(high), 4)}


def _resampled(hits: np.ndarray[Any, Any], pick: np.random.Generator) -> np.ndarray[Any, Any]:
    mean: np.ndarray[Any, Any] = hits[pick.integers(0, len(hits), (_SAMPLES, len(hits)))].mean(axis=1)
    return mean


def _misses(judged: Sequence[_Judged]) -> list[EvaluationReport]:
    """The worst misses: first answers not among the five, then the lowest ranked; most confident first."""
    missed = [one for one in judged if one.place != 1]
    missed.sort(key=lambda one: (-(one.place or _MRR_AT + 1), not one.reply.confident, one.row.question))
    return [
        {
            "q": one.row.question,
            "right": list(one.row.right),
            "place": one.place or None,
            "confident": one.reply.confident,
            "found": [found.slug for found in one.reply.found[:_SHOWN]],
        }
        for one in missed[:_WORST]
    ]


def _share(judged: Sequence[_Judged], holds: Callable[[_Judged], bool]) -> float | None:
    return _mean([float(holds(one)) for one in judged])


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _text(line: Mapping[str, Any], key: str, absent: str | None = None) -> str:
    value = line.get(key, absent)
    if not isinstance(value, str) or not value:
        raise ValueError(f'"{key}" has to be a text')
    return value


def _texts(line: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = line.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(f'"{key}" has to be a list of texts')
    return tuple(value)


def _aspects(line: Mapping[str, Any]) -> tuple[Aspect, ...]:
    """The expected aspects; "other" and "overview" mean everything, as "how" does."""
    value = line.get("aspect")
    return () if value is None else tuple(map(_aspect, (value, *_texts(line, "also_aspect"))))


def _aspect(value: Any) -> Aspect:
    if value in _ALL_OF_IT:
        return Aspect.HOW
    try:
        return Aspect(value)
    except ValueError:
        known = ", ".join((*Aspect, *_ALL_OF_IT))
        raise ValueError(f'"aspect" is {value!r}, which is none of {known}') from None
