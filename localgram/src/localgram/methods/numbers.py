"""The list of message ids in a call."""

from localgram.arguments import Arguments
from localgram.errors import bad_request

MOST_MESSAGES = 100


def message_numbers(arguments: Arguments) -> list[int]:
    """The ids in `message_ids`; raises a 400 for none, too many, or what is no number."""
    given = arguments.structure("message_ids", "can't parse message identifiers JSON object")
    if not given:
        raise bad_request("message identifiers are not specified")
    if not isinstance(given, list):
        raise bad_request("expected an Array of message identifiers")
    if len(given) > MOST_MESSAGES:
        raise bad_request("too many message identifiers specified")
    if not all(isinstance(one, int) and one > 0 for one in given):
        raise bad_request("invalid message identifier specified")
    return given
