"""The request context: one value for all handlers of an update."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncSession

from accounts.person import Person, PersonStore
from accounts.switches.switch import AnswersOffError, ComplaintsOffError, JobSwitch, SwitchedJob
from kernel.clock import Clock
from kernel.language import Language
from knowledge.catalogue import Catalogue, LiveCatalogue
from localisation.translations import Translations

if TYPE_CHECKING:
    from aiogram_dialog import DialogManager  # slow to import; commands read texts without it

_KEY = "context"  # aiogram injects by parameter name


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestContext:
    """Who writes, in which language, and what to answer from.

    `off` maps the jobs an administrator has turned off to their switches.
    """

    person: Person
    language: Language
    texts: Translations
    catalogue: Catalogue
    now: datetime
    off: Mapping[SwitchedJob, JobSwitch] = field(default_factory=dict)

    def html(self, key: str, **values: object) -> Markup:
        return self.texts.html(self.language, key, **values)

    def plain(self, key: str, **values: object) -> str:
        return self.texts.plain(self.language, key, **values)

    def check_answers(self) -> None:
        """Raises AnswersOffError."""
        if SwitchedJob.ANSWERS in self.off:
            raise AnswersOffError

    def check_complaints(self) -> None:
        """Raises ComplaintsOffError when new complaints are turned off."""
        if SwitchedJob.COMPLAINTS in self.off:
            raise ComplaintsOffError


def stored_context(data: Mapping[str, Any]) -> RequestContext:
    """The context in a middleware's data."""
    context: RequestContext = data[_KEY]
    return context


def context_of(manager: "DialogManager") -> RequestContext:
    """The context of the update that the dialog is handling."""
    return stored_context(manager.middleware_data)


def replace_context(manager: "DialogManager", context: RequestContext) -> None:
    """Replace the context for the rest of the update, for example after a language change."""
    manager.middleware_data[_KEY] = context


def in_language(context: RequestContext, language: Language) -> RequestContext:
    return replace(context, language=language, person=replace(context.person, language=language))


async def as_read_by(context: RequestContext, people: PersonStore, telegram_id: int) -> RequestContext:
    """The context for another person: in the language they chose, else in Kazakh."""
    person = await people.find(telegram_id)
    return replace(context, person=person, language=person.reads(Language.KK))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderContexts:
    """Contexts of people who have written nothing now: the readers of notices."""

    texts: Translations
    catalogue: LiveCatalogue
    clock: Clock

    async def of(self, session: AsyncSession, telegram_id: int) -> RequestContext:
        """In the language they chose, else in Kazakh."""
        return self.of_person(
            await PersonStore(session).find(telegram_id), await self.catalogue.current(session)
        )

    def of_person(self, person: Person, catalogue: Catalogue) -> RequestContext:
        return RequestContext(
            person=person,
            language=person.reads(Language.KK),
            texts=self.texts,
            catalogue=catalogue,
            now=self.clock.now(),
        )
