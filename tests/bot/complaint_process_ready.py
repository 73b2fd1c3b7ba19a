"""What the fork server imports: the bot's process with its index built, so that each fork starts at once."""

from tests.bot.complaint_process import indexed

indexed()
