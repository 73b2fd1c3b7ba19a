"""Prometheus metrics of the process; no personal data."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)

UPDATES = Counter(
    "qyzmet_updates", "Updates, by kind and by what became of them", ["kind", "result"], registry=REGISTRY
)
HANDLING = Histogram(
    "qyzmet_update_handling_seconds",
    "How long handlers worked on an update",
    ["kind"],
    buckets=_SECONDS,
    registry=REGISTRY,
)
ANSWERED = Histogram(
    "qyzmet_update_answered_seconds",
    "From an update's arrival in the inbox to its answers being sent",
    buckets=_SECONDS,
    registry=REGISTRY,
)
ANSWERS = Counter(
    "qyzmet_answers", "Answers to questions, by how sure the bot was", ["confidence"], registry=REGISTRY
)
INTENTS = Counter(
    "qyzmet_intents",
    "Messages that wanted something from the bot itself, by what",
    ["intent"],
    registry=REGISTRY,
)
LIMITED = Counter("qyzmet_limited", "Updates answered with a request to wait", ["limit"], registry=REGISTRY)
TICK = Histogram("qyzmet_tick_seconds", "How long a tick took", buckets=_SECONDS, registry=REGISTRY)
TICKED_AT = Gauge("qyzmet_tick_finished_timestamp_seconds", "When a tick ended last", registry=REGISTRY)
NOTICES = Counter("qyzmet_notices_written", "Notices that ticks have written", registry=REGISTRY)
SHORTENED = Counter(
    "qyzmet_messages_shortened",
    "Messages that Telegram will never take, of which a short form was sent",
    registry=REGISTRY,
)
GIVEN_UP = Counter("qyzmet_messages_given_up", "Messages given up, by reason", ["reason"], registry=REGISTRY)
for _reason in ("unreachable", "too_late", "refused"):
    GIVEN_UP.labels(_reason)  # from zero: an alert sees the first one too


def count_given_up(reason: str, messages: int = 1) -> None:
    """Count messages that will never be sent; the code of a refusal is in the log."""
    GIVEN_UP.labels("refused" if reason.startswith("refused") else reason).inc(messages)


INBOX_DEPTH = Gauge("qyzmet_inbox_depth", "Updates that wait to be handled", registry=REGISTRY)
INBOX_AGE = Gauge("qyzmet_inbox_oldest_seconds", "How long the oldest of them waits", registry=REGISTRY)
INBOX_FAILED = Gauge(
    "qyzmet_inbox_failed", "Updates that were given up and may be handled again", registry=REGISTRY
)
OUTBOX_DEPTH = Gauge("qyzmet_outbox_depth", "Messages that are due and not sent", registry=REGISTRY)
OUTBOX_AGE = Gauge("qyzmet_outbox_oldest_seconds", "How long the oldest of them is due", registry=REGISTRY)
OVERDUE = Gauge(
    "qyzmet_complaints_overdue",
    "Open complaints past their due date, by who has to answer",
    ["holder"],
    registry=REGISTRY,
)
CALENDAR_ENDS = Gauge(
    "qyzmet_calendar_published_until_timestamp_seconds",
    "The end of the last day of the published production calendar",
    registry=REGISTRY,
)
REGISTRY_VERSION = Gauge(
    "qyzmet_registry_version", "The registry's version in the database", registry=REGISTRY
)
REGISTRY_STALE = Gauge(
    "qyzmet_registry_stale_cards",
    "Cards that can no longer be trusted as they stand, by reason",
    ["reason"],
    registry=REGISTRY,
)
JOB_OFF = Gauge(
    "qyzmet_job_off", "1 while an administrator has turned the job off, else 0", ["job"], registry=REGISTRY
)
