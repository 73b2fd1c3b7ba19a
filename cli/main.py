"""The command `qyzmet`."""

from typer import Typer

from cli import (
    ask,
    calendar,
    complaints,
    demo,
    due,
    evaluate,
    jobs,
    journal,
    keys,
    officials,
    organisations,
    paper,
    registry,
    report,
    serve,
    tables,
)

app = Typer(
    name="qyzmet",
    help="A Telegram assistant for Kazakhstan's public services.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    add_completion=False,
)
app.command()(demo.demo)
app.command()(serve.run)
app.command()(serve.simulate)
app.command()(ask.ask)
app.command(name="evaluate")(evaluate.evaluate_file)
app.command()(due.due)
app.command()(calendar.calendar)
app.command()(report.report)
app.command()(paper.paper)
app.command()(journal.questions)
app.add_typer(registry.app, name="registry", help="The registry of services: check, import, export.")
app.add_typer(organisations.app, name="organisations", help="Organisations: import, list.")
app.add_typer(officials.app, name="officials", help="Officials: invite to a role, confirm a join.")
app.add_typer(complaints.app, name="complaints", help="Complaints: re-date after days off were edited.")
app.add_typer(jobs.app, name="jobs", help="Answers, new complaints, reminders: list, off, on, trail.")
app.add_typer(keys.app, name="keys", help="The keys of what people keep: make one, rotate.")
app.add_typer(tables.app, name="database", help="The database: bring its tables up to date, save, restore.")


def run() -> None:
    app()
