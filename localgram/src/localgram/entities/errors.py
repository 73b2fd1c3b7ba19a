"""Telegram's errors for unreadable markup."""

from localgram.errors import ApiError, bad_request


def parse_error(reason: str, source: str | None = None, at: int = 0, more: str = "") -> ApiError:
    """A 400; with `source`, it gives the byte offset of the character `at`."""
    where = "" if source is None else f" at byte offset {len(source[:at].encode())}"
    return bad_request(f"can't parse entities: {reason}{where}{more}")
