"""What the Agency sees of the bodies of a region (Law 88-V Art. 25 ¶3)."""
