"""A delivery through a recording channel."""

from tests.messaging.recording import channel, delivery

__all__ = ["channel", "delivery"]
