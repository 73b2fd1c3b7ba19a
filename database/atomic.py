"""`@atomic`: an action's writes stay when it returns and roll back when it raises."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from database.unit_of_work import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S")


def atomic(
    method: Callable[Concatenate[S, P], Awaitable[T]],
) -> Callable[Concatenate[S, P], Awaitable[T]]:
    """Run the method in a savepoint of its unit of work: `self.unit`, or `self.context.unit`.

    The outermost action commits when it returns. See UnitOfWork.atomic.
    """

    @wraps(method)
    async def in_savepoint(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        async with unit_of(self).atomic():
            return await method(self, *args, **kwargs)

    return in_savepoint


def unit_of(action: Any) -> UnitOfWork:
    unit: UnitOfWork = action.unit if hasattr(action, "unit") else action.context.unit
    return unit
