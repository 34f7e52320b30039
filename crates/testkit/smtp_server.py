"""An SMTP server for tests: keeps each accepted message as a file, and misbehaves on request.

smtp_server.py FOLDER OPTIONS

OPTIONS is a JSON object: `port` (0: any), `delay_ms`, `login` ([user, password] or null), `discard`, `faults` ({seed, one_in} or null); see
SmtpOptions in src/smtp.rs. Prints the port it listens on. What it does with a recipient is said by the start of the local part.
"""

import asyncio
import email
import email.policy
import json
import os
import random
import sys

from aiosmtpd.smtp import SMTP, AuthResult

FOLDER, OPTIONS = sys.argv[1], json.loads(sys.argv[2])
DELAY = OPTIONS["delay_ms"] / 1000
LOGIN = tuple(part.encode() for part in OPTIONS["login"] or ())
FAULTS = OPTIONS["faults"]
# A server that is started again goes on counting.
number = sum(name.endswith(".eml") for name in os.listdir(FOLDER))
chance = random.Random(FAULTS["seed"] + number) if FAULTS else None

# What goes wrong at a step: an answer, or what happens instead of one.
AT = {
    "greeting": ["refuse", "drop", "slow"],
    "sender": ["451 4.3.0 Try again later", "421 4.3.2 Going down", "drop", "slow"],
    "recipient": ["451 4.7.1 Greylisted", "421 4.3.2 Going down", "drop", "slow", "hang"],
    "content": ["451 4.3.0 Try again later", "drop", "slow"],
    "final": ["451 4.3.0 Try again later", "drop", "lost", "early", "slow", "hang"],
}


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
    if OPTIONS["discard"]:
        return
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


def note(step, fault):
    with open(os.path.join(FOLDER, "faults"), "a") as file:
        file.write(f"{step}: {fault}\n")


def drawn(step):
    """What goes wrong now, if anything does. As likely at each step, and `one_in` for a message as a whole."""
    if not chance or chance.random() * FAULTS["one_in"] * len(AT) >= 1:
        return None
    fault = chance.choice(AT[step])
    note(step, fault)
    return fault


async def misbehave(server, step):
    """Does what is drawn; the answer to give, or None to go on."""
    fault = drawn(step)
    if fault == "drop":
        server.transport.abort()
        return "421 4.3.0 Gone"
    if fault == "slow":
        await asyncio.sleep(chance.uniform(0.5, 3))
        return None
    if fault == "hang":
        # Until one of both ends is ended.
        await asyncio.Event().wait()
    if fault and fault.startswith("421"):
        asyncio.get_running_loop().call_later(0.01, server.transport.close)
    return fault


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return await misbehave(server, "sender") or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refuse-"):
            return "550 5.1.1 No such mailbox"
        if address.startswith("later-"):
            return "451 4.7.1 Try again later"
        answer = await misbehave(server, "recipient")
        if answer:
            return answer
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
        fault = await misbehave(server, "final")
        if fault and fault[0] in "42":
            return fault
        keep(envelope)
        if fault == "lost" or any(address.startswith("lost-") for address in to):
            server.transport.abort()
            return "421 4.3.0 Gone"
        if fault == "early":
            asyncio.get_running_loop().call_later(0.001, server.transport.close)
        return f"250 2.0.0 Kept as {number}"


class Server(SMTP):
    """With faults where the library has no hook: at the greeting and at the answer to DATA."""

    async def _handle_client(self):
        fault = drawn("greeting")
        if fault == "drop":
            self.transport.abort()
            return
        if fault == "refuse":
            await self.push("421 4.3.2 Too busy")
            self.transport.close()
            return
        if fault == "slow":
            await asyncio.sleep(chance.uniform(0.5, 3))
        await super()._handle_client()

    async def smtp_DATA(self, arg):
        answer = await misbehave(self, "content")
        if answer:
            await self.push(answer)
            return
        await super().smtp_DATA(arg)


def authenticate(server, session, envelope, mechanism, data):
    good = (data.login, data.password) == LOGIN
    # handled=False lets aiosmtpd answer a wrong login with 535.
    return AuthResult(success=good, handled=False)


async def main():
    login = {"authenticator": authenticate, "auth_required": True, "auth_require_tls": False} if LOGIN else {}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Server(Handler(), enable_SMTPUTF8=True, data_size_limit=None, ident="testkit", **login),
        host="127.0.0.1",
        port=OPTIONS["port"],
        backlog=512,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
