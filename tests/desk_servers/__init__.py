"""Local servers that speak the protocols of support desks."""
