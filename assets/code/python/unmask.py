def unmasked(data, key):
    """Returns bytes, each XORed with the next one of a key, again and again."""
    return bytes(byte ^ key[place % len(key)] for place, byte in enumerate(data))
