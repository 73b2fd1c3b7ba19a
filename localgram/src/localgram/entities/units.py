"""Offsets in UTF-16 code units, in which Telegram counts."""


def length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
