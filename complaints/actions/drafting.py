"""A person's complaint draft: only after consent, encrypted, one per person."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from accounts.errors import GoneError
from accounts.profile.fields import NameInvalidError, read_name, read_telephone
from complaints.actions.context import ComplaintContext
from complaints.attachments.folder import StoredFile
from complaints.daily_use import check_files_of_draft
from complaints.draft import Draft
from complaints.drafts import DraftStore
from complaints.errors import AddressInvalidError, BinNeededError, IinNeededError
from complaints.facts import Complainant
from complaints.store import CONSENT_VERSION, AttachmentStore, ConsentStore
from complaints.tables import AttachmentRow
from database.engine import atomic
from kernel.identity_numbers import NumberKind, number_kind_of, read_number

SHORTEST_ADDRESS, LONGEST_ADDRESS = 5, 300
LONGEST_TITLE = 200  # characters in an organisation's name

DraftChange = Callable[[Draft], Draft]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDraft:
    """A draft with its id; `files` are its attachments, oldest first."""

    id: int
    draft: Draft
    files: tuple[AttachmentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsentToComplaint:
    context: ComplaintContext

    @atomic
    async def __call__(self, by: int) -> None:
        """Record that the person agrees to the current version of the consent."""
        await ConsentStore(self.context.session).keep(by, CONSENT_VERSION, self.context.now())


@dataclass(frozen=True, slots=True)
class ChangeDraft:
    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, change: DraftChange) -> StoredDraft:
        """Apply `change` to the person's draft, creating one if there is none.

        Name, number and telephone are normalised as in a profile. Raises ConsentNeededError,
        ComplaintsOffError (for a new draft only), what `change` raises, NameInvalidError,
        IdentityNumberInvalidError, BinNeededError, IinNeededError, TelephoneInvalidError,
        AddressInvalidError.
        """
        await self.context.check_consent(by)
        drafts = DraftStore(self.context.session, self.context.cipher)
        row = await drafts.lock(by)
        draft = _checked(change(Draft() if row is None else drafts.read(row)))
        if row is None:
            await self.context.check_taking()
            row = await drafts.add(by, draft, self.context.now())
        else:
            await drafts.change(row, draft, self.context.now())
        return StoredDraft(id=row.id, draft=draft)


@dataclass(frozen=True, slots=True)
class AttachToDraft:
    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, file: StoredFile) -> AttachmentRow:
        """The caller stores the file's bytes.

        Raises ConsentNeededError, TooManyFilesError, FilesHeavyError, FilesOfTheDayError.
        """
        await self.context.check_consent(by)
        drafts, files = (
            DraftStore(self.context.session, self.context.cipher),
            AttachmentStore(self.context.session),
        )
        row = await drafts.lock(by) or await drafts.add(by, Draft(), self.context.now())
        await check_files_of_draft(self.context.session, row.id, file.size)
        await self.context.daily_use.add_file(by, self.context.today(), file.size)
        return await files.add(file, self.context.now(), draft=row.id)


@dataclass(frozen=True, slots=True)
class DetachFromDraft:
    context: ComplaintContext

    @atomic
    async def __call__(self, by: int, attachment: int) -> None:
        """Raises GoneError."""
        row = await DraftStore(self.context.session, self.context.cipher).lock(by)
        if row is None:
            raise GoneError
        mine = (AttachmentRow.draft == row.id, AttachmentRow.id == attachment)
        await AttachmentStore(self.context.session).ask_to_erase(self.context.now(), *mine)


@dataclass(frozen=True, slots=True)
class DropDraft:
    context: ComplaintContext

    @atomic
    async def __call__(self, by: int) -> None:
        """Delete the person's draft; no error if there is none."""
        await drop_draft(self.context, by)


async def drop_draft(context: ComplaintContext, person: int) -> None:
    """Delete the draft and its files; the caller commits."""
    drafts = DraftStore(context.session, context.cipher)
    row = await drafts.lock(person)
    if row is not None:
        await AttachmentStore(context.session).ask_to_erase(context.now(), AttachmentRow.draft == row.id)
        await drafts.drop(row)


def _checked(draft: Draft) -> Draft:
    """The draft with normalised values. Raises what their readers raise."""
    return replace(
        draft,
        name=draft.name and _name(draft.name, draft.complainant),
        represented=draft.represented and read_name(draft.represented),
        number=draft.number and _number(draft.number, draft.complainant),
        phone=draft.phone and read_telephone(draft.phone),
        address=draft.address and _address(draft.address),
    )


def _address(text: str) -> str:
    """Raises AddressInvalidError."""
    address = " ".join(unicodedata.normalize("NFC", text).split())
    if not SHORTEST_ADDRESS <= len(address) <= LONGEST_ADDRESS or not address.isprintable():
        raise AddressInvalidError
    return address


def _number(text: str, complainant: Complainant | None) -> str:
    """An organisation has a BIN, a person an IIN. Raises IdentityNumberInvalidError and what it says."""
    number = read_number(text)
    kind = number_kind_of(number)
    if complainant is Complainant.LEGAL and kind is not NumberKind.BIN:
        raise BinNeededError
    if complainant is Complainant.NATURAL and kind is not NumberKind.IIN:
        raise IinNeededError
    return number


def _name(text: str, complainant: Complainant | None) -> str:
    """The name in normal form; an organisation's may hold signs and digits too: «Береке-2» ЖШС.

    Raises NameInvalidError.
    """
    if complainant is not Complainant.LEGAL:
        return read_name(text)
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if len(name) > LONGEST_TITLE or sum(sign.isalpha() for sign in name) < 2 or not name.isprintable():
        raise NameInvalidError
    return name
