"""An SMTP server for tests: keeps each accepted message as a file, and misbehaves on request.

smtp_server.py FOLDER DELAY_MS [USER PASSWORD]

Prints the port it listens on. What it does with a recipient is said by the start of the local part;
see SmtpOptions in src/smtp.rs.
"""

import asyncio
import email
import email.policy
import json
import os
import sys

from aiosmtpd.smtp import SMTP, AuthResult

FOLDER, DELAY = sys.argv[1], int(sys.argv[2]) / 1000
LOGIN = tuple(part.encode() for part in sys.argv[3:5])
number = 0


def decoded(part):
    """The content of a part as text."""
    content = part.get_content()
    if isinstance(content, bytes):
        return content.decode(errors="replace")
    return content if isinstance(content, str) else str(content)


def keep(envelope):
    """Writes the message as it came and, last, the same decoded; a reader looks for the second."""
    global number
    number += 1
    path = os.path.join(FOLDER, f"{number:07}")
    message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
    text, html, attachments = "", "", []
    for part in message.walk():
        if part.is_multipart():
            continue
        kind, name = part.get_content_type(), part.get_filename()
        if kind == "text/plain" and not name and not text:
            text = decoded(part)
        elif kind == "text/html" and not name and not html:
            html = decoded(part)
        else:
            attachments.append({"name": name or "", "content_type": kind, "text": decoded(part)})
    with open(f"{path}.eml", "wb") as file:
        file.write(envelope.original_content)
    with open(f"{path}.tmp", "w") as file:
        json.dump(
            {
                "from": envelope.mail_from,
                "to": envelope.rcpt_tos,
                "headers": {key.lower(): str(value) for key, value in message.items()},
                "text": text,
                "html": html,
                "attachments": attachments,
            },
            file,
        )
    os.rename(f"{path}.tmp", f"{path}.json")


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refuse-"):
            return "550 5.1.1 No such mailbox"
        if address.startswith("later-"):
            return "451 4.7.1 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if DELAY:
            await asyncio.sleep(DELAY)
        to = envelope.rcpt_tos
        if any(address.startswith("stall-") for address in to):
            await asyncio.Event().wait()
        if any(address.startswith("drop-") for address in to):
            server.transport.abort()
            return "421 4.3.0 Gone"
        keep(envelope)
        if any(address.startswith("lost-") for address in to):
            server.transport.abort()
            return "421 4.3.0 Gone"
        return f"250 2.0.0 Kept as {number}"


def authenticate(server, session, envelope, mechanism, data):
    good = (data.login, data.password) == LOGIN
    # handled=False lets aiosmtpd answer a wrong login with 535.
    return AuthResult(success=good, handled=False)


async def main():
    login = {"authenticator": authenticate, "auth_required": True, "auth_require_tls": False} if LOGIN else {}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Handler(), enable_SMTPUTF8=True, data_size_limit=None, ident="testkit", **login),
        host="127.0.0.1",
        port=0,
        backlog=512,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
