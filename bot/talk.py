"""Who writes, what he reads, and what there is to answer from: the same for every handler of one update."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from accounts.person import Person
from bot.catalogue import Catalogue
from bot.translations import Translations
from registry_data.schema import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    person: Person
    language: Language
    texts: Translations
    catalogue: Catalogue
    now: datetime

    def html(self, key: str, **values: object) -> Markup:
        return self.texts.html(self.language, key, **values)

    def plain(self, key: str, **values: object) -> str:
        return self.texts.plain(self.language, key, **values)
