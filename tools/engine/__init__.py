"""The painter seen from the bot: one client, and the ways to host what it talks to."""
