"""Limner's own support desk: a chat that any site embeds by one script tag."""
