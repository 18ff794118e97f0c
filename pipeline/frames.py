"""Messages between the sandbox and its worker: a length, then JSON or plain bytes. Nothing is ever unpickled."""

import json
import struct
from typing import IO, Any

_LENGTH = struct.Struct(">I")
_MAX_BYTES = 1 << 30  # a record with pictures of a thousand pages stays far below

Message = dict[str, Any]


def send(stream: IO[bytes], message: Message) -> None:
    """Write one message and flush."""
    send_bytes(stream, json.dumps(message, ensure_ascii=False).encode())


def send_bytes(stream: IO[bytes], content: bytes) -> None:
    """Write one block of bytes and flush."""
    rest = memoryview(_LENGTH.pack(len(content)) + content)
    while rest:  # an unbuffered pipe takes what fits
        rest = rest[stream.write(rest) :]
    stream.flush()


def receive(stream: IO[bytes]) -> Message:
    """The next message.

    Raises:
        EOFError: the other side has gone.
    """
    message: Message = json.loads(receive_bytes(stream))
    return message


def receive_bytes(stream: IO[bytes]) -> bytes:
    """The next block of bytes.

    Raises:
        EOFError: the other side has gone.
    """
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > _MAX_BYTES:
        raise EOFError(f"a message of {length} bytes")
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    parts = []
    while length:
        part = stream.read(length)
        if not part:
            raise EOFError("the other side has gone")
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
