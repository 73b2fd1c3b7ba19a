"""What anybody may see of complaints: counts by quarter, body and service, no names and no text."""
