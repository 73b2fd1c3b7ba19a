"""The fields of a profile, and how each value is parsed."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kernel.errors import DomainError
from kernel.identity_numbers import read_number

LONGEST_NAME = 120
LONGEST_ORGANISATION_NAME = 300
_NAME = re.compile(r"[^\W\d_]+(?:[.'’ʼ\- ]+[^\W\d_]+)*\.?")
_DOMESTIC = re.compile(r"(?:\+?7|8)?([67]\d{9})")  # 8 is dialled within the country in place of +7
_FOREIGN = re.compile(r"\+[1-9]\d{7,14}")
_SPACING = re.compile(r"[\s().\-–]")


class Field(StrEnum):
    NAME = "name"
    NUMBER = "number"  # IIN or BIN
    TELEPHONE = "telephone"
    REGION = "region"  # a code of regions.yaml
    DISTRICT = "district"  # a code within that region
    OFFICIAL_NAME = "official_name"  # the name an organisation knows its official by


CHOSEN = (Field.NAME, Field.NUMBER, Field.TELEPHONE, Field.REGION)  # the fields of a citizen's profile


class NameInvalidError(DomainError):
    """A name has letters, spaces, hyphens and dots, and at least two letters."""

    code = "name"


class OrganisationNameInvalidError(DomainError):
    """An organisation's name has a letter, and at most `data["longest"]` printable characters."""

    code = "organisation_name"


class TelephoneInvalidError(DomainError):
    """Neither a Kazakh telephone number nor an international one with +."""

    code = "telephone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The latest version of the consent a person gave, and when the first and the last were given."""

    version: str
    first_given_at: datetime
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredProfile:
    """A person's profile, decrypted; shown only to that person unless a rule says otherwise."""

    consent: Consent | None = None
    values: Mapping[Field, str] = field(default_factory=dict)


def read_name(text: str) -> str:
    """The name without redundant spaces. Raises NameInvalidError."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if len(name) > LONGEST_NAME or sum(sign.isalpha() for sign in name) < 2 or not _NAME.fullmatch(name):
        raise NameInvalidError
    return name


def read_organisation_name(text: str) -> str:
    """A legal entity's name without redundant spaces: quotes, digits, "№" belong to names of theirs.

    Raises OrganisationNameInvalidError.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    is_name = name.isprintable() and any(sign.isalpha() for sign in name)
    if not is_name or len(name) > LONGEST_ORGANISATION_NAME:
        raise OrganisationNameInvalidError(longest=LONGEST_ORGANISATION_NAME)
    return name


def read_telephone(text: str) -> str:
    """The number as +77011234567, however it was written. Raises TelephoneInvalidError."""
    digits = _SPACING.sub("", text)
    if not digits.isascii():
        raise TelephoneInvalidError
    if found := _DOMESTIC.fullmatch(digits):
        return f"+7{found[1]}"
    if digits.startswith("+7") or not _FOREIGN.fullmatch(digits):
        raise TelephoneInvalidError
    return digits


READERS: Mapping[Field, Callable[[str], str]] = {
    Field.NAME: read_name,
    Field.NUMBER: read_number,
    Field.TELEPHONE: read_telephone,
    Field.REGION: str.strip,
    Field.DISTRICT: str.strip,
    Field.OFFICIAL_NAME: read_name,
}
