"""Parts of desks' adapters by themselves."""
