"""Going on in another language within one update: the person's new one, or somebody else's."""

from dataclasses import replace

from accounts.person import Person
from accounts.store import PersonStore
from bot.request_context import RequestContext
from kernel.language import Language


def in_language(context: RequestContext, language: Language) -> RequestContext:
    return replace(context, language=language, person=replace(context.person, language=language))


async def as_read_by(context: RequestContext, people: PersonStore, telegram_id: int) -> RequestContext:
    """The context of another person: in the language they chose, else in Kazakh."""
    person: Person = await people.find(telegram_id)
    return replace(context, person=person, language=person.reads(Language.KK))
