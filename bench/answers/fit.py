"""Fit the weights of channels and confidence on the tuning folds, and write knowledge/weights.py.

python -m bench.answers.fit            prints the cross-validation results
python -m bench.answers.fit --all      includes the held-out quarter, once it has been reported
python -m bench.answers.fit … --write  also writes the file

Channels: a softmax over the subjects, ridge towards the weights set by hand. Confidence: a logistic model of
whether the best subject is right, over answerable questions, nonsense, and a sample of aliases as the
shortest questions.
"""

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.answers.questions import DevQuestion, answerable, nonsense
from knowledge.evidence import CHANNELS, CONFIDENT_FROM, EvidenceIndex, Signs, signs_of
from knowledge.language import LanguageDetector
from knowledge.reader import QuestionReader, ear_of
from knowledge.subject import AnswerSubject
from knowledge.word_index import QuestionReading
from knowledge.wording import Wording
from registry_data.guide import load_guides
from registry_data.load import load_cards
from registry_data.synonyms import load_synonyms

Array = NDArray[np.float64]

OUT: Final = Path(__file__).parents[2] / "knowledge" / "weights.py"
BY_HAND: Final = {
    "grams": 7.0,
    "best_grams": 4.0,
    "exact_grams": 2.0,
    "words": 5.0,
    "best_words": 8.0,
    "body": 1.5,
}
CHANNEL_RIDGE: Final = 3e-3
CONFIDENCE_RIDGE: Final = 3e-3
FOLDS: Final = 5
REAL_COUNTS: Final = 2.0  # real questions weigh double, since there are few
ALIASES: Final = 150
CONTENDERS: Final = 80
THRESHOLDS: Final = (0.6, 0.65, 0.7, 0.75, CONFIDENT_FROM, 0.85)


class Bench:
    """The current search, and its output for each question."""

    def __init__(self) -> None:
        self.subjects = [
            *map(AnswerSubject.of_card, load_cards()),
            *map(AnswerSubject.of_guide, load_guides()),
        ]
        lists = load_synonyms()
        wording = Wording(lists)
        self.index = EvidenceIndex(self.subjects, wording)
        self._reader = QuestionReader(
            self.index, wording, LanguageDetector(lists.languages), ear_of(lists, self.subjects)
        )
        self.numbers = {subject.slug: number for number, subject in enumerate(self.subjects)}

    def read(self, text: str) -> tuple[QuestionReading, Array]:
        reading = self._reader.read(text)
        return reading, self.index.evidence(reading).astype(np.float64).T

    def aliases(self) -> list[DevQuestion]:
        pick = random.Random(1)
        calls = [(subject.slug, alias) for subject in self.subjects for alias in subject.aliases]
        return [
            DevQuestion(text=alias, language="", kind="alias", right=(slug,), aspect="how")
            for slug, alias in pick.sample(calls, ALIASES)
        ]


def fit_channels(bench: Bench, evidence: Sequence[Array], questions: Sequence[DevQuestion]) -> Array:
    start = np.array([BY_HAND.get(channel, 0.0) for channel in CHANNELS])
    cases = [
        _contenders(bench, start, rows, question) for rows, question in zip(evidence, questions, strict=True)
    ]

    def loss(weights: Array) -> tuple[float, Array]:
        value = CHANNEL_RIDGE * float(np.sum((weights - start) ** 2))
        slope = 2 * CHANNEL_RIDGE * (weights - start)
        for rows, right, counts in cases:
            chance = np.exp(rows @ weights - np.max(rows @ weights))
            chance /= chance.sum()
            won = chance[right].sum()
            value -= counts * np.log(won) / len(cases)
            slope = slope + counts * (chance - np.where(right, chance / won, 0)) @ rows / len(cases)
        return value, slope

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def _contenders(
    bench: Bench, start: Array, rows: Array, question: DevQuestion
) -> tuple[Array, NDArray[np.bool_], float]:
    right = {bench.numbers[slug] for slug in question.right if slug in bench.numbers}
    kept = sorted(right | set(np.argsort(-rows @ start)[:CONTENDERS].tolist()))
    return (
        rows[kept],
        np.array([number in right for number in kept]),
        REAL_COUNTS if question.kind == "real" else 1.0,
    )


def fit_confidence(signs: Array, right: Array, counts: Array) -> Array:
    def loss(weights: Array) -> tuple[float, Array]:
        chance = 1 / (1 + np.exp(-signs @ weights))
        said = right * np.log(chance + 1e-9) + (1 - right) * np.log(1 - chance + 1e-9)
        ridge = np.r_[0.0, weights[1:]]
        value = -float(counts @ said / counts.sum()) + CONFIDENCE_RIDGE * float(ridge @ ridge)
        return value, signs.T @ (counts * (chance - right)) / counts.sum() + 2 * CONFIDENCE_RIDGE * ridge

    return np.asarray(minimize(loss, np.zeros(signs.shape[1]), jac=True).x)


def _signs(bench: Bench, weights: Array, questions: Sequence[DevQuestion]) -> tuple[Array, Array]:
    """One feature row per question, starting with 1, and whether its best subject is right."""
    rows, right = [], []
    for question in questions:
        reading, evidence = bench.read(question.text)
        scores = evidence @ weights
        rows.append((1.0, *astuple(signs_of(bench.index, reading, evidence.T, scores))))
        right.append(float(bench.subjects[int(np.argmax(scores))].slug in question.right))
    return np.array(rows), np.array(right)


def _scaled(weights: Array) -> Array:
    """Rescaled so that the first channel weighs one."""
    return weights / weights[0]


def cross_validate_channels(
    bench: Bench, evidence: Sequence[Array], questions: Sequence[DevQuestion]
) -> None:
    asked: Counter[str] = Counter()
    first: Counter[str] = Counter()
    third: Counter[str] = Counter()
    for fold in range(FOLDS):
        learn = [number for number in range(len(questions)) if number % FOLDS != fold]
        weights = fit_channels(bench, [evidence[n] for n in learn], [questions[n] for n in learn])
        for number in range(fold, len(questions), FOLDS):
            order = np.argsort(-evidence[number] @ weights)[:3]
            hits = [bench.subjects[at].slug in questions[number].right for at in order]
            for group in (questions[number].kind, f"{questions[number].kind} {questions[number].language}"):
                asked[group] += 1
                first[group] += hits[0]
                third[group] += any(hits)
    for group in sorted(asked):
        shares = f"recall@1 {first[group] / asked[group]:.3f}  recall@3 {third[group] / asked[group]:.3f}"
        print(f"{group:15} {asked[group]:4}  {shares}")


def cross_validate_confidence(
    signs: Array, right: Array, counts: Array, questions: Sequence[DevQuestion]
) -> None:
    chance = np.zeros(len(right))
    for fold in range(FOLDS):
        test = np.arange(len(right)) % FOLDS == fold
        chance[test] = 1 / (
            1 + np.exp(-signs[test] @ fit_confidence(signs[~test], right[~test], counts[~test]))
        )
    kinds = np.array([question.kind for question in questions])
    stray = ~np.isin(kinds, ["real", "written", "alias"])
    for bar in THRESHOLDS:
        sure = chance >= bar
        shares = "  ".join(f"{kind} {sure[kinds == kind].mean():.2f}" for kind in sorted(set(kinds)))
        right_of_sure = right[sure & ~stray].mean()
        print(f"from {bar}: nonsense {sure[stray].mean():.3f}, right {right_of_sure:.3f}; {shares}")


def _file(channels: Array, confidence: Array) -> str:
    def lines(names: Sequence[str], weights: Array) -> str:
        return "".join(f'    "{name}": {weight:.3f},\n' for name, weight in zip(names, weights, strict=True))

    names = ["constant", *(field.name for field in fields(Signs))]
    return (
        '"""What each channel of evidence and each sign of confidence weighs.\n\n'
        "Made by `python -m bench.answers.fit --all --write`; how, and on which questions, stands in "
        'docs/answers.md.\n"""\n\n'
        "from typing import Final\n\n"
        f"CHANNEL_WEIGHTS: Final = {{\n{lines(CHANNELS, channels)}}}\n\n"
        f"CONFIDENCE_WEIGHTS: Final = {{\n{lines(names, confidence)}}}\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    bench = Bench()
    tuned = [question for question in answerable() if given.all or not question.held_out]
    stray = [question for question in nonsense() if given.all or not question.held_out]
    evidence = [bench.read(question.text)[1] for question in tuned]
    cross_validate_channels(bench, evidence, tuned)
    channels = _scaled(fit_channels(bench, evidence, tuned))
    judged = [*tuned, *stray, *bench.aliases()]
    signs, right = _signs(bench, channels, judged)
    counts = np.array([0.3 if question.kind == "alias" else 1.0 for question in judged])
    cross_validate_confidence(signs, right, counts, judged)
    made = _file(channels, fit_confidence(signs, right, counts))
    print(made)
    if given.write:
        OUT.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
