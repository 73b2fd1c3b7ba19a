"""A delivery through a channel that records."""

from tests.messaging.recording import channel, delivery

__all__ = ["channel", "delivery"]
