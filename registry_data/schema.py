"""Service cards: models of `registry_data/services/*.yaml`, validated on creation.

A fact without a source is absent (None or an empty tuple); an explicit empty list, as in `fee: []`, means
"none" and is distinct from absence.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from kernel.language import Language
from registry_data.providers import NAMED_BY_CODE, ProviderKind

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=48)]
_NO_CONTROLS = (
    r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{fffe}\x{ffff}]*$"  # no character that XML or PostgreSQL rejects
)
Prose = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1500, pattern=_NO_CONTROLS)
]
ActKey = Annotated[str, StringConstraints(pattern=r"^[a-z]+-[0-9A-Za-z-]+$", max_length=64)]
HttpsUrl = Annotated[str, StringConstraints(pattern=r"^https://\S+$")]


class LifeSituation(StrEnum):
    DOCUMENTS = "documents"
    FAMILY = "family"
    CHILDREN = "children"
    EDUCATION = "education"
    HEALTH = "health"
    WORK = "work"
    SOCIAL = "social"
    PENSION = "pension"
    HOUSING = "housing"
    LAND = "land"
    TRANSPORT = "transport"
    BUSINESS = "business"
    LICENCES = "licences"
    TAXES = "taxes"
    MIGRATION = "migration"
    MILITARY = "military"
    JUSTICE = "justice"
    AGRICULTURE = "agriculture"
    ECOLOGY = "ecology"
    CULTURE = "culture"
    OTHER = "other"


class Recipient(StrEnum):
    INDIVIDUAL = "individual"
    LEGAL_ENTITY = "legal_entity"


class ServiceChannel(StrEnum):
    PROVIDER = "provider"
    GOV_CORPORATION = "gov_corporation"
    EGOV_PORTAL = "egov_portal"
    ELICENSE_PORTAL = "elicense_portal"
    EGOV_MOBILE = "egov_mobile"
    SELF_SERVICE_TERMINAL = "self_service_terminal"
    ABROAD_MISSION = "abroad_mission"
    OTHER_SYSTEM = "other_system"


class ServiceForm(StrEnum):
    ELECTRONIC_FULL = "electronic_full"
    ELECTRONIC_PARTIAL = "electronic_partial"
    PAPER = "paper"
    PROACTIVE = "proactive"
    COMPOSITE = "composite"


class TermUnit(StrEnum):
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"
    MINUTES = "minutes"
    MONTHS = "months"


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Model):
    """A sentence in Kazakh and Russian; the English is ours and may be absent."""

    kk: Prose
    ru: Prose
    en: Prose | None = None

    def in_language(self, language: Language) -> str:
        """The text in `language`; a missing English text falls back to Russian."""
        return {Language.KK: self.kk, Language.RU: self.ru, Language.EN: self.en or self.ru}[language]


class Aliases(Model):
    """Everyday names of the service, one to six words each."""

    kk: tuple[Prose, ...] = ()
    ru: tuple[Prose, ...] = ()
    en: tuple[Prose, ...] = ()

    def in_language(self, language: Language) -> tuple[str, ...]:
        return {Language.KK: self.kk, Language.RU: self.ru, Language.EN: self.en}[language]


ButtonLabel = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=28)]


class ButtonName(Model):
    """The name on a button and above an answer: what the person gets, in at most 28 characters."""

    kk: ButtonLabel
    ru: ButtonLabel
    en: ButtonLabel

    def in_language(self, language: Language) -> str:
        return {Language.KK: self.kk, Language.RU: self.ru, Language.EN: self.en}[language]


class ServiceTerm(Model):
    """One variant of the service's duration; `amount` is in `unit`."""

    amount: Annotated[int, Field(gt=0)]
    unit: TermUnit = TermUnit.WORKING_DAYS
    when: Text | None = None


class Fee(Model):
    """One variant of the fee: exactly one of `mrp` (monthly calculation indices), `kzt` and `percent`.

    `percent` is of the rate that the act names, as when a licence is re-issued. `what` is what is paid for,
    `when` the case it stands under in the act.
    """

    mrp: Annotated[float, Field(ge=0)] | None = None
    kzt: Annotated[float, Field(ge=0)] | None = None
    percent: Annotated[float, Field(ge=0)] | None = None
    what: Text | None = None
    when: Text | None = None

    @model_validator(mode="after")
    def _one_amount(self) -> Self:
        if sum(amount is not None for amount in (self.mrp, self.kzt, self.percent)) != 1:
            raise ValueError("a fee has exactly one of mrp, kzt and percent")
        return self


class Item(Model):
    """A required document or a ground for refusal; `when` names the cases it applies to."""

    kk: Prose
    ru: Prose
    en: Prose | None = None
    when: Text | None = None

    def in_language(self, language: Language) -> str:
        return {Language.KK: self.kk, Language.RU: self.ru, Language.EN: self.en or self.ru}[language]


class Statement(Item):
    """How much a person is paid, from which age, or who is entitled.

    Either `act` (a key of `acts.yaml`) and its `point`, as in a `Citation`, or `source`: a page.
    """

    act: ActKey | None = None
    point: Prose | None = None
    source: Prose | None = None

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if (self.act is None) == (self.source is None) or (self.act is None) != (self.point is None):
            raise ValueError("a statement has either act and point, or source")
        return self


class ServiceCard(Model):
    """The registry's entry of one service (Law 88-V Art. 14 3-1)).

    `lapsed` says that the service is no more, and what took its place.
    `act` is a key of `acts.yaml`; `version` the date of the wording the facts come from, absent if unknown.
    `provider_organisation` is a code of `organisations.yaml`, set if a single body provides the service.
    `apply_url` is where one applies for this very service, `provider_site` the provider's own site.
    `disability` is what is provided for people with disabilities.
    """

    slug: Slug
    code: Annotated[str, StringConstraints(pattern=r"^\d{8}$")] | None = None
    names: Text
    label: ButtonName | None = None
    aliases: Aliases = Aliases()
    life_situation: LifeSituation
    recipients: Annotated[tuple[Recipient, ...], Field(min_length=1)]
    provider: Text | None = None
    provider_kind: ProviderKind | None = None
    provider_organisation: Slug | None = None
    provider_site: HttpsUrl | None = None
    apply_url: HttpsUrl | None = None
    channels: tuple[ServiceChannel, ...] | None = None
    forms: tuple[ServiceForm, ...] | None = None
    term: tuple[ServiceTerm, ...] | None = None
    max_queue_minutes: Annotated[int, Field(gt=0)] | None = None
    max_service_minutes: Annotated[int, Field(gt=0)] | None = None
    fee: tuple[Fee, ...] | None = None
    result: Text | None = None
    schedule: Text | None = None
    documents: tuple[Item, ...] | None = None
    refusal_grounds: tuple[Item, ...] | None = None
    disability: tuple[Item, ...] | None = None
    amount: tuple[Statement, ...] | None = None
    age: tuple[Statement, ...] | None = None
    eligibility: tuple[Statement, ...] | None = None
    lapsed: Text | None = None
    act: ActKey | None = None
    version: date | None = None
    source: Prose | Annotated[tuple[Prose, ...], Field(min_length=1)]
    checked: date

    @field_validator("source")
    @classmethod
    def _one_source_is_no_list(cls, source: str | tuple[str, ...]) -> str | tuple[str, ...]:
        return source[0] if isinstance(source, tuple) and len(source) == 1 else source

    @model_validator(mode="after")
    def _named_provider(self) -> Self:
        if self.provider_kind in NAMED_BY_CODE and self.provider_organisation is None:
            raise ValueError(f"a {self.provider_kind} is named by its code in provider_organisation")
        return self

    @model_validator(mode="after")
    def _version_of_an_act(self) -> Self:
        if self.version is not None and self.act is None:
            raise ValueError("version is the wording of an act, and no act is named")
        return self
