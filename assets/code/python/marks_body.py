def body(frame):
    """Returns what stands between the marks."""
    return frame[len(START):-len(END)]
