"""Where people meet Limner: each adapter carries messages in and replies out of one kind of place."""
