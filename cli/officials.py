"""`qyzmet officials`: invite to a role, and confirm who joins."""

import json
from datetime import datetime
from typing import Annotated

import typer

from accounts.officials.guard import Guard
from accounts.officials.invitation import VALID_FOR, deep_link, start_argument
from accounts.officials.invitations import InvitationStore
from accounts.officials.joining import DecideJoin, Invite, Issued
from accounts.officials.store import MembershipStore
from accounts.roles import Role
from cli.options import AsJson, DatabaseUrl
from cli.say import say
from cli.settings import Settings
from cli.transaction import run_in_transaction
from database.engine import UnitOfWork
from kernel.clock import ALMATY, SystemClock
from registry_data.store import OrganisationRepository

LOCAL_USERNAME = "qyzmet_bot"  # of the bot on the local Telegram

app = typer.Typer(no_args_is_help=True)


@app.command()
def invite(
    organisation: Annotated[str, typer.Option(help="The organisation's code: qyzmet organisations list.")],
    role: Annotated[Role, typer.Option(help="The role.")],
    database: DatabaseUrl = None,
    as_json: AsJson = False,  # noqa: FBT002  an option of the command line
) -> None:
    """Print a link that gives one person the ROLE: it works once, and for seven days."""
    issued, has_administrator = run_in_transaction(database, lambda unit: _invite(unit, organisation, role))
    start = start_argument(issued.token)
    link = deep_link(_username(), issued.token)
    if as_json:
        document = {"number": issued.number, "organisation": organisation, "role": role.value}
        more = {"start": start, "link": link, "expires_at": _iso(issued.expires_at)}
        typer.echo(json.dumps(document | more, ensure_ascii=False, indent=1))
    else:
        typer.echo(f"{link}\nor written to the bot: /start {start}")
    say(f"It works once, for {VALID_FOR.days} days. The first to follow it takes it: hand it over yourself.")
    if has_administrator:
        say(f"An administrator confirms the join; or you: qyzmet officials confirm {issued.number}")
    else:
        say("There is no administrator yet who could confirm the join: this command is the confirmation.")


@app.command()
def confirm(
    number: Annotated[int, typer.Argument(help="The invitation's number.")],
    refuse: Annotated[bool, typer.Option("--refuse", help="Refuse instead.")] = False,  # noqa: FBT002
    database: DatabaseUrl = None,
) -> None:
    """Confirm the join of the person who followed link NUMBER and gave a name."""
    run_in_transaction(database, lambda unit: _decide(unit, number, accept=not refuse))
    typer.echo("Refused." if refuse else "Confirmed.")


async def _invite(unit: UnitOfWork, organisation: str, role: Role) -> tuple[Issued, bool]:
    """The invitation, and whether an administrator exists to confirm the join."""
    members = MembershipStore(unit.session)
    has_administrator = bool(await members.with_role(Role.ADMINISTRATOR))
    inviting = Invite(unit, _guard(unit), InvitationStore(unit.session), SystemClock())
    return await inviting(None, organisation, role), has_administrator


async def _decide(unit: UnitOfWork, number: int, *, accept: bool) -> None:
    members, invitations = MembershipStore(unit.session), InvitationStore(unit.session)
    deciding = DecideJoin(unit, _guard(unit), invitations, members, SystemClock())
    await deciding(None, number, accept=accept)


def _guard(unit: UnitOfWork) -> Guard:
    return Guard(MembershipStore(unit.session), OrganisationRepository(unit.session))


def _username() -> str:
    """The bot's username for links: from Telegram if a token is set and Telegram is reachable."""
    settings = Settings()
    if settings.bot_token is None:
        return LOCAL_USERNAME
    from cli.bot_username import bot_username  # noqa: PLC0415  aiogram takes seconds to import

    return bot_username(settings.bot_token.get_secret_value(), settings.telegram_api_url) or LOCAL_USERNAME


def _iso(at: datetime) -> str:
    return at.astimezone(ALMATY).isoformat(timespec="seconds")
