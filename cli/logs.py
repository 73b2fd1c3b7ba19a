"""Logging to standard error, one line per event, without personal data."""

import logging
import sys

import structlog


def log_to_standard_error() -> None:
    """Readable on a terminal, otherwise one JSON object per line."""
    for_people = sys.stderr.isatty()
    renderer = structlog.dev.ConsoleRenderer() if for_people else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=_to_standard_error,
    )
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s"
    )


def _to_standard_error(*_: object) -> structlog.PrintLogger:
    """Writes to the current sys.stderr, which may have been replaced since."""
    return structlog.PrintLogger(sys.stderr)
