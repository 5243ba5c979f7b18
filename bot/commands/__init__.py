"""Sub-commands of `limner` that need no tool and no adapter of their own."""
