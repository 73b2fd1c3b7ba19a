"""Attributes of a complaint as closed lists, as the forms and the law count them."""

from enum import StrEnum


class ServiceDelivery(StrEnum):
    """How the service was rendered (Order 78, annex 1 rows 16.1-16.3)."""

    OFFICE = "office"  # on paper at the provider's office
    ELECTRONIC = "electronic"
    CORPORATION = "corporation"  # through the State Corporation


class ComplaintSource(StrEnum):
    """Where the complaint came from (Order 78, annex 1 rows 17.1-17.7)."""

    NATURAL_PERSONS = "natural_persons"
    STATE_BODIES = "state_bodies"
    LEGAL_ENTITIES = "legal_entities"
    ASSIGNMENT = "assignment"  # of the body that assesses and controls quality
    AKIM = "akim"  # of the region
    MEDIA = "media"
    OTHER = "other"


class Complainant(StrEnum):
    NATURAL = "natural"
    LEGAL = "legal"


SOURCE_OF = {
    Complainant.NATURAL: ComplaintSource.NATURAL_PERSONS,
    Complainant.LEGAL: ComplaintSource.LEGAL_ENTITIES,
}


class Behalf(StrEnum):
    """On whose behalf the person complains."""

    SELF = "self"
    CHILD = "child"
    REPRESENTED = "represented"


class Origin(StrEnum):
    CITIZEN = "citizen"  # through the bot
    OFFICIAL = "official"  # entered by an official, arrived elsewhere


class CameBy(StrEnum):
    """How the complaint reached its organisation."""

    FIRST = "first"
    PASSED = "passed"  # passed on by another body
    AGENCY = "agency"  # taken by the citizen to the body that assesses and controls quality


class ComplaintOutcome(StrEnum):
    UPHELD = "upheld"
    PARTLY = "partly"
    REJECTED = "rejected"


class ExtensionReason(StrEnum):
    """The only two lawful reasons (Law 88-V Art. 25 ¶4)."""

    STUDY = "study"  # to study further, check, or check on site
    INFORMATION = "information"  # to obtain more information
