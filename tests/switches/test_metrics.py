"""Switched-off jobs are visible in the metrics."""

from prometheus_client.parser import text_string_to_metric_families

from accounts.switches.switch import SwitchedJob
from bot.app.metrics_probes import PROBES
from database.engine import Database
from kernel.clock import FixedClock
from messaging.health import Health
from tests.switches.switching import turn


async def off(database: Database, clock: FixedClock) -> dict[str, float]:
    text = (await Health(database=database, clock=clock, probes=PROBES).metrics()).decode()
    families = text_string_to_metric_families(text)
    samples = [one for family in families for one in family.samples]
    return {one.labels["job"]: one.value for one in samples if one.name == "qyzmet_job_off"}


async def test_switched_off_job_is_a_metric(database: Database, clock: FixedClock):
    assert await off(database, clock) == {"answers": 0, "complaints": 0, "reminders": 0}
    await turn(database, clock, SwitchedJob.COMPLAINTS, off=True)
    assert await off(database, clock) == {"answers": 0, "complaints": 1, "reminders": 0}
    await turn(database, clock, SwitchedJob.COMPLAINTS, off=False)
    assert await off(database, clock) == {"answers": 0, "complaints": 0, "reminders": 0}
