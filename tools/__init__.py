"""What the assistant can do: each tool a plugin, and the engine that paints behind them."""
