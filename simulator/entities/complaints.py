"""What Telegram says of markup that it cannot read."""

from simulator.errors import Refusal, bad_request


def complaint(reason: str, source: str | None = None, at: int = 0, more: str = "") -> Refusal:
    """A 400; with the `source`, it names the byte in it at which the letter `at` stands."""
    where = "" if source is None else f" at byte offset {len(source[:at].encode())}"
    return bad_request(f"can't parse entities: {reason}{where}{more}")
