"""`qyzmet complaints find`: the complaints of a person, for operators."""

import json
from collections.abc import Sequence
from typing import Annotated

import typer

from accounts.access_log.store import AccessLog, AccessLogEntry
from accounts.cipher import Cipher
from cli.keys import cipher_within
from cli.options import AsJson, DatabaseUrl
from cli.say import say
from cli.settings import Settings
from cli.transaction import run_in_transaction
from complaints.audit_log import subject_of
from complaints.case import ComplaintCase
from complaints.queries.by_person import ComplaintsOfPerson, read_person
from database.engine import UnitOfWork
from kernel.clock import Clock, SystemClock

OPERATOR = 0  # in the access log: whoever has the command line and the data key
_LONGEST = 100  # characters


def find(
    *,
    iin_file: Annotated[
        typer.FileText,
        typer.Option("--iin-file", help="A file with the IIN, BIN or telephone; - is standard input."),
    ],
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Print the numbers of a person's complaints, oldest first. Each one found is entered in the access log.

    The IIN or telephone is read from a file, never from the arguments: other programs see those.
    """
    typed = iin_file.read(_LONGEST + 1).strip()
    iin, phone = read_person(typed)
    if not iin and not phone:
        say("Neither an IIN or BIN nor a telephone.")
        raise typer.Exit(2)

    async def work(unit: UnitOfWork) -> Sequence[ComplaintCase]:
        clock = SystemClock()
        cipher = await cipher_within(unit, database or Settings().database_url, clock)
        found = await found_and_logged(unit, cipher, clock, iin=iin, phone=phone)
        await unit.commit()
        return found

    numbers = [str(case.number) for case in run_in_transaction(database, work)]
    if as_json:
        typer.echo(json.dumps({"complaints": numbers}))
    else:
        for number in numbers:
            typer.echo(number)
        say(f"Found: {len(numbers)}.")


async def found_and_logged(
    unit: UnitOfWork, cipher: Cipher, clock: Clock, *, iin: str, phone: str
) -> Sequence[ComplaintCase]:
    found = await ComplaintsOfPerson(unit.session, cipher)(iin=iin, phone=phone)
    for case in found:
        entry = AccessLogEntry(
            viewer=OPERATOR, subject=subject_of(case.id), what="number,phone", reason="operator"
        )
        await AccessLog(unit.session).keep(entry, clock.now())
    return found
