"""Slack: commands, mentions, shortcuts and buttons become asks, and cards become messages."""
