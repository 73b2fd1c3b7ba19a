"""Refusals: what Telegram answers in place of a result, in its own words."""


class Refusal(Exception):  # noqa: N818  it is an answer, foreseen, and no fault
    """A call that Telegram refuses: HTTP status and `error_code` are one number."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def as_dict(self) -> dict[str, object]:
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(reason: str) -> Refusal:
    """400. Telegram lowers a sentence's first letter and leaves a code (BUTTON_DATA_INVALID) as it is."""
    is_code = len(reason) > 1 and (reason[1] == "_" or reason[1].isupper())
    worded = reason if is_code else reason[:1].lower() + reason[1:]
    return Refusal(400, f"Bad Request: {worded}")


def forbidden(reason: str) -> Refusal:
    return Refusal(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refusal:
    return Refusal(409, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> Refusal:
    """429. `retry_after` in whole seconds."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def unauthorized() -> Refusal:
    return Refusal(401, "Unauthorized")


def unknown_method() -> Refusal:
    return Refusal(404, "Not Found: method not found")


def stale_query() -> Refusal:
    """A callback or inline query that is unknown, answered or too old: one wording for all."""
    return bad_request("query is too old and response timeout expired or query ID is invalid")
