"""Telling the Unified Contact Centre of an act that was approved or changed (Law 88-V Art. 23 ¶2)."""
