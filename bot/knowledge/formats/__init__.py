"""One module a kind of document, each with `read(data, name)`; bot/knowledge/reading.py chooses."""
