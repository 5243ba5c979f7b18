"""The GPU side: one small ASGI app that loads models and paints; the only code here that imports torch."""
