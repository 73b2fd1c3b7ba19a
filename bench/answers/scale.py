"""How fast questions are answered as the registry grows, on one core.

python -m bench.answers.scale [CARDS …]        205 (as it is), 1300 and 100000 by default

Synthetic cards reuse the real cards' words: a name of three to nine words in each of three languages, and
aliases of one to four, as many as the size allows (see ALIASES). Times are CPU times of the process on one
core.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from time import process_time
from typing import Final

import numpy as np

from bench.answers.questions import answerable, nonsense
from kernel.language import Language
from knowledge.answer import Knowledge
from registry_data.load import load_cards
from registry_data.schema import Aliases, ServiceCard, Text

SIZES: Final = (205, 1_300, 100_000)
MANY: Final = 10_000
ALIASES: Final = {
    False: 8,
    True: 1,
}  # aliases in each language, in a registry of ordinary size and in a huge one
MEGABYTE: Final = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPool:
    """The words of real names and aliases, with their frequency, by language."""

    of: dict[Language, list[str]]

    @classmethod
    def of_cards(cls, cards: Sequence[ServiceCard]) -> "WordPool":
        return cls(of={language: _words(cards, language) for language in Language})

    def phrase(self, language: Language, pick: random.Random, shortest: int, longest: int) -> str:
        return " ".join(pick.choices(self.of[language], k=pick.randint(shortest, longest)))


def _words(cards: Sequence[ServiceCard], language: Language) -> list[str]:
    texts = (
        text
        for card in cards
        for text in (card.names.in_language(language), *card.aliases.in_language(language))
    )
    return [word for text in texts for word in text.split()]


def grown(real: Sequence[ServiceCard], size: int) -> list[ServiceCard]:
    """`size` cards: the real ones, then synthetic ones with real bodies in turn. The same on every run."""
    pick, words = random.Random(size), WordPool.of_cards(real)
    made = [
        _synthetic_card(real[number % len(real)], number, words, pick) for number in range(len(real), size)
    ]
    return [*real, *made]


def _synthetic_card(like: ServiceCard, number: int, words: WordPool, pick: random.Random) -> ServiceCard:
    aliases = {
        language.value: tuple(words.phrase(language, pick, 1, 4) for _ in range(ALIASES[number >= MANY]))
        for language in Language
    }
    names = Text(**{language.value: words.phrase(language, pick, 3, 9) for language in Language})
    return like.model_copy(update={"slug": f"made-{number}", "names": names, "aliases": Aliases(**aliases)})


def measure(cards: Sequence[ServiceCard], questions: Sequence[str]) -> str:
    started = process_time()
    knowledge = Knowledge(cards)
    built = process_time() - started
    knowledge.ask(questions[0])
    times = [_spent(knowledge, question) for question in questions]
    p50, p99 = np.percentile(times, [50, 99])
    memory = knowledge.memory_bytes / MEGABYTE
    return f"| {len(cards):,} | {built:.2f} | {p50:.2f} | {p99:.2f} | {memory:.0f} |"


def _spent(knowledge: Knowledge, question: str) -> float:
    """Milliseconds for one question."""
    started = process_time()
    knowledge.ask(question)
    return 1000 * (process_time() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    sizes = parser.parse_args().sizes
    real = load_cards()
    questions = [question.text for question in (*answerable(), *nonsense())]
    print("| cards | built, s | p50, ms | p99, ms | index, MB |\n|---|---|---|---|---|")
    for size in sizes:
        print(measure(grown(real, size) if size > len(real) else real, questions), flush=True)


if __name__ == "__main__":
    main()
