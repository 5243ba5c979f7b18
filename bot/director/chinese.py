"""Reads Chinese."""
def read_chinese(text, draft):
    return draft
