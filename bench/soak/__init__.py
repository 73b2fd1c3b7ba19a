"""The whole bot in separate processes, with random faults, for as long as requested."""
