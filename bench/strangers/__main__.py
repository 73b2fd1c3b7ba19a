"""Fuzz of what strangers send: `python -m bench.strangers [--mutations 100000] [--minutes 10] [--seed 7]`.

Damages the files of the corpus (`tests/untrusted/corpus`) and gives each to the scan, the inspection and,
where those let it through, to openpyxl, as the child process would. Exit status 1 where one raises another
error than its own, takes longer than five seconds or two gigabytes; the file is then left in the corpus.
"""

import argparse
import hashlib
import random
import resource
import sys
import time
from collections import Counter, deque
from pathlib import Path

from bench.strangers.mutations import mutated
from complaints.attachments.sniffing import inspect
from reports.sheet.parser import parse

CORPUS = Path(__file__).parents[2] / "tests" / "untrusted" / "corpus"
LONGEST_S = 5.0
MOST_BYTES = 200_000  # a mutation of a mutation grows
MEMORY = 2 << 30
POOL = 400


def read(content: bytes) -> str:
    """What became of it: taken as a kind or a sheet, or refused."""
    told = inspect(content)
    if "kind" in told:
        return f"taken as {told['kind']}"
    if content.startswith(b"PK"):
        made = parse(content)
        return "parsed" if "rows" in made else str(made["fault"])
    return told["fault"]


def tried_once(content: bytes) -> tuple[str, str | None]:
    """What became of it, and what is wrong with how it was read."""
    begun = time.perf_counter()
    try:
        what = read(content)
    except MemoryError:
        return "fault", "memory"
    except Exception as error:  # noqa: BLE001  whatever it raises is what is looked for
        return "fault", f"{type(error).__name__}: {error}"
    taken = time.perf_counter() - begun
    return (what, None) if taken <= LONGEST_S else ("fault", f"{taken:.1f} s")


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--mutations", type=int, default=100_000)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--seed", type=int, default=None)
    asked = options.parse_args()
    seed = random.SystemRandom().randrange(10**6) if asked.seed is None else asked.seed
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    tried, faults = fuzz(random.Random(seed), asked.mutations, time.monotonic() + 60 * asked.minutes)
    print(
        f"{tried.total()} mutations (seed {seed}): "
        + ", ".join(f"{n} {what}" for what, n in tried.most_common(8))
    )
    return 1 if faults else 0


def fuzz(chance: random.Random, mutations: int, until: float) -> tuple[Counter[str], int]:
    """Damage the corpus, and one time in three what came through; each kind of file equally often."""
    corpus: dict[str, list[bytes]] = {}
    for path in sorted(CORPUS.iterdir()):
        corpus.setdefault(path.suffix, []).append(path.read_bytes())
    passed: dict[str, deque[bytes]] = {kind: deque(maxlen=POOL) for kind in corpus}
    tried = Counter[str]()
    while tried.total() < mutations and time.monotonic() < until:
        kind = chance.choice(list(corpus))
        again = passed[kind] and chance.random() < 1 / 3
        content = mutated(chance.choice(passed[kind] if again else corpus[kind]), chance)[:MOST_BYTES]
        what, fault = tried_once(content)
        tried[what] += 1
        if fault is not None:
            keep(content, fault)
        elif what.startswith(("taken", "parsed", "file_not_ours")):
            passed[kind].append(content)
    return tried, tried["fault"]


def keep(content: bytes, fault: str) -> None:
    path = CORPUS / f"found-{hashlib.sha256(content).hexdigest()[:16]}"
    path.write_bytes(content)
    print(f"{fault}: kept as {path.relative_to(CORPUS.parents[2])}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
