"""Discord: commands, mentions and buttons become asks, and cards become messages."""
