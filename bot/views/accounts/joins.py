"""The request to confirm a join; the name is hidden until asked for."""

from accounts.officials.invitation import Invitation
from bot.request_context import RequestContext
from bot.views.accounts.officials import where
from bot.views.callbacks import JoinCallback, JoinNameCallback
from bot.views.screen import Screen, button, keyboard


def request(context: RequestContext, invitation: Invitation, organisation: str) -> Screen:
    """The request, with a button that shows the name."""
    text = context.html(
        "officials.join_request", number=invitation.number, **where(context, invitation.role, organisation)
    )
    return _screen(context, invitation.number, str(text), named=False)


def named_request(
    context: RequestContext, invitation: Invitation, organisation: str, name: str | None
) -> Screen:
    """The request with the given name."""
    text = context.html(
        "officials.join_named",
        number=invitation.number,
        name=name or context.plain("officials.no_name"),
        **where(context, invitation.role, organisation),
    )
    return _screen(context, invitation.number, str(text), named=True)


def decision(context: RequestContext, invitation: Invitation, organisation: str, *, accepted: bool) -> Screen:
    """Replaces the request for the person who decided."""
    key = "officials.confirmed_by_you" if accepted else "officials.refused_by_you"
    return Screen(text=str(context.html(key, **where(context, invitation.role, organisation))))


def _screen(context: RequestContext, number: int, text: str, *, named: bool) -> Screen:
    label = context.plain("officials.hide_name" if named else "officials.show_name")
    presses = [
        [button(label, JoinNameCallback(show=not named, number=number).pack())],
        [button(context.plain("officials.confirm"), JoinCallback(number=number, accept=True).pack())],
        [button(context.plain("officials.refuse"), JoinCallback(number=number, accept=False).pack())],
    ]
    return Screen(text=text, keyboard=keyboard(presses))
