"""What citizens who complained say of how they were treated (order 193 ¶5, ¶6 6))."""
