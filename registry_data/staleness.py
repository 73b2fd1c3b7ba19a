"""Cards whose basis no longer stands: a lapsed act or service."""

import re
from datetime import date

from registry_data.acts import Act
from registry_data.schema import ServiceCard

# What official texts write into the heading of a lapsed act
_LAPSED_HEADING = re.compile(r"утратил\w* силу|күші\s+жойыл|no longer in force", re.IGNORECASE)


def act_has_lapsed(act: Act, today: date) -> bool:
    """Whether the act was repealed by `today`, by its date of repeal or by the mark in its heading."""
    if act.repealed is not None:
        return act.repealed <= today
    return any(_LAPSED_HEADING.search(text) for text in (act.title.kk, act.title.ru, act.title.en or ""))


def has_lapsed(card: ServiceCard, act: Act | None, today: date) -> bool:
    """Whether the card itself is marked as lapsed, or its act no longer stands."""
    return card.lapsed is not None or (act is not None and act_has_lapsed(act, today))
