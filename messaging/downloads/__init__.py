"""Downloads of files from Telegram.

The update's transaction queues a download; it runs when no transaction is open, because it may hang. A killed
process loses nothing: the row stays until the file is received.
"""
