"""Tests of the tools, module by module."""
