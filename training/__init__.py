"""Recipes that made the built-in models: a drawn world, and one small module for each thing trained on it."""
