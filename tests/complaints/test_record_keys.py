"""Each complaint has a key of its own: what is moved does not open, what is forgotten opens nowhere."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from accounts.cipher import Cipher, WrongKeyError, make_key
from accounts.keys.tables import RecordKeyRow
from accounts.rotation import ENCRYPTED, RotateKeys
from complaints.actions.citizens import AddToComplaint
from complaints.actions.passing import PassOnComplaint
from complaints.actions.rating import RateComplaint, RateService
from complaints.forgetting import ForgetComplaints
from complaints.queries.by_person import ComplaintsOfPerson
from complaints.rewriting import renew_digests
from complaints.store import ComplaintContent, ComplaintKeys, record_of
from complaints.tables import ComplaintRow, MessageRow
from complaints.thread import MessageContent, MessageThread
from database.engine import JoinedUnitOfWork
from tests.complaints.scenario import (
    AKIMAT,
    CITIZEN,
    IIN,
    NAME,
    OFFICER,
    PHONE,
    TEXT,
    ComplaintScenario,
)
from tests.each import each_case

WORD = "құпия сөз"


async def two(police: ComplaintScenario) -> tuple[ComplaintRow, ComplaintRow]:
    """Two complaints with their messages."""
    rows = []
    for _ in range(2):
        case = await police.taken()
        police.clock.advance(timedelta(minutes=1))
        await AddToComplaint(police.context)(CITIZEN, case.id, MessageContent(text=WORD))
        row = await police.session.get(ComplaintRow, case.id)
        assert row is not None
        rows.append(row)
    return rows[0], rows[1]


async def test_swapped_values_of_complaints_do_not_open(police: ComplaintScenario):
    """Between complaints, fields and messages; and the keys, with or without what is under them."""
    first, second = await two(police)
    session = police.session
    of_first, of_second = (await session.scalars(select(MessageRow).order_by(MessageRow.id))).all()
    of_second.kind = "question"  # whatever it says: only its kind is taken from it
    mine, other = (await session.scalars(select(RecordKeyRow).order_by(RecordKeyRow.record))).all()

    async def swap(*swaps: tuple[object, str, object, str]) -> None:
        for one, name, another, other_name in swaps:
            value = getattr(one, name)
            setattr(one, name, getattr(another, other_name))
            setattr(another, other_name, value)
        await session.flush()

    async def read() -> None:
        await police.context.keys.content(first)
        await MessageThread(session, police.cipher).of([first.id])

    text, said, key = "text_cipher", "text_cipher", "wrapped"
    swaps: dict[str, list[tuple[object, str, object, str]]] = {
        "texts of two complaints": [(first, text, second, text)],
        "fields of one": [(first, "name_cipher", first, text)],
        "messages of two complaints": [(of_first, said, of_second, said)],
        "a text and a message": [(first, text, of_first, said)],
        "keys": [(mine, key, other, key)],
        "keys and texts": [(mine, key, other, key), (first, text, second, text)],
        "the moment of a message": [(of_first, "at", first, "registered_at")],
        "the kind of a message": [(of_first, "kind", of_second, "kind")],
    }
    with each_case() as cases:
        for name, one in swaps.items():
            with cases.case(name):
                await swap(*one)
                with pytest.raises(WrongKeyError):
                    await read()
                await swap(*reversed(one))
    await read()


async def test_forgotten_complaint_opens_in_no_copy(police: ComplaintScenario):
    """Its key is destroyed: its ciphertext, put back from an old copy, says nothing."""
    case = await police.taken()
    await police.answer(case)
    await RateComplaint(police.context)(CITIZEN, case.id, 1, WORD)
    await RateService(police.context)(CITIZEN, case.id, 1, WORD)
    row = await police.session.get(ComplaintRow, case.id)
    assert row is not None
    copied = {name: getattr(row, name) for name in ("name_cipher", "iin_cipher", "text_cipher")}
    assert (await police.context.keys.content(row)).text == TEXT
    await ForgetComplaints(police.context)(CITIZEN)
    await police.session.execute(update(ComplaintRow).where(ComplaintRow.id == case.id).values(**copied))
    await police.session.refresh(row)
    assert row.text_cipher is not None
    assert await police.context.keys.content(row) == ComplaintContent()
    assert await police.session.scalar(select(func.count()).select_from(RecordKeyRow)) == 0


async def test_rotation_wraps_keys_and_leaves_what_is_under_them(police: ComplaintScenario):
    first, _ = await two(police)
    before = (first.text_cipher, first.iin_digest)
    both = Cipher.of(f"{make_key()},{police.cipher.keys[0].decode()}")
    count = await RotateKeys(
        unit_of_work=lambda: JoinedUnitOfWork(police.unit), cipher=both, columns=ENCRYPTED
    )()
    await renew_digests(police.session, both)
    assert count == 2  # a key a complaint
    newest = Cipher((both.keys[0],))
    row = await police.session.get(ComplaintRow, first.id)
    assert row is not None
    assert row.text_cipher == before[0]
    assert row.iin_digest != before[1]
    assert (await ComplaintKeys(police.session, newest).content(row)).text == TEXT
    assert len(await ComplaintsOfPerson(police.session, newest)(iin=IIN)) == 2


async def test_complaints_of_a_person_are_found_by_number_and_telephone(police: ComplaintScenario):
    first, second = await two(police)
    find = ComplaintsOfPerson(police.session, police.cipher)
    assert [case.id for case in await find(iin=IIN)] == [first.id, second.id]
    assert [case.id for case in await find(phone=PHONE)] == [first.id, second.id]
    assert not await find(iin=PHONE)
    assert not await find()
    assert IIN not in str((first.iin_digest, first.phone_digest))


async def test_passed_on_complaint_has_a_key_of_its_own(police: ComplaintScenario):
    """Forgetting one of a chain says nothing of the other's key."""
    case = await police.taken()
    await police.connect(AKIMAT)
    passed = (
        await PassOnComplaint(police.context)(OFFICER, case.id, AKIMAT, MessageContent(text="…"))
    ).following
    assert passed is not None
    row = await police.session.get(ComplaintRow, passed.id)
    assert row is not None
    assert (await police.context.keys.content(row)).name == NAME
    records = list(await police.session.scalars(select(RecordKeyRow.record)))
    assert sorted(records) == sorted([record_of(case.id), record_of(passed.id)])
