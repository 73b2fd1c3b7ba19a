"""Identifiers as Telegram gives them out."""

import secrets

FIRST_GROUP = -1_000_000_000_000  # supergroups and channels count downwards from here


def query_id() -> str:
    """A callback's, inline query's or album's identifier: a long number in a string."""
    return str(secrets.randbits(60) + 2**60)


def file_id() -> str:
    return "BQACAgIAAxkBAAI" + secrets.token_urlsafe(30)


def file_unique_id() -> str:
    return "AgAD" + secrets.token_urlsafe(8)


def inline_message_id() -> str:
    return "BAAAA" + secrets.token_urlsafe(16)
