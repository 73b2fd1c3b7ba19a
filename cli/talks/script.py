"""Talks as data: the file of `qyzmet talk`, read and checked. The format is described in docs/talks.md."""

from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic import model_validator as check

from accounts.roles import STAFF, Role
from kernel.clock import ALMATY
from kernel.language import Language

CITIZEN = "citizen"
ACTIONS = ("say", "press", "edit", "send", "advance")
_Loader: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class TalkPart(StrEnum):
    DOCUMENTS = "documents"
    TERM = "term"
    FEE = "fee"
    WHERE = "where"
    REFUSAL = "refusal"
    HOW = "how"
    AMOUNT = "amount"
    AGE = "age"
    ELIGIBILITY = "eligibility"
    COMPLAINT = "complaint"
    STATUS = "status"


class TalkIntent(StrEnum):
    MENU = "menu"
    HELP = "help"
    PERSON = "person"
    LANGUAGE = "language"
    MY_COMPLAINTS = "my_complaints"
    COMPLAIN = "complain"
    FORGET = "forget"
    ABOUT = "about"
    EMERGENCY = "emergency"
    NOT_OURS = "not_ours"
    THANKS = "thanks"
    GREETING = "greeting"
    ANGER = "anger"
    CANCEL = "cancel"
    BACK = "back"


class SentKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    STICKER = "sticker"
    CONTACT = "contact"


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _given(value: object) -> object:
    """A key without a value is an empty mapping: texts are all that is read."""
    return {} if value == "" else value


def _in_almaty(at: datetime) -> datetime:
    return at if at.tzinfo is not None else at.replace(tzinfo=ALMATY)


NonEmpty = Annotated[str, Field(min_length=1)]
OneOrMore = Annotated[tuple[NonEmpty, ...], BeforeValidator(_listed), Field(min_length=1)]
# A text, or several of which one is enough.
Alternatives = Annotated[tuple[OneOrMore, ...], BeforeValidator(_listed), Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ExpectedFile(_Strict):
    name: NonEmpty | None = None
    contains: Alternatives = ()


class Expectation(_Strict):
    service: OneOrMore | None = None
    not_service: OneOrMore | None = None
    part: TalkPart | None = None
    case: NonEmpty | None = None
    intent: TalkIntent | None = None
    file: ExpectedFile | None = None
    contains: Alternatives | None = None
    lacks: OneOrMore | None = None
    buttons: OneOrMore | None = None
    at_most_buttons: Annotated[int, Field(ge=0)] | None = None


class SentThing(_Strict):
    """A file that lies beside the talks is sent as it is; any other name gets a small file of its kind."""

    kind: SentKind
    file: NonEmpty | None = None
    caption: str = ""


class TalkStep(_Strict):
    """One action, or none: then what the last action brought to this person is read."""

    actor: Annotated[NonEmpty | None, Field(alias="as")] = None
    say: NonEmpty | None = None
    press: NonEmpty | None = None
    edit: NonEmpty | None = None
    send: SentThing | None = None
    advance: Annotated[timedelta, Field(ge=timedelta())] | None = None
    expect: Annotated[Expectation, BeforeValidator(_given)] = Expectation()

    @check(mode="after")
    def _one_action(self) -> Self:
        given = [name for name in ACTIONS if getattr(self, name) is not None]
        if len(given) > 1:
            raise ValueError(f"one action a step, not {' and '.join(given)}")
        if not given and not self.expect.model_fields_set:
            raise ValueError(f"neither an action ({', '.join(ACTIONS)}) nor expect")
        return self


class TalkPerson(_Strict):
    language: Language | None = None  # the talk's own if not given
    role: Role | None = None
    organisation: NonEmpty | None = None

    @check(mode="after")
    def _role_has_its_place(self) -> Self:
        if self.role in STAFF and self.organisation is None:
            raise ValueError(f"the role {self.role} needs an organisation")
        if self.organisation is not None and self.role is None:
            raise ValueError("an organisation needs a role")
        return self


class TalkScript(_Strict):
    name: NonEmpty
    language: Language
    start: Annotated[datetime, AfterValidator(_in_almaty)] | None = None
    people: Annotated[dict[str, Annotated[TalkPerson, BeforeValidator(_given)]], BeforeValidator(_given)] = {}
    steps: Annotated[tuple[TalkStep, ...], Field(min_length=1)]

    @property
    def citizen(self) -> str:
        """Who acts where a step names nobody: the first without a role, or else the only person."""
        citizens = [name for name, person in self.people.items() if person.role is None]
        if citizens:
            return citizens[0]
        named = any(step.actor is not None for step in self.steps)
        return CITIZEN if named or not self.people else next(iter(self.people))

    @property
    def everybody(self) -> dict[str, TalkPerson]:
        return {self.citizen: TalkPerson(language=self.language)} | self.people

    @check(mode="after")
    def _actors_are_known(self) -> Self:
        for number, step in enumerate(self.steps, start=1):
            if step.actor is not None and step.actor not in self.everybody:
                raise ValueError(f"step {number}: as: {step.actor} is none of {', '.join(self.everybody)}")
        return self


class TalkFileError(Exception):
    """The file cannot be played; its text names file, talk and step."""


def read_talks(file: Path) -> list[TalkScript]:
    """The talks of a file. Raises TalkFileError.

    Values are read as text, so that "да", 27.11 or 12:30 stay what was typed.
    """
    try:
        raw = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  makes texts only  # nosec B506
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TalkFileError(f"{file}: no YAML that can be read: {_one_line(error)}") from error
    if not isinstance(raw, list) or not raw:
        raise TalkFileError(f"{file}: not a list of talks")
    return [_read(file, number, talk) for number, talk in enumerate(raw, start=1)]


def _read(file: Path, number: int, raw: object) -> TalkScript:
    try:
        return TalkScript.model_validate(raw)
    except ValidationError as error:
        name = f" «{raw['name']}»" if isinstance(raw, dict) and isinstance(raw.get("name"), str) else ""
        raise TalkFileError(f"{file}, talk {number}{name}{_fault(error)}") from error


def _fault(error: ValidationError) -> str:
    """Where in the talk, and what: `, step 3: expect.part: …`."""
    first = error.errors()[0]
    path = [str(part) for part in first["loc"]]
    step = ""
    if path[:1] == ["steps"] and len(path) > 1:
        step, path = f", step {int(path[1]) + 1}", path[2:]
    reason = {"extra_forbidden": "no such key", "missing": "missing", "model_type": "not a mapping"}
    text = reason.get(first["type"], first["msg"].removeprefix("Value error, "))
    return f"{step}: {''.join(f'{one}.' for one in path).rstrip('.')}{': ' if path else ''}{text}"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
