"""Every action is atomic and has a trial in test_refusals.py."""

import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType

from complaints.actions.context import ComplaintContext
from database.engine import UnitOfWork, atomic
from messaging.inbox.unit import UpdateUnit
from oversight.control.actions import ControlContext
from reminders.actions import FilingContext
from reports.context import ReportContext
from reports.documents.builder import DocumentFiles
from reports.documents.control_papers import ControlPapers
from reports.files import ReportFiles
from tests.actions.test_refusals import TRIALS

ROOMS = (
    "accounts",
    "complaints",
    "oversight",
    "reminders",
    "reports",
    "knowledge",
    "registry_data",
    "deadlines",
    "bot",
)
CONTEXTS = {
    ComplaintContext,
    ControlContext,
    FilingContext,
    ReportContext,
}  # used by actions; their methods are parts of actions
FILES = {ReportFiles, DocumentFiles, ControlPapers}  # these write files, not rows
TRANSPORT = {UpdateUnit}  # the bot's own unit of work
READS = {  # read-only methods of classes with a unit of work
    "complaints.staff_drafts.actions.ReplyDrafts.find",
    "complaints.staff_drafts.actions.EntryDrafts.find",
    "complaints.staff_drafts.actions.EntryDrafts.scans",
    "complaints.actions.sending.ComplaintSubmission.duplicate",
    "reports.handing_in.HandInReport.preview",  # opens the report by its own action
    "reports.handing_in.HandInReport.submitted_on",
    "reports.whole.WholeReports.now",
    "reports.whole.WholeReports.frozen",
    "reports.whole.WholeReports.corrected",
    "reports.documents.years.YearQueries.of",
    "complaints.joining.actions.JoinComplaints.candidates",
    "complaints.templates.actions.AnswerTemplates.all",
    "complaints.templates.actions.AnswerTemplates.get",
}
WHOLE = atomic(lambda action: action).__code__


def classes() -> Iterator[type]:
    """Every class of the packages, once, except those in `queries`."""
    for room in ROOMS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if "queries" in found.name.split("."):
                continue
            module = importlib.import_module(found.name)
            for value in vars(module).values():
                if inspect.isclass(value) and value.__module__ == found.name:
                    yield value


def has_unit(one: type) -> bool:
    """Whether a class works in a unit of work: its own field, or a context's."""
    fields = dataclasses.fields(one) if dataclasses.is_dataclass(one) else ()
    return any(field.type is UnitOfWork or field.type in CONTEXTS for field in fields)


def methods(one: type) -> dict[str, FunctionType]:
    """The public coroutine methods, by full name."""
    return {
        f"{one.__module__}.{one.__qualname__}.{name}": method
        for name, method in vars(one).items()
        if isinstance(method, FunctionType)
        and inspect.iscoroutinefunction(inspect.unwrap(method))
        and (name == "__call__" or not name.startswith("_"))
    }


def is_atomic(method: FunctionType) -> bool:
    return method.__code__ is WHOLE


ALL = {name: method for one in classes() for name, method in methods(one).items()}
OF_UNITS = {
    name
    for one in classes()
    if has_unit(one) and one not in CONTEXTS | FILES | TRANSPORT
    for name in methods(one)
}


def test_every_unit_of_work_action_is_atomic_or_read_only():
    assert {name for name in OF_UNITS if not is_atomic(ALL[name])} == READS


def test_atomic_actions_and_trials_match():
    assert {name for name, method in ALL.items() if is_atomic(method)} == {trial.name for trial in TRIALS}


# What they keep in spite of a refusal: figures that await review, an invitation's wrong guess.
MAY_KEEP = {"reports.handing_in", "accounts.officials.joining"}


def modules_saying(words: str) -> set[str]:
    """The modules of the product whose source holds `words`."""
    top = Path(__file__).parents[2]
    return {
        ".".join(path.relative_to(top).with_suffix("").parts)
        for room in (*ROOMS, "cli", "messaging", "notifications")
        for path in (top / room).rglob("*.py")
        if words in path.read_text(encoding="utf-8")
    }


def test_only_two_actions_keep_what_they_wrote_before_refusing():
    assert modules_saying("raise RefusedButKeptError") == MAY_KEEP


def test_nothing_commits_past_the_unit_of_work():
    assert modules_saying("session.commit(") == set()
