"""A complaint's values for its own citizen, shown in the receipt."""

from dataclasses import dataclass

from accounts.errors import NotAllowedError
from complaints.actions.context import ComplaintContext
from complaints.case import ComplaintCase, case_of
from complaints.store import AttachmentStore
from complaints.tables import ComplaintRow


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnContent:
    """Decrypted; None where not given or forgotten. `files` came with the complaint."""

    name: str | None
    number: str | None
    phone: str | None
    represented: str | None
    text: str | None
    files: int


@dataclass(frozen=True, slots=True)
class OwnQueries:
    context: ComplaintContext

    async def case(self, by: int, complaint: int) -> ComplaintCase:
        """Raises GoneError, and NotAllowedError for everyone else."""
        return case_of(await self._row(by, complaint))

    async def __call__(self, by: int, complaint: int) -> OwnContent:
        """Raises GoneError, and NotAllowedError for everyone else."""
        row = await self._row(by, complaint)
        files = await AttachmentStore(self.context.session).of_complaints([row.id])
        return OwnContent(
            name=self._open(row.name_cipher),
            number=self._open(row.iin_cipher),
            phone=self._open(row.phone_cipher),
            represented=self._open(row.represented_cipher),
            text=self._open(row.text_cipher),
            files=sum(file.message is None for file in files),
        )

    async def _row(self, by: int, complaint: int) -> ComplaintRow:
        row = await self.context.complaints.get(complaint)
        if row.person != by:
            raise NotAllowedError
        return row

    def _open(self, closed: str | None) -> str | None:
        return None if closed is None else self.context.cipher.open(closed)
