"""Dependencies of the casework: notes, templates, several at once, duplicates, finding."""

from dishka import Provider, Scope, provide

from complaints.actions.taking import AssignSeveral
from complaints.finding.opening import OpenBody
from complaints.joining.actions import JoinComplaints
from complaints.notes.notes import ReadNotes, WriteNote
from complaints.queries.below import BodiesBelow
from complaints.queries.search import CaseSearch
from complaints.templates.actions import AnswerTemplates
from oversight.region.query import SeeRegion


class CaseworkProvider(Provider):
    """Everything shares the update's unit of work."""

    scope = Scope.REQUEST

    write_note = provide(WriteNote)
    read_notes = provide(ReadNotes)
    templates = provide(AnswerTemplates)
    assign_several = provide(AssignSeveral)
    join = provide(JoinComplaints)
    search = provide(CaseSearch)
    bodies = provide(BodiesBelow)
    open_body = provide(OpenBody)
    see_region = provide(SeeRegion)
