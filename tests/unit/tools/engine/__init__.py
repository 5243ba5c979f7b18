"""Tests of the engine: the way to the painter, and the painter."""
