"""Desks on local servers that speak their protocols."""
