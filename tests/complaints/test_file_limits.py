"""A complaint holds ten files and 100 MB; a person sends 200 MB and adds 30 times a day."""

from datetime import timedelta

import pytest

from complaints.actions.citizens import AddToComplaint, WithdrawComplaint
from complaints.actions.drafting import AttachToDraft, DropDraft
from complaints.actions.sending import SubmitDraft, SubmittedComplaint
from complaints.attachments.downloads import AttachmentDownloads
from complaints.attachments.folder import StoredFile
from complaints.attachments.sniffing import FileKind
from complaints.daily_use import MEGABYTE, MOST_ADDITIONS_A_DAY
from complaints.errors import FilesHeavyError, FilesOfTheDayError, TooManyAdditionsError, TooManyFilesError
from complaints.thread import MessageContent
from messaging.downloads.queue import SentFile
from tests.complaints.scenario import CITIZEN, POLICE, ComplaintScenario

_NAMES = iter(range(10_000))


def file(megabytes: int = 1) -> StoredFile:
    return StoredFile(
        name=f"{next(_NAMES):032x}.pdf", kind=FileKind.PDF, size=megabytes * MEGABYTE, digest="0" * 64
    )


async def sent_with(scenario: ComplaintScenario, *sizes: int) -> int:
    await scenario.connect(POLICE)
    draft = await scenario.drafted()
    for size in sizes:
        await AttachToDraft(scenario.context)(CITIZEN, file(size))
    found = await SubmitDraft(scenario.context)(CITIZEN, draft)
    assert isinstance(found, SubmittedComplaint)
    return found.case.id


async def test_ten_files_on_a_complaint_in_all(scenario: ComplaintScenario):
    complaint, add = await sent_with(scenario, *[1] * 8), AddToComplaint(scenario.context)
    await add(CITIZEN, complaint, MessageContent(files=(file(),)))
    await AttachmentDownloads(scenario.session, scenario.clock).for_complaint(
        CITIZEN, complaint, SentFile(file_id="a")
    )
    with pytest.raises(TooManyFilesError):
        await AttachmentDownloads(scenario.session, scenario.clock).for_complaint(
            CITIZEN, complaint, SentFile(file_id="b")
        )
    await add(CITIZEN, complaint, MessageContent(files=(file(),)))
    with pytest.raises(TooManyFilesError):
        await add(CITIZEN, complaint, MessageContent(files=(file(),)))
    await add(CITIZEN, complaint, MessageContent(text="Тағы бір сөз"))


async def test_a_hundred_megabytes_on_a_complaint_in_all(scenario: ComplaintScenario):
    complaint, add = await sent_with(scenario, 20, 20, 20, 20), AddToComplaint(scenario.context)
    await add(CITIZEN, complaint, MessageContent(files=(file(20),)))
    with pytest.raises(FilesHeavyError):
        await add(CITIZEN, complaint, MessageContent(files=(file(1),)))


async def test_two_hundred_megabytes_a_day(scenario: ComplaintScenario):
    """Neither deleting the draft nor withdrawing the complaint gives any of it back."""
    attach = AttachToDraft(scenario.context)
    await WithdrawComplaint(scenario.context)(CITIZEN, await sent_with(scenario, 20, 20, 20, 20, 20))
    await scenario.drafted()
    for _ in range(4):
        await attach(CITIZEN, file(20))
    await DropDraft(scenario.context)(CITIZEN)
    await scenario.drafted()
    await attach(CITIZEN, file(20))
    with pytest.raises(FilesOfTheDayError):
        await attach(CITIZEN, file(1))
    scenario.clock.advance(timedelta(days=1))
    await attach(CITIZEN, file(1))


async def test_additions_of_a_day_are_limited(scenario: ComplaintScenario):
    complaint, add = await sent_with(scenario), AddToComplaint(scenario.context)
    for number in range(MOST_ADDITIONS_A_DAY):
        await add(CITIZEN, complaint, MessageContent(text=f"{number}"))
    with pytest.raises(TooManyAdditionsError):
        await add(CITIZEN, complaint, MessageContent(text="тағы"))
    scenario.clock.advance(timedelta(days=1))
    await add(CITIZEN, complaint, MessageContent(text="тағы"))
