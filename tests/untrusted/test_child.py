"""A parser that takes too much, crashes or hangs ends itself alone."""

import resource
import time

import pytest

from kernel.untrusted.child import ParserFailedError, ParserLimits, run_parser
from tests.each import each_case

LIMITS = ParserLimits(memory=256, seconds=1, wait_s=5, output=1)


def child(name: str, limits: ParserLimits = LIMITS) -> object:
    return run_parser(f"tests.untrusted.bad_parsers:{name}", b"content", limits)


@pytest.fixture(autouse=True)
def parsers_of_tests(monkeypatch: pytest.MonkeyPatch):
    """An isolated interpreter finds installed packages alone."""
    monkeypatch.setattr("kernel.untrusted.child._ISOLATION", ("-B", "-X", "utf8"))


def test_a_child_answers():
    assert child("length") == 7


@pytest.mark.slow
def test_what_takes_too_much_ends_in_the_child():
    with each_case() as cases:
        for name in ("takes_memory", "takes_time", "crashes", "writes_much", "writes_a_file"):
            before = time.monotonic()
            with cases.case(name), pytest.raises(ParserFailedError):
                child(name)
            with cases.case(name, "in time"):
                assert time.monotonic() - before < 6
    assert (
        resource.getrlimit(resource.RLIMIT_CPU)[0] == resource.RLIM_INFINITY
    )  # the child's limits are its own


def test_what_hangs_is_ended():
    with pytest.raises(ParserFailedError, match="time"):
        child("sleeps", ParserLimits(wait_s=0.5))


def test_a_child_gets_no_secrets(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("QYZMET_BOT_TOKEN", "42:secret")
    assert child("looks_around") == []


def test_openpyxl_reads_by_defusedxml():
    pytest.importorskip("defusedxml")
    assert child("way_of_openpyxl") == [True, False, False]
