def matches(pattern, request, pieces):
    """Returns whether a regular expression matches; its groups become pieces."""
    found = pattern.search(request)
    if found is None:
        return False
    groups = enumerate(found.groups(), 1)
    pieces.update((str(number), group) for number, group in groups if group is not None)
    pieces.update((name, group) for name, group in found.groupdict().items() if group is not None)
    return True
