"""Files on their way from Telegram.

Each is noted in the update's transaction and fetched when none is open: a download may hang, so no
transaction waits for it; and a process that is killed meanwhile loses nothing, as the note stays until the
file is taken.
"""
