"""How well requests are read: the scorer, a set of requests, and what must hold for any text at all."""
