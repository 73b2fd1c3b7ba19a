"""What a table tells beside its ten facts: help for people with disabilities, and the provider's own site."""

import re
from collections.abc import Iterable

from registry_data.reading.clauses import tidy
from registry_data.reading.listing import ItemRead

_DISABILITY = re.compile(
    r"пандус|ограниченн\w+ (физическими )?возможностями|инвалидност"
    r"|(утрату|утратой) способности|стойким расстройством"
    r"|мүгедект|мүмкіндіктері шектеулі|мүмкіндігі шектеулі|қабілетін\w* .{0,60}(жоғалт|айырыл)",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.)+kz)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[^\W\d_]\.)\s+(?=[А-ЯӘҒҚҢӨҰҮҺІ])")
_COMMON = (".egov.kz", ".elicense.kz", ".gov4c.kz", ".e.gov.kz")  # portals and the State Corporation


def help_of(lines: Iterable[str]) -> tuple[ItemRead, ...]:
    """The sentences of the row of other requirements that tell of people with disabilities."""
    told = (tidy(one) for line in lines for one in _SENTENCE.split(line))
    return tuple(ItemRead(text=one) for one in dict.fromkeys(told) if _DISABILITY.search(one))


def site_of(lines: Iterable[str], *, ways: Iterable[str] = ()) -> str:
    """The one site that the rows name besides the portals and the systems among the ways to apply.

    Empty if they name none or several.
    """
    own = {host for host in _hosts(lines) - _hosts(ways) if not f".{host}".endswith(_COMMON)} - {"gov.kz"}
    return f"https://{own.pop()}" if len(own) == 1 else ""


def _hosts(lines: Iterable[str]) -> set[str]:
    text = " ".join(re.sub(r"(?<=\w)\. (?=[a-z])", ".", line) for line in lines)
    return {host.casefold().removeprefix("www.") for host in _HOST.findall(text)}
