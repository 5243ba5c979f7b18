"""Tells systemd that a service is ready or stopping (sd_notify(3)); does nothing where nobody asked for it."""

import os
import socket


def notify(state: str) -> None:
    """Send one state, such as 'READY=1', to the socket that NOTIFY_SOCKET names; '@' means an abstract one."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
        sender.connect(f"\0{address[1:]}" if address.startswith("@") else address)
        sender.send(state.encode())
