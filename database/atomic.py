"""`@atomic`: what an action wrote stays when it returns and is undone when it raises."""

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
    """Run an action's method in a savepoint of its unit of work: `self.unit`, or `self.context.unit`.

    The method does not commit: the outermost action is committed when it returns. See UnitOfWork.atomic.
    """

    @wraps(method)
    async def whole(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        async with unit_of(self).atomic():
            return await method(self, *args, **kwargs)

    return whole


def unit_of(action: Any) -> UnitOfWork:
    unit: UnitOfWork = action.unit if hasattr(action, "unit") else action.context.unit
    return unit
