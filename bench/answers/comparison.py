"""Compare our search with other engines: the same questions and cards in one run.

python -m bench.answers.comparison [--held-out] [--cards N]     prints the table of docs/performance.md

With --held-out only the quarter of the questions that nothing of ours was tuned on. With --cards synthetic
cards are added up to that number; --only takes the beginnings of engines' names.
"""

import argparse
import gc
from collections.abc import Sequence
from contextlib import ExitStack
from time import perf_counter

import numpy as np

from bench.answers.engines import ENGINES, Engine
from bench.answers.questions import DevQuestion, answerable
from bench.answers.scale import grown
from registry_data.load import load_cards
from registry_data.schema import ServiceCard

HEAD = """| | written @1 | written @3 | real @1 | real @3 | MRR@5 | p50, ms | p99, ms | built, s |
|---|---|---|---|---|---|---|---|---|"""


def line(name: str, engine: Engine, cards: Sequence[ServiceCard], questions: Sequence[DevQuestion]) -> str:
    """One engine's row: recall at 1 and 3 by set, mean reciprocal rank, and times."""
    gc.collect()
    with ExitStack() as stack:
        started = perf_counter()
        search = engine(cards, stack)
        built = perf_counter() - started
        search(questions[0].text)
        places, times = [], []
        for question in questions:
            started = perf_counter()
            found = search(question.text)
            times.append(1000 * (perf_counter() - started))
            places.append(next((at for at, slug in enumerate(found, 1) if slug in question.right), 0))
    ranks = np.array(places)
    kinds = np.array([question.kind for question in questions])
    recalls = [
        np.mean((ranks[kinds == kind] >= 1) & (ranks[kinds == kind] <= most))
        for kind in ("written", "real")
        for most in (1, 3)
    ]
    mrr = np.mean(np.divide(1, ranks, out=np.zeros(len(ranks)), where=ranks > 0))
    p50, p99 = np.percentile(times, [50, 99])
    shares = " | ".join(f"{share:.2f}" for share in (*recalls, mrr))
    return f"| {name} | {shares} | {p50:.2f} | {p99:.1f} | {built:.2f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--cards", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=[""])
    given = parser.parse_args()
    held_out = given.held_out
    questions = [question for question in answerable() if question.held_out or not held_out]
    cards = load_cards()
    if given.cards > len(cards):
        cards = grown(cards, given.cards)
    print(f"{len(cards)} cards, {len(questions)} questions\n\n{HEAD}")
    for name, engine in ENGINES.items():
        if not name.startswith(tuple(given.only)):
            continue
        print(line(name, engine, cards, questions), flush=True)


if __name__ == "__main__":
    main()
