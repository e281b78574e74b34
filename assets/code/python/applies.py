def note(peer, rule):
    """Counts that a rule applies; returns how often it has."""
    APPLIED[rule] += 1
    peer.applied[rule] += 1
    return APPLIED[rule]
