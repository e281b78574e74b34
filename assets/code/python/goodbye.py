def say_goodbye(connection):
    """Says that nothing more is sent (close_notify), and waits a moment for the peer to say so too."""
    try:
        connection.settimeout(2)
        connection.unwrap()
    except OSError:
        pass
