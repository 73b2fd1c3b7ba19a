"""Voice messages, for an operator who has a speech recogniser: off unless one is given.

A voice message is queued with its update and downloaded while no transaction is open; what was heard comes
back into the inbox as if the person had typed it.
"""
