"""Who writes, in which language, and the data to answer from: one value for all handlers of an update."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from accounts.person import Person
from accounts.switches.switch import AnswersOffError, ComplaintsOffError, JobSwitch, SwitchedJob
from kernel.language import Language
from knowledge.catalogue import Catalogue
from localisation.translations import Translations

if TYPE_CHECKING:
    from aiogram_dialog import DialogManager  # slow to import, and the commands read texts without it

_KEY = "context"  # handlers and getters take a parameter of this name


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestContext:
    """`off` are the jobs that an administrator has turned off, each with its switch."""

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
        """Raises ComplaintsOffError: no new complaint is begun."""
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
    """Let the rest of the update see a changed context, for example after a change of language."""
    manager.middleware_data[_KEY] = context
