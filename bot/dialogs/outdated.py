"""A window whose subject is gone."""


class WindowOutdatedError(Exception):
    """What the window was about is no longer there."""
