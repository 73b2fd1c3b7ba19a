"""The excerpts of real acts are read as exactly as docs/registry.md says."""

from bench.reading.comparison import Count, compared
from bench.reading.truth import truths
from registry_data.reading.read import read_drafts
from tests.each import each_case


def test_acts_are_read_within_the_targets() -> None:
    every = Count()
    with each_case() as cases:
        for act in truths():
            with cases.case(act.name):
                drafts = [draft.document() for draft in read_drafts(act.files)]
                for count in compared(drafts, act.services).values():
                    every.add(count)
    assert every.precision >= 0.98, every.wrong
    assert every.recall >= 0.90, every.missed
