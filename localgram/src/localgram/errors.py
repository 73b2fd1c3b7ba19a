"""Telegram's error answers, in its own words."""


class ApiError(Exception):
    """A call that Telegram refuses; `code` is both the HTTP status and the `error_code`."""

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


def bad_request(reason: str) -> ApiError:
    """400. Telegram lowercases a sentence's first letter and leaves codes (BUTTON_DATA_INVALID) unchanged."""
    is_code = len(reason) > 1 and (reason[1] == "_" or reason[1].isupper())
    worded = reason if is_code else reason[:1].lower() + reason[1:]
    return ApiError(400, f"Bad Request: {worded}")


def forbidden(reason: str) -> ApiError:
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    return ApiError(409, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> ApiError:
    """429. `retry_after` in whole seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def unauthorized() -> ApiError:
    return ApiError(401, "Unauthorized")


def unknown_method() -> ApiError:
    return ApiError(404, "Not Found: method not found")


def not_modelled(method: str) -> ApiError:
    """501: Telegram has the method, localgram does not."""
    return ApiError(501, f"Not Implemented: localgram does not model {method}")


def stale_query() -> ApiError:
    """A callback or inline query that is unknown, already answered or too old: Telegram words them alike."""
    return bad_request("query is too old and response timeout expired or query ID is invalid")
