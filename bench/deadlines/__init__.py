"""Due dates against a naive count, on the national calendar and on calendars nobody ever kept."""
