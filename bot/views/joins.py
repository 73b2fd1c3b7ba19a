"""The request to confirm a join, without the name until it is asked for."""

from accounts.officials.invitation import Invitation
from bot.callbacks import JoinNamePress, JoinPress
from bot.talk import Talk
from bot.views.officials import where
from bot.views.screen import Screen, button, keyboard


def request(talk: Talk, invitation: Invitation, organisation: str) -> Screen:
    """The request; the name is a press away."""
    text = talk.html(
        "officials.join_request", number=invitation.number, **where(talk, invitation.role, organisation)
    )
    return _screen(talk, invitation.number, str(text), named=False)


def named_request(talk: Talk, invitation: Invitation, organisation: str, name: str | None) -> Screen:
    """The request with the name that was given."""
    text = talk.html(
        "officials.join_named",
        number=invitation.number,
        name=name or talk.plain("officials.no_name"),
        **where(talk, invitation.role, organisation),
    )
    return _screen(talk, invitation.number, str(text), named=True)


def decision(talk: Talk, invitation: Invitation, organisation: str, *, accepted: bool) -> Screen:
    """What whoever decided reads in place of the request."""
    key = "officials.confirmed_by_you" if accepted else "officials.refused_by_you"
    return Screen(text=str(talk.html(key, **where(talk, invitation.role, organisation))))


def _screen(talk: Talk, number: int, text: str, *, named: bool) -> Screen:
    label = talk.plain("officials.hide_name" if named else "officials.show_name")
    presses = [
        [button(label, JoinNamePress(show=not named, number=number).pack())],
        [button(talk.plain("officials.confirm"), JoinPress(number=number, accept=True).pack())],
        [button(talk.plain("officials.refuse"), JoinPress(number=number, accept=False).pack())],
    ]
    return Screen(text=text, keyboard=keyboard(presses))
