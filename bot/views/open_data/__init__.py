"""The open data as a page and as files."""
