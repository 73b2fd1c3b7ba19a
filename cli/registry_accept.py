"""`qyzmet registry accept`: an editor makes a draft a card, after seeing old and new facts side by side."""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from cli.local_database import ready_database
from cli.options import AsJson, DatabaseUrl
from cli.registry_check import documents, print_json
from cli.say import say
from cli.settings import Settings
from kernel.clock import SystemClock, almaty_date
from registry_data.faults import FaultsError
from registry_data.load import DATA, as_mapping, body_of, card_of, load_acts
from registry_data.proposals import Proposal, ProposalStore
from registry_data.reading.accepting import Acceptance, EditorChoice, FactChange, Raw, accept, differences
from registry_data.sheets.limits import check_size, reject
from registry_data.store import ACTS, RegistryRepository
from registry_data.yaml_file import read_yaml

Several = Annotated[list[str] | None, typer.Option()]


def accept_draft(  # noqa: PLR0913, PLR0917  options of a command
    draft: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="What `draft --json` printed.")],
    slug: Annotated[str, typer.Option(help="The card's slug; an existing card keeps what no act tells.")],
    service: Annotated[int, typer.Option(min=1, help="Which service of the draft.")] = 1,
    take: Several = None,
    life_situation: Annotated[str | None, typer.Option(help="For a new card.")] = None,
    recipient: Several = None,
    source: Several = None,
    act: Annotated[
        str | None, typer.Option(help="A key of acts.yaml, if the draft does not name the act.")
    ] = None,
    folder: Annotated[Path, typer.Option(exists=True, file_okay=False, help="The registry's files.")] = DATA,
    yes: Annotated[bool, typer.Option("--yes", help="Write the card's file.")] = False,  # noqa: FBT002
    ask: Annotated[bool, typer.Option("--ask", help="Let an editor decide in the chat.")] = False,  # noqa: FBT002
    database: DatabaseUrl = None,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Show a draft beside the card it changes; with --yes, write its file; with --ask, ask an editor."""
    editor = EditorChoice(
        slug=slug,
        today=almaty_date(SystemClock().now()),
        life_situation=life_situation,
        recipients=tuple(recipient or ()),
        source=tuple(source or ()),
        act=act,
        take=tuple(take or ()),
    )
    path = folder / "services" / f"{slug}.yaml"
    try:
        if ask:
            url = database or Settings().database_url
            asked = asyncio.run(_propose(_service(draft, service), editor, url))
            _tell(path, *asked, written=False, as_json=as_json, end="An editor decides in the chat.")
            return
        present = dict(as_mapping(path.name, "", read_yaml(path))) if path.exists() else None
        acts = load_acts(folder / "acts.yaml")
        made = accept(_service(draft, service), present, editor, acts)
        card_of(path.name, made.card, {one.key: one for one in acts})
    except FaultsError as error:
        if as_json:
            print_json({"faults": documents(error.faults)})
        say(f"{error}\nNothing was accepted.")
        raise typer.Exit(1) from error
    changed = differences(present or {}, made.card)
    if yes:
        _write(path, made.card)
    _tell(path, made, changed, written=yes, as_json=as_json)


async def _propose(
    draft: dict[str, Any], editor: EditorChoice, url: str
) -> tuple[Acceptance, list[FactChange]]:
    """Lay the draft beside the database's card. Raises FaultsError."""
    async with ready_database(url) as opened, opened.unit_of_work() as unit:
        store = ProposalStore(unit.session)
        card, digest = await store.standing(editor.slug)
        known = await RegistryRepository(unit.session, ACTS).all()
        made = accept(draft, body_of(card), editor, known)
        acts = {one.key: one for one in known}
        proposed = card_of(editor.slug, made.card, acts, card)
        new_act = (
            acts[proposed.act] if proposed.act and proposed.act not in {one.key for one in known} else None
        )
        proposal = Proposal(card=proposed, act=new_act, left=made.left, based_on=digest)
        await store.propose(proposal, SystemClock().now())
        await unit.commit()
    return made, differences(body_of(card) or {}, body_of(proposed) or {})


def _service(path: Path, number: int) -> dict[str, Any]:
    """The service of that number. Raises FaultsError for a file that is no draft."""
    check_size(path)
    try:
        services = json.loads(path.read_text())["services"]
        return dict(services[number - 1])
    except IndexError as error:
        raise reject(path.name, f"there is no service {number} in it") from error
    except (ValueError, KeyError, TypeError) as error:
        raise reject(path.name, "this is not what `draft --json` prints") from error


def _write(path: Path, card: Raw) -> None:
    """The card's file; the comments at its head stay."""
    head = []
    if path.exists():
        for line in path.read_text().splitlines(keepends=True):
            if not line.startswith("#"):
                break
            head.append(line)
    body = yaml.safe_dump(card, allow_unicode=True, sort_keys=False, width=1000)
    path.write_text("".join(head) + body)


def _tell(  # noqa: PLR0913
    path: Path,
    made: Acceptance,
    changed: list[FactChange],
    *,
    written: bool,
    as_json: bool,
    end: str = "Nothing was written: look, then repeat it with --yes.",
) -> None:
    if as_json:
        rows = [asdict(one) for one in changed]
        print_json({"card": path.stem, "written": written, "changes": rows, "left": list(made.left)})
        return
    for one in changed:
        typer.echo(one.name)
        typer.echo("\n".join(f"  - {line}" for line in one.old) or "  - (absent)")
        typer.echo("\n".join(f"  + {line}" for line in one.new) or "  + (absent)")
    for reason in made.left:
        typer.echo(f"left as it was: {reason}")
    typer.echo(f"Wrote {path.name}." if written else end)
