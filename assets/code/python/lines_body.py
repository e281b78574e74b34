def body(frame):
    """Returns a line without what ends it."""
    return frame.splitlines()[0]
