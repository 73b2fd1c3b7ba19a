"""Files that strangers send: scanned by us before any parser, and parsed in a child process with limits."""
