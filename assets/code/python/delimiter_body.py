def body(frame):
    """Returns a frame without its delimiter."""
    return frame.removesuffix(DELIMITER)
