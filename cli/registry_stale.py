"""`qyzmet registry stale`: the cards that can no longer be trusted as they stand."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from cli.local_database import ready_database
from cli.options import AsJson, DatabaseUrl
from cli.registry_check import print_json
from cli.registry_completeness import registry_of_files
from cli.say import say
from cli.settings import Settings
from cli.source_visits import visit_all
from kernel.clock import SystemClock, almaty_date
from registry_data.official_sites import addresses_of, sources_of
from registry_data.queries import read_registry, read_stale_cards
from registry_data.source_checks import SourceCheckStore
from registry_data.staleness import StaleCard, StaleReason, stale_cards


def list_stale(
    folder: Annotated[
        Path | None,
        typer.Argument(exists=True, file_okay=False, help="The registry's files instead of the database."),
    ] = None,
    visit: Annotated[bool, typer.Option("--visit", help="First visit every address of a source.")] = False,  # noqa: FBT002
    database: DatabaseUrl = None,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """List the cards that lapsed, were overtaken by a newer wording, or have a gone or unofficial source."""
    url = database or Settings().database_url
    found = _of_files(folder) if folder else asyncio.run(_of_database(url, visit))
    if as_json:
        counts = {reason.value: sum(reason in one.reasons for one in found) for reason in StaleReason}
        print_json({"stale": [_document(one) for one in found], "reasons": counts})
    else:
        typer.echo("\n".join([*map(_line, found), f"{len(found)} cards"]))


def _of_files(folder: Path) -> tuple[StaleCard, ...]:
    registry = registry_of_files(folder)
    return stale_cards(registry.cards, registry.acts, almaty_date(SystemClock().now()))


async def _of_database(url: str, visit: bool) -> tuple[StaleCard, ...]:  # noqa: FBT001
    now = SystemClock().now()
    async with ready_database(url) as database:
        if visit:
            async with database.session() as session:
                cards = (await read_registry(session)).cards
            sources = (source for card in cards for source in sources_of(card))
            answered = await visit_all({page for source in sources for page in addresses_of(source)})
            if answered and not any(answered.values()):
                say("No address answered: is there a network? Nothing was noted.")
                raise typer.Exit(1)
            async with database.unit_of_work() as unit:
                await SourceCheckStore(unit.session).replace(answered, now)
                await unit.commit()
        async with database.session() as session:
            return await read_stale_cards(session, almaty_date(now))


def _document(stale: StaleCard) -> dict[str, object]:
    card = stale.card
    return {
        "slug": card.slug,
        "reasons": [reason.value for reason in stale.reasons],
        "act": card.act,
        "version": card.version.isoformat() if card.version else None,
        "newest": stale.newest.isoformat() if stale.newest else None,
        "sources": list(stale.sources),
    }


def _line(stale: StaleCard) -> str:
    card, details = stale.card, []
    if StaleReason.LAPSED in stale.reasons:
        details.append(card.lapsed.ru if card.lapsed else f"{card.act} has lapsed")
    if StaleReason.OLDER_WORDING in stale.reasons:
        details.append(f"wording of {card.version}, read since: {stale.newest}")
    details += stale.sources
    return f"{card.slug}: {', '.join(stale.reasons)}: {'; '.join(details)}"
