"""The web chat: a page for people and a JSON API for scripts, served by one small FastAPI app."""
