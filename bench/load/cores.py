"""How much two independent processes gain over one on this machine: an upper bound for any program.

Cores are often hyperthreads or shared with other machines, so two busy processes do less than twice the work
of one. Each process here answers questions from the cards, without a database.
"""

import multiprocessing
import time
from itertools import cycle
from multiprocessing.synchronize import Barrier

from bench.answers.questions import answerable
from knowledge.answer import Knowledge
from registry_data.load import load_cards

SECONDS = 4.0  # duration of each measurement


def gain() -> float:
    """Throughput of two such processes relative to one."""
    return _answered(2) / _answered(1)


def _answered(processes: int) -> int:
    """How many questions `processes` answer together while all of them run."""
    spawn = multiprocessing.get_context("spawn")
    begin, counts = spawn.Barrier(processes), spawn.SimpleQueue()
    started = [spawn.Process(target=_answer, args=(begin, counts)) for _ in range(processes)]
    for process in started:
        process.start()
    found = sum(counts.get() for _ in started)
    for process in started:
        process.join()
    return found


def _answer(begin: Barrier, counts: "multiprocessing.SimpleQueue[int]") -> None:
    knowledge, texts = Knowledge(load_cards()), [one.text for one in answerable()]
    for text in texts:
        knowledge.ask(text)
    begin.wait()
    ends, count = time.perf_counter() + SECONDS, 0
    for text in cycle(texts):
        if time.perf_counter() >= ends:
            break
        knowledge.ask(text)
        count += 1
    counts.put(count)
