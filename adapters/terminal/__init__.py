"""A person at a terminal: one request with `limner imagine`, a conversation with `limner chat`."""
