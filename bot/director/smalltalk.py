"""Small talk."""
def reply(text):
    return ""
