"""`qyzmet complaints find`: numbers only, by a number that never stands among the arguments, and logged."""

import asyncio
import json
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from typer.testing import CliRunner

from accounts.access_log.tables import AccessLogRow
from accounts.cipher import Cipher, make_key
from cli.local_database import ready_database
from cli.main import app
from complaints.numbers import ComplaintNumber
from complaints.tables import ComplaintRow
from kernel.clock import almaty_date
from tests.complaints.factories import made
from tests.complaints.scenario import IIN, MORNING, NAME, PHONE

NUMBERS = [str(ComplaintNumber(year=2026, serial=serial)) for serial in (1, 2)]


async def seed(url: str, cipher: Cipher) -> None:
    day = almaty_date(MORNING)
    async with ready_database(url) as database, database.unit_of_work() as unit:
        digest = cipher.digest
        rows = [
            {**made(1, day), "iin_digest": digest(f"iin/{IIN}"), "phone_digest": None},
            {**made(2, day), "iin_digest": None, "phone_digest": digest(f"phone/{PHONE}")},
            {**made(3, day), "iin_digest": digest("iin/010101200024"), "phone_digest": None},
        ]
        await unit.session.execute(insert(ComplaintRow), rows)
        await unit.commit()


async def looks(url: str) -> list[tuple[str, str | None]]:
    async with ready_database(url) as database, database.session() as session:
        rows = await session.execute(select(AccessLogRow.subject, AccessLogRow.reason))
        return [(row.subject, row.reason) for row in rows]


@pytest.mark.slow
def test_complaints_of_a_person_are_found_by_number_or_telephone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    key, url = make_key(), f"sqlite:///{tmp_path / 'qyzmet.sqlite'}"
    monkeypatch.setenv("QYZMET_DATA_KEY", key)
    asyncio.run(seed(url, Cipher.of(key)))
    command = ["complaints", "find", "--database", url, "--iin-file"]
    typed = tmp_path / "typed.txt"
    typed.write_text(f"{PHONE}\n", encoding="utf-8")
    by_iin = CliRunner().invoke(app, [*command, "-", "--json"], input=f"{IIN}\n")
    assert json.loads(by_iin.stdout) == {"complaints": NUMBERS[:1]}
    by_phone = CliRunner().invoke(app, [*command, str(typed)])
    assert by_phone.stdout.splitlines()[0] == NUMBERS[1]
    assert NAME not in by_phone.output
    assert asyncio.run(looks(url)) == [("complaint/1", "operator"), ("complaint/2", "operator")]
    nobody = CliRunner().invoke(app, [*command, "-"], input="030303200018x")
    assert nobody.exit_code == 2
    assert "030303" not in nobody.output


def test_a_number_among_the_arguments_is_no_option():
    refused = CliRunner().invoke(app, ["complaints", "find", IIN])
    assert refused.exit_code == 2
