"""What an attachment holds: officials open it, so nothing that runs, loads or hides passes; pure."""
