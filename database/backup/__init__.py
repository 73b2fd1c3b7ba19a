"""Backup and restore of all data."""
