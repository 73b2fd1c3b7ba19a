"""Save, list and delete an organisation's templates of answers."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import delete, func, select

from accounts.errors import GoneError
from accounts.permissions import Action
from complaints.actions.context import ComplaintContext
from complaints.errors import TooManyTemplatesError
from complaints.templates.tables import BODY, AnswerTemplateRow
from complaints.templates.template import AnswerTemplate
from database.engine import atomic

MOST_TEMPLATES = 50  # an organisation
_JSON: TypeAdapter[AnswerTemplate] = TypeAdapter(AnswerTemplate)


@dataclass(frozen=True, slots=True)
class AnswerTemplates:
    """For those who work on the organisation's complaints."""

    context: ComplaintContext

    async def all(self, by: int, organisation: str) -> Sequence[AnswerTemplate]:
        """By name. Raises NotAllowedError, WrongKeyError."""
        await self.context.right(by, Action.WORK_ON_COMPLAINTS, organisation)
        query = select(AnswerTemplateRow).where(AnswerTemplateRow.organisation == organisation)
        found = [self._opened(row) for row in await self.context.session.scalars(query)]
        return sorted(found, key=lambda one: (one.name.casefold(), one.key))

    async def get(self, by: int, organisation: str, key: str) -> AnswerTemplate:
        """Raises NotAllowedError, GoneError."""
        await self.context.right(by, Action.WORK_ON_COMPLAINTS, organisation)
        return self._opened(await self._row(organisation, key))

    @atomic
    async def save(self, by: int, organisation: str, typed: str, key: str = "") -> AnswerTemplate:
        """A new template, or that of `key` changed.

        Raises NotAllowedError, GoneError, TooManyTemplatesError and what AnswerTemplate.read raises.
        """
        await self.context.right(by, Action.WORK_ON_COMPLAINTS, organisation)
        row = await self._row(organisation, key) if key else await self._new(organisation)
        read = AnswerTemplate.read(typed)
        template = AnswerTemplate(name=read.name, text=read.text, key=row.key)
        body = _JSON.dump_json(template).decode()
        row.body_cipher = self.context.cipher.close(body, BODY.field, row.key, row.organisation)
        row.changed_at = self.context.now()
        self.context.session.add(row)
        await self.context.session.flush()
        return template

    @atomic
    async def delete(self, by: int, organisation: str, key: str) -> None:
        """Raises NotAllowedError, GoneError."""
        await self.context.right(by, Action.WORK_ON_COMPLAINTS, organisation)
        row = await self._row(organisation, key)
        await self.context.session.execute(delete(AnswerTemplateRow).where(AnswerTemplateRow.key == row.key))

    async def _new(self, organisation: str) -> AnswerTemplateRow:
        count = select(func.count()).where(AnswerTemplateRow.organisation == organisation)
        if (await self.context.session.scalar(count) or 0) >= MOST_TEMPLATES:
            raise TooManyTemplatesError(most=MOST_TEMPLATES)
        return AnswerTemplateRow(key=secrets.token_hex(8), organisation=organisation)

    async def _row(self, organisation: str, key: str) -> AnswerTemplateRow:
        row = await self.context.session.get(AnswerTemplateRow, key)
        if row is None or row.organisation != organisation:
            raise GoneError
        return row

    def _opened(self, row: AnswerTemplateRow) -> AnswerTemplate:
        body = self.context.cipher.open(row.body_cipher, BODY.field, row.key, row.organisation)
        return _JSON.validate_json(body)
