"""The error raised by a window whose subject no longer exists."""


class WindowOutdatedError(Exception):
    """The subject of the window no longer exists."""
