"""`qyzmet paper`: documents of a service's card for citizens and counters."""

import asyncio
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.local_database import ready_database
from cli.options import DatabaseUrl
from cli.say import say
from cli.settings import Settings
from kernel.language import Language
from registry_data.acts import Act
from registry_data.schema import ServiceCard
from registry_data.store import ACTS, CARDS, RegistryRepository
from reports.documents.cards import memo, receipt, required_documents, requirements


class DocumentKind(StrEnum):
    MEMO = "memo"
    REQUIREMENTS = "requirements"
    RECEIPT = "receipt"


def paper(  # noqa: PLR0913, PLR0917  options of the command line
    kind: Annotated[DocumentKind, typer.Argument(help="memo, requirements or receipt.")],
    slug: Annotated[str, typer.Argument(help="The service's card.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The DOCX file to write.", dir_okay=False)],
    missing: Annotated[
        str, typer.Option(help="Of a receipt: the numbers of the missing papers, as in 1,3.")
    ] = "",
    language: Annotated[Language, typer.Option(help="The language of the paper.")] = Language.KK,
    database: DatabaseUrl = None,
) -> None:
    """Write a paper of the card SLUG: the memo, the list of main requirements, a receipt of refusal."""
    found = asyncio.run(_card(slug, database or Settings().database_url))
    if found is None:
        say(f"There is no card {slug}.")
        raise typer.Exit(1)
    try:
        output.write_bytes(_content(kind, found, _numbers(missing), language))
    except ValueError as error:
        papers = required_documents(found[0], language)
        listed = "\n".join(f"{number}. {text}" for number, text in enumerate(papers, start=1))
        say(f"--missing names papers of the card by number:\n{listed}")
        raise typer.Exit(1) from error
    except OSError as error:
        say(f"{output} cannot be written ({error.strerror}).")
        raise typer.Exit(1) from error
    typer.echo(f"Wrote {output}.")


def _content(
    kind: DocumentKind, found: tuple[ServiceCard, Act | None], missing: tuple[int, ...], language: Language
) -> bytes:
    from reports.documents.files import receipt_docx, sheet_docx  # noqa: PLC0415  other commands start without it

    card, act = found
    if kind is DocumentKind.RECEIPT:
        return receipt_docx(receipt(card, missing, language))
    return sheet_docx((memo if kind is DocumentKind.MEMO else requirements)(card, act, language))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(",") if part.strip().isdigit())


async def _card(slug: str, url: str) -> tuple[ServiceCard, Act | None] | None:
    async with ready_database(url) as database, database.session() as session:
        card = await RegistryRepository(session, CARDS).get(slug)
        if card is None:
            return None
        act = await RegistryRepository(session, ACTS).get(card.act) if card.act else None
    return card, act
