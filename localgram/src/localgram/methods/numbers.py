"""The list of message ids in a call."""

from typing import Any

from localgram.arguments import Arguments
from localgram.errors import bad_request

MOST_MESSAGES = 100


def message_numbers(arguments: Arguments) -> list[int]:
    """The ids in `message_ids`; raises a 400 for none, too many, or what is no number."""
    given = arguments.structure("message_ids", "can't parse message_ids JSON object")
    if given is None or given == []:
        raise bad_request("message identifiers are not specified")
    if not isinstance(given, list):
        raise bad_request("expected an Array of message identifiers")
    if len(given) > MOST_MESSAGES:
        raise bad_request("too many message identifiers specified")
    return [_number(one) for one in given]


def _number(given: Any) -> int:
    """The id, which may be written as a string."""
    if isinstance(given, bool) or not isinstance(given, (int, float, str)):
        raise bad_request("message identifier must be a Number")
    try:
        number = int(str(given))
    except ValueError:
        raise bad_request("can't parse message identifier as a Number") from None
    if number <= 0:
        raise bad_request("invalid message identifier specified")
    return number
