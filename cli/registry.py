"""`qyzmet registry`: check, import and export the registry of services."""

import typer

from cli.lazy import Lazy, LazyGroup


class RegistryCommands(LazyGroup):
    lazy = {  # noqa: RUF012  declared as a class variable in the base
        "check": Lazy(
            "cli.registry_check:check_files",
            "Check the registry's files; exit with 1 where they hold a fault.",
        ),
        "import": Lazy(
            "cli.registry_transfer:import_file",
            "Make the registry in the database hold the services of FILE: all of it, "
            "or nothing on any fault.",
        ),
        "draft": Lazy(
            "cli.registry_draft:draft_cards",
            "Read an act's tables of the main requirements into draft cards; say what could not be read.",
        ),
        "undo": Lazy(
            "cli.registry_undo:undo",
            "Undo the last import that was not undone yet; again for the one before.",
        ),
        "accept": Lazy(
            "cli.registry_accept:accept_draft",
            "Show a draft beside the card it changes; with --yes, write the card's file.",
        ),
        "english": Lazy(
            "cli.registry_english:english",
            "List what the cards say without English, with drafts; --accept takes what an editor made of it.",
        ),
        "completeness": Lazy(
            "cli.registry_completeness:measure",
            "Count what the cards hold of the ten items of Law 88-V Art. 14, and what is wrong with them.",
        ),
        "stale": Lazy(
            "cli.registry_stale:list_stale",
            "List the cards that lapsed, were overtaken by a newer wording, "
            "or have a gone or unofficial source.",
        ),
        "export": Lazy("cli.registry_transfer:export_file", "Write the services in the database to FILE."),
    }


app = typer.Typer(cls=RegistryCommands, no_args_is_help=True)


@app.callback()
def registry() -> None:
    """The registry of services: check, import, export."""
