"""Changes to an earlier picture."""
def change(text, earlier):
    return None
