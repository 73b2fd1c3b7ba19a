"""Identifiers in Telegram's formats."""

import secrets

FIRST_GROUP = -1_000_000_000_000  # supergroups and channels count down from here


def query_id() -> str:
    """The id of a callback, an inline query or an album: a long number as a string."""
    return str(secrets.randbits(60) + 2**60)


def file_id() -> str:
    return "BQACAgIAAxkBAAI" + secrets.token_urlsafe(30)


def file_unique_id() -> str:
    return "AgAD" + secrets.token_urlsafe(8)


def inline_message_id() -> str:
    return "BAAAA" + secrets.token_urlsafe(16)
