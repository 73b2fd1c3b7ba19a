"""Control events with their content: what was found, restored and recommended (Order 78 ¶40-56)."""
