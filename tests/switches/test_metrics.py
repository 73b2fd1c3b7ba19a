"""What is off is seen from outside."""

from prometheus_client.parser import text_string_to_metric_families

from accounts.switches.switch import SwitchedJob
from bot.watching.server import Health
from database.engine import Database
from deadlines.clock import FixedClock
from tests.switches.turning import turn


async def off(database: Database, clock: FixedClock) -> dict[str, float]:
    text = (await Health(database=database, clock=clock).metrics()).decode()
    families = text_string_to_metric_families(text)
    samples = [one for family in families for one in family.samples]
    return {one.labels["job"]: one.value for one in samples if one.name == "qyzmet_job_off"}


async def test_a_job_that_is_off_is_told_to_prometheus(database: Database, clock: FixedClock):
    assert await off(database, clock) == {"answers": 0, "complaints": 0, "reminders": 0}
    await turn(database, clock, SwitchedJob.COMPLAINTS, off=True)
    assert await off(database, clock) == {"answers": 0, "complaints": 1, "reminders": 0}
    await turn(database, clock, SwitchedJob.COMPLAINTS, off=False)
    assert await off(database, clock) == {"answers": 0, "complaints": 0, "reminders": 0}
