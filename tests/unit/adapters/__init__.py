"""Tests of the adapters, module by module."""
