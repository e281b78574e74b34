def has_shape(shape, request, pieces):
    """Returns whether a request has a shape; its named parts become pieces.

    A shape is a list of bytes, and of pairs: a name, and a length or what computes it.
    """
    at, numbers = 0, {}
    for item in shape:
        if isinstance(item, bytes):
            if not request.startswith(item, at):
                return False
            at += len(item)
            continue
        name, length = item
        if callable(length):
            length = length(request, at, numbers)
        piece = request[at:at + length]
        if length < 0 or len(piece) != length:
            return False
        at += length
        if name is not None:
            pieces[name] = piece
            numbers[name] = number(piece, item[1] is varint)
    return at == len(request)


def number(piece, is_varint):
    """Returns the number that a piece stands for."""
    if not is_varint:
        return int.from_bytes(piece, "big")
    return sum((byte & 0x7F) << 7 * place for place, byte in enumerate(piece))


def varint(request, at, _numbers):
    """Returns how many bytes have a number of seven bits each, the lowest first."""
    for length in range(1, 5):
        if request[at + length - 1:at + length] < b"\x80":
            return length if at + length <= len(request) else -1
    return -1


def to_zero(request, at, _numbers):
    """Returns how many bytes stand before the next zero."""
    return request.find(b"\0", at) - at


def rest(after):
    """Returns what computes the bytes up to so many before the end."""
    return lambda request, at, _numbers: max(len(request) - at - after, 0)
