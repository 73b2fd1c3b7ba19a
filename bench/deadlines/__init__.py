"""Due dates against a naive count, on the national calendar and on synthetic ones."""
