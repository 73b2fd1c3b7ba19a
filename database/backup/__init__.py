"""Copies of everything that is kept, and the way back."""
