"""The three jobs, as people call them."""

from accounts.switches.switch import SwitchedJob
from bot.talk import Talk


def job_name(talk: Talk, job: SwitchedJob) -> str:
    return talk.plain(f"switches.job_{job.value}")


def off_names(talk: Talk) -> str:
    """The jobs that are off, one behind the other; empty where all are on."""
    return ", ".join(job_name(talk, job) for job in SwitchedJob if job in talk.off)
