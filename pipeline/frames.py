"""Messages between the sandbox and its worker: a length, then JSON or plain bytes. Nothing is ever unpickled."""

import json
import struct
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">I")
_MAX_BYTES = 1 << 30  # a record with pictures of a thousand pages stays far below

Message = dict[str, Any]


def send(stream: BinaryIO, message: Message) -> None:
    """Write one message and flush."""
    send_bytes(stream, json.dumps(message, ensure_ascii=False).encode())


def send_bytes(stream: BinaryIO, content: bytes) -> None:
    """Write one block of bytes and flush."""
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def receive(stream: BinaryIO) -> Message:
    """The next message.

    Raises:
        EOFError: the other side has gone.
    """
    message: Message = json.loads(receive_bytes(stream))
    return message


def receive_bytes(stream: BinaryIO) -> bytes:
    """The next block of bytes.

    Raises:
        EOFError: the other side has gone.
    """
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > _MAX_BYTES:
        raise EOFError(f"a message of {length} bytes")
    return _exactly(stream, length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    parts = []
    while length:
        part = stream.read(length)
        if not part:
            raise EOFError("the other side has gone")
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
