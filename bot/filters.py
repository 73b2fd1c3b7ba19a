"""Filters that are no coroutines are called by aiogram in a thread each; ours are too quick for that."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.handler import FilterObject


def keep_on_the_loop(root: Router) -> None:
    """Let every magic filter (`F.…`) below `root` be asked on the event loop, not in a thread."""
    for router in root.chain_tail:
        for observer in router.observers.values():
            for handler in (observer._handler, *observer.handlers):  # noqa: SLF001  the router's own filters
                for one in handler.filters or ():
                    if one.magic is not None and not one.awaitable:
                        _keep_on_the_loop(one)


def _keep_on_the_loop(one: FilterObject) -> None:
    one.callback = _awaited(one.callback)
    one.awaitable = True


def _awaited(resolve: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
    async def ask(*args: Any, **kwargs: Any) -> Any:
        return resolve(*args, **kwargs)

    return ask
