"""Floors under the quality figures of docs/answers.md."""

import json
import random
from collections import Counter
from pathlib import Path
from time import perf_counter
from zlib import crc32

import pytest

from knowledge.evaluate import EvaluationRow, evaluate
from tests.knowledge.spoil import spellings, with_a_mistake

DATA = Path(__file__).parents[1] / "data"
STEP = 10  # about every tenth name and alias in the fast test, each in all its spellings


def rows(name):
    return [
        EvaluationRow.of(json.loads(line)) for line in (DATA / name).read_text(encoding="utf-8").splitlines()
    ]


@pytest.fixture(scope="module")
def report(knowledge):
    return evaluate(knowledge, [*rows("questions-dev.jsonl"), *rows("nonsense-dev.jsonl")], perf_counter)


@pytest.fixture(scope="module")
def blind(knowledge):
    """Reports of the two sets written by others, by name."""
    sets = {
        name: (f"blind-questions-{name}.jsonl", f"blind-nonsense-{name}.jsonl") for name in ("build", "test")
    }
    return {
        name: evaluate(knowledge, [row for file in files for row in rows(file)], perf_counter)
        for name, files in sets.items()
    }


@pytest.mark.parametrize(
    ("group", "measure", "floor"),
    [
        ("written", "recall@1", 0.92),
        ("written", "recall@3", 0.98),
        ("written", "aspect", 0.90),
        ("written", "confident", 0.70),
        ("written", "confident_right", 0.95),
        ("real", "recall@1", 0.78),
        ("real", "recall@3", 0.89),
        ("real", "aspect", 0.80),
        ("real", "confident_right", 0.85),
    ],
)
def test_dev_questions_reach_the_floor(report, group, measure, floor):
    assert report["by_set"][group][measure] >= floor


@pytest.mark.parametrize(
    ("name", "group", "measure", "floor"),
    [
        # The test set: its texts were not read. First run: 0.919, 0.985, 0.927 and 0.811, 0.956, 0.967.
        ("test", "written", "recall@1", 0.89),
        ("test", "written", "recall@3", 0.97),
        ("test", "written", "aspect", 0.90),
        ("test", "real", "recall@1", 0.77),
        ("test", "real", "recall@3", 0.91),
        ("test", "real", "aspect", 0.92),
        # The building set: its misses were read. First run: 0.923, 0.986, 0.900 and 0.850, 0.983, 0.883.
        ("build", "written", "recall@1", 0.92),
        ("build", "written", "recall@3", 0.97),
        ("build", "written", "aspect", 0.95),
        ("build", "real", "recall@1", 0.81),
        ("build", "real", "recall@3", 0.95),
    ],
)
def test_blind_questions_reach_the_floor(blind, name, group, measure, floor):
    assert blind[name]["by_set"][group][measure] >= floor


@pytest.mark.parametrize("name", ["build", "test"])
@pytest.mark.parametrize(("kind", "most"), [("nonsense", 0.03), ("near-miss", 0.05)])
def test_blind_nonsense_is_rarely_confident(knowledge, name, kind, most):
    lines = (DATA / f"blind-nonsense-{name}.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [row["q"] for row in map(json.loads, lines) if row["kind"] == kind]
    sure = [text for text in asked if (reply := knowledge.ask(text)).confident and reply.found]
    assert len(sure) <= most * len(asked), sure


def test_blind_kazakh_and_russian_are_answered_equally_well(blind):
    assert blind["test"]["kk_minus_ru"]["low"] <= 0 <= blind["test"]["kk_minus_ru"]["high"]


def test_kazakh_and_russian_are_answered_equally_well(report):
    assert report["kk_minus_ru"]["low"] <= 0 <= report["kk_minus_ru"]["high"]


def test_nonsense_is_rarely_confident(report):
    assert report["nonsense"]["confident"] <= 0.03
    assert report["nonsense"]["by_kind"]["near-miss"] <= 0.10
    assert report["nonsense"]["by_kind"]["not-in-list-service"] <= 0.10


def shares_found(knowledge, cards, step):
    """The share of names and aliases, with one mistake and in each spelling, found among the first three."""
    asked, found = Counter(), Counter()
    calls = [(card.slug, text) for card in cards for text in calling(card)]
    for slug, text in calls:
        number = crc32(text.encode())  # of the text alone: a card that is added changes no other's sample
        mistyped = with_a_mistake(text, random.Random(number))
        for spelling, typed in spellings(mistyped) if number % step == 0 else ():
            asked[spelling] += 1
            found[spelling] += slug in [one.slug for one in knowledge.ask(typed).found[:3]]
    return {spelling: found[spelling] / asked[spelling] for spelling in asked}


def calling(card):
    aliases = (*card.aliases.kk, *card.aliases.ru, *card.aliases.en)
    return [text for text in (card.names.kk, card.names.ru, card.names.en, *aliases) if text]


@pytest.mark.slow
def test_sampled_misspelled_names_are_found(knowledge, cards):
    shares = shares_found(knowledge, cards, STEP)
    assert set(shares) == {"as is", "folded", "latin", "layout"}
    assert min(shares.values()) >= 0.98, shares


@pytest.mark.long
def test_all_misspelled_names_are_found(knowledge, cards):
    shares = shares_found(knowledge, cards, 1)
    assert min(shares.values()) >= 0.98, shares
