"""Where the program's own log goes: standard error, a line an event, never a person's words."""

import logging
import sys

import structlog


def log_to_standard_error() -> None:
    """For people where a terminal reads it, else one JSON object a line."""
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
    """To what standard error is when the event happens: it may have been put elsewhere meanwhile."""
    return structlog.PrintLogger(sys.stderr)
