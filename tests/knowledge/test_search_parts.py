import math
from dataclasses import replace

import numpy as np
import pytest

from knowledge import grams, word_index
from knowledge.evidence import Signs, best_first, is_confident, is_near, probability
from knowledge.grams import GramIndex, Runs
from knowledge.lexicon import Lexicon
from knowledge.stems import stems
from knowledge.typed_text import skeleton
from knowledge.word_index import Postings, QuestionToken, WordIndex, spread
from knowledge.wording import Concepts
from registry_data.synonyms import SynonymLine

SIGNS = Signs(score=1.5, margin=0.4, coverage=0.6, grams=0.2, unknown=0.1, length=3.0, strange=0.0)


def postings_of(documents: list[list[int]], features: int, common: int) -> Postings:
    return Postings(*spread(documents, lambda feature: (feature,)), features, common)


def test_documents_are_flattened_with_lengths():
    told, lengths = spread([["аб", "в"], [], ["в", "аб", ""]], lambda part: [ord(letter) for letter in part])
    assert told.tolist() == [ord(letter) for letter in "абвваб"]
    assert lengths.tolist() == [3, 0, 3]


def test_postings_hold_documents_and_frequencies():
    postings = postings_of([[2, 0, 2], [], [2]], features=4, common=10)
    assert postings.holders(2).tolist() == [0, 2]
    assert postings.holders(1).tolist() == []
    assert postings.held.tolist() == [1, 0, 2, 0]
    assert postings.times.tolist() == [1, 2, 1]


def test_common_feature_is_skipped():
    assert postings_of([[0], [0], [0, 1]], features=2, common=3).holders(0).tolist() == []


def test_empty_postings_hold_nothing():
    assert postings_of([], features=0, common=5).count == 0


def test_same_words_are_most_similar():
    runs = Runs()
    index = GramIndex([[["паспорт", "алу"], ["мектеп"]]], runs)
    ((same, other),) = index.scores({"паспорт": 1.0, "алу": 1.0})
    assert same == pytest.approx(1, abs=1e-5)
    assert other < 0.2
    assert index.scores({"паспрот": 1.0})[0][0] > 0.2  # a mistyped word shares runs
    assert index.scores({"xyz": 1.0})[0].tolist() == [0, 0]


def test_exact_kazakh_letters_score_higher():
    runs = Runs()
    index = GramIndex([[["куәлік"], ["мектеп"]]], runs)
    exact, plain = (index.scores({word: 1.0})[0][0] for word in ("куәлік", "куалик"))
    assert exact > plain > 0.5


QUESTION = {"паспорттар": 1.0, "паспортты": 0.2, "порт": 0.2, "мектепке": 1.0}


def by_definition(documents: list[str], words: dict[str, float]) -> list[float]:
    """The cosines of one-word documents with a question, straight from the formula."""
    held = {one: set(runs_of(one)) for one in documents}
    rarity = {
        run: math.log((1 + len(documents)) / (1 + sum(run in of_one for of_one in held.values()))) + 1
        for run in set().union(*held.values())
    }
    asked: dict[str, float] = {}
    for word, weight in words.items():
        asked |= {run: max(weight, asked.get(run, 0)) for run in runs_of(word) if run in rarity}
    length = math.hypot(*(weight * rarity[run] for run, weight in asked.items()))
    return [
        sum(asked.get(run, 0) * rarity[run] ** 2 for run in of_one)
        / length
        / math.hypot(*(rarity[run] for run in of_one))
        for of_one in held.values()
    ]


def runs_of(word: str) -> list[str]:
    padded = f" {skeleton(word)} "
    return [padded[at : at + size] for size in (3, 4, 5) for at in range(len(padded) - size + 1)]


def test_shared_gram_counts_once_with_the_top_weight():
    documents = ["паспорт", "мектеп", "спорт", "порталдар"]
    index = GramIndex([[[one] for one in documents]], Runs())
    assert index.scores(QUESTION)[0].tolist() == pytest.approx(by_definition(documents, QUESTION))


@pytest.mark.parametrize(
    ("bound", "value"), [("_MAX_CACHED", 3), ("_MAX_CACHED_ENTRIES", 0), ("_SUMMED_UP_TO", 0)]
)
def test_gram_cache_changes_no_score(monkeypatch: pytest.MonkeyPatch, bound: str, value: int):
    partition = [["паспорт"], ["мектеп"], ["порт", "мектеп"]]
    first = GramIndex([partition], Runs()).scores(QUESTION)[0].tolist()
    monkeypatch.setattr(grams, bound, value)
    index = GramIndex([partition], Runs())
    before = index.memory_bytes
    for _ in range(3):
        index.scores({"паспорт": 0.2, "мектебі": 1.0})
        assert index.scores(QUESTION)[0].tolist() == pytest.approx(first)
    assert index.memory_bytes < before + 20_000


def test_each_collection_has_its_own_gram_rarity():
    runs = Runs()
    together = GramIndex([[["паспорт"], ["паспорт", "мектеп"]], [["мектеп"], ["паспорт"]]], runs)
    apart = [
        GramIndex([partition], runs).scores({"паспорт": 1.0, "мектеп": 0.2})[0].tolist()
        for partition in ([["паспорт"], ["паспорт", "мектеп"]], [["мектеп"], ["паспорт"]])
    ]
    scores = together.scores({"паспорт": 1.0, "мектеп": 0.2})
    assert [partition.tolist() for partition in scores] == [pytest.approx(partition) for partition in apart]


def test_word_counts_once_by_its_best_feature():
    index = WordIndex([[("паспорт", "=паспорт")], [("=паспорт",)], []])
    token = QuestionToken(word="паспорт", weight=1, worth=(("=паспорт", 1.5), ("паспорт", 2.0)), mass=2.0)
    assert index.scores([token]).tolist() == [2.0, 1.5, 0.0]
    assert index.scores([token, token]).tolist() == [4.0, 3.0, 0.0]
    assert index.scores([]).tolist() == [0.0, 0.0, 0.0]


def test_word_cache_is_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(word_index, "_MAX_CACHED", 1)
    index = WordIndex([[("паспорт", "=паспорт")], [("=паспорт",)], []])
    before = index.memory_bytes
    for worth in (1.0, 2.0, 3.0):
        token = QuestionToken(word="паспорт", weight=1, worth=(("=паспорт", worth),), mass=worth)
        assert index.scores([token]).tolist() == [worth, worth, 0.0]
    assert index.memory_bytes <= before + 8 * 2


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("паспотр", "паспорт"), ("пасорт", "паспорт"), ("лицнезия", "лиценз"), ("удостоверине", "удостоверен")],
)
def test_mistyped_word_is_corrected(typed, meant):
    known = {stem for word in ("паспорт", "лицензия", "удостоверение") for stem in stems(word)}
    mended = Lexicon([known], []).mended(typed)
    assert meant in [stem for stem, _ in mended]
    assert all(0 < belief <= 1 for _, belief in mended)


def test_unknown_word_has_no_correction():
    assert Lexicon([{"паспорт"}], []).mended("шлакбаум") == ()


def test_rare_word_weighs_more_than_a_common_one():
    lexicon = Lexicon([{"алу", "куа"}, {"алу"}, {"алу"}], [{"шрифт"}])
    assert lexicon.rarity("куа") > lexicon.rarity("алу") > 0
    assert "шрифт" in lexicon
    assert lexicon.utmost_rarity == pytest.approx(math.log(4))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("свидетельства о рождении", {(0, 3, "туу")}),  # any form of the words
        ("метриканы", {(0, 1, "туу")}),
        ("о рождении", set()),  # not the whole phrase
        ("и", set()),
    ],
)
def test_concepts_are_found_in_any_word_form(said, found):
    concepts = Concepts(
        [SynonymLine(words=("туу", "свидетельство о рождении", "метрика", "ии"), reason="test")]
    )
    assert set(concepts.found([stems(word) for word in said.split()])) == found


@pytest.mark.parametrize(
    ("sign", "better"),
    [
        ("score", True),
        ("margin", True),
        ("coverage", True),
        ("grams", True),
        ("unknown", False),
        ("strange", False),
    ],
)
def test_each_sign_moves_confidence_in_its_direction(sign, better):
    moved = replace(SIGNS, **{sign: getattr(SIGNS, sign) + 0.5})
    assert (probability(moved) > probability(SIGNS)) is better
    assert 0 < probability(moved) < 1


@pytest.mark.parametrize(
    ("scores", "most", "best"),
    [([1, 3, 2], 2, [1, 2]), ([1, 1, 1], 2, [0, 1]), ([5], 3, [0]), ([0, 2, 2, 1], 3, [1, 2, 3])],
)
def test_best_scores_come_first_and_ties_keep_order(scores, most, best):
    assert best_first(np.array(scores, dtype=np.float32), most) == best


def test_tie_is_not_confident():
    sure = replace(SIGNS, score=3.0, margin=1.0)
    assert is_confident(sure)
    assert not is_confident(replace(sure, margin=0.01))


def test_known_word_is_near_unless_the_rest_is_strange():
    short = replace(SIGNS, score=0.5, margin=0.1, coverage=0.8, length=0.5)
    assert is_near(short)
    assert not is_near(replace(short, strange=1.0))
    assert not is_near(replace(short, coverage=0.3))
