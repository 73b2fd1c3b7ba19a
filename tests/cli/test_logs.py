"""Logging follows sys.stderr when it is replaced."""

import io
import sys

import pytest
import structlog

from cli.logs import log_to_standard_error


def test_closed_stderr_does_not_break_logging(monkeypatch: pytest.MonkeyPatch):
    old, new = io.StringIO(), io.StringIO()
    before = structlog.get_config()
    try:
        monkeypatch.setattr(sys, "stderr", old)
        log_to_standard_error()
        old.close()
        monkeypatch.setattr(sys, "stderr", new)
        structlog.get_logger("test").warning("something happened")
    finally:
        structlog.configure(**before)
    assert "something happened" in new.getvalue()
