"""A complaint's subject, as the quarterly forms count breaches: rows 3.1–3.10 of forms 1-мқ and 2-мқ."""

from enum import StrEnum


class ComplaintKind(StrEnum):
    """A row of Order 78, annexes 1 and 2; the value is its number, and what is stored."""

    TERM = "3.1"  # the service's term was broken
    REFUSAL_LATE = "3.2"  # the term for refusing was broken
    INCOMPLETE_PAPERS = "3.3"  # rendered without all papers: no reason for a citizen to complain
    EXTRA_DOCUMENTS = "3.4"  # papers were required that the standard does not name
    KNOWN_DOCUMENTS = "3.5"  # papers were required that information systems hold
    ORDER = "3.6"  # the rendering procedure (business process) was broken
    REFUSAL = "3.7"  # refused without grounds
    SCHEDULE = "3.8"  # working hours were not observed
    FEE = "3.9"  # money was charged for a service that the law makes free
    OTHER = "3.10"  # other requirements of the law: queues, rudeness and the like


OF_CITIZENS = tuple(kind for kind in ComplaintKind if kind is not ComplaintKind.INCOMPLETE_PAPERS)
