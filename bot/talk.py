"""Who writes, what he reads, and what there is to answer from: the same for every handler of one update."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from accounts.person import Person
from accounts.switches.switch import AnswersOffError, ComplaintsOffError, Switch, SwitchedJob
from bot.catalogue import Catalogue
from bot.translations import Translations
from registry_data.schema import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """`off` are the jobs that an administrator has turned off, each with its switch."""

    person: Person
    language: Language
    texts: Translations
    catalogue: Catalogue
    now: datetime
    off: Mapping[SwitchedJob, Switch] = field(default_factory=dict)

    def html(self, key: str, **values: object) -> Markup:
        return self.texts.html(self.language, key, **values)

    def plain(self, key: str, **values: object) -> str:
        return self.texts.plain(self.language, key, **values)

    def check_answers(self) -> None:
        """Raises AnswersOffError."""
        if SwitchedJob.ANSWERS in self.off:
            raise AnswersOffError

    def check_complaints(self) -> None:
        """Raises ComplaintsOffError: no new complaint is begun."""
        if SwitchedJob.COMPLAINTS in self.off:
            raise ComplaintsOffError
