"""Indexes of what officials look for; the columns stand in `complaints.tables`."""

from sqlalchemy import Index

from complaints.lifecycle import ComplaintState
from complaints.tables import IS_OVER, ComplaintRow

IS_ANSWERED = ComplaintRow.state == ComplaintState.ANSWERED.value
HAS_ANSWER = ComplaintRow.answered_on.is_not(None)

Index(
    "ix_complaints_answer",
    ComplaintRow.organisation,
    ComplaintRow.due_on,
    ComplaintRow.id,
    postgresql_where=IS_ANSWERED,
    sqlite_where=IS_ANSWERED,
)
Index(
    "ix_complaints_answered",
    ComplaintRow.organisation,
    ComplaintRow.answered_on,
    postgresql_where=HAS_ANSWER,
    sqlite_where=HAS_ANSWER,
)
Index(
    "ix_complaints_over_service",
    ComplaintRow.organisation,
    ComplaintRow.service,
    ComplaintRow.id,
    postgresql_where=IS_OVER,
    sqlite_where=IS_OVER,
)
