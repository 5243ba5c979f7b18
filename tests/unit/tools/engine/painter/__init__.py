"""Tests of the GPU side."""
