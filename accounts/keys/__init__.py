"""The keys of what people keep: which ones a database was written with, and where they come from."""
