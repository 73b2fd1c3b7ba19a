"""Every file that was ever hostile, and mutations of them, are read or refused; `make soak` tries 100,000."""

import random
import time

from bench.strangers.__main__ import CORPUS, fuzz, tried_once
from complaints.attachments.sniffing import inspect
from tests.each import each_case


def test_corpus_is_read_or_refused():
    with each_case() as cases:
        for path in sorted(CORPUS.iterdir()):
            with cases.case(path.name):
                content = path.read_bytes()
                assert tried_once(content)[1] is None
                if path.suffix != ".xlsx" and not path.name.startswith("found"):
                    assert ("kind" in inspect(content)) == path.name.startswith("good")


def test_some_mutations_are_read_or_refused():
    tried, faults = fuzz(random.Random(7), 300, time.monotonic() + 20)
    assert tried.total() == 300
    assert faults == 0
