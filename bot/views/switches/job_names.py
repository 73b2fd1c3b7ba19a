"""Names of the three jobs."""

from accounts.switches.switch import SwitchedJob
from bot.request_context import RequestContext


def job_name(context: RequestContext, job: SwitchedJob) -> str:
    return context.plain(f"switches.job_{job.value}")


def off_names(context: RequestContext) -> str:
    """The jobs that are off, separated by commas; empty if all are on."""
    return ", ".join(job_name(context, job) for job in SwitchedJob if job in context.off)
