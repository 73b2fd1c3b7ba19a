"""Going on in another language within one update: the person's new one, or somebody else's."""

from dataclasses import replace

from accounts.person import Person
from accounts.store import PersonStore
from bot.talk import Talk
from registry_data.schema import Language


def in_language(talk: Talk, language: Language) -> Talk:
    return replace(talk, language=language, person=replace(talk.person, language=language))


async def as_read_by(talk: Talk, people: PersonStore, telegram_id: int) -> Talk:
    """The talk as somebody else reads it: in the language he chose, else in Kazakh."""
    person: Person = await people.find(telegram_id)
    return replace(talk, person=person, language=person.reads(Language.KK))
