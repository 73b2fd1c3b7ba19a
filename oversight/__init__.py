"""Oversight of quality: what controlling bodies do and publish."""
