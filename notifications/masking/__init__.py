"""Where personal data stands in a text: one set of finders for every use; pure."""
