"""`careline user add` and `careline token`: people and their API tokens."""

from __future__ import annotations

import argparse
import sys

from careline.domain.channels.email.envelope import BadAddress, recipient_address
from careline.entrypoints.console.datafolder import add_data_argument, open_existing, say
from careline.entrypoints.console.refusal import Refusal

LONGEST_ADDRESS = 254


def add_arguments(parser: argparse.ArgumentParser) -> None:
    if parser.get_default("command") == "token":
        _token_arguments(parser)
        return
    acts = parser.add_subparsers(dest="act", required=True, metavar="add")
    add = acts.add_parser("add", help="adds somebody to the staff", description="Adds somebody to the staff.")
    add.add_argument("email", metavar="EMAIL", type=mail_address, help="their mail address, which they sign in with")
    add.add_argument(
        "--role", metavar="R", required=True, help="representative, team_lead, supervisor, administrator …"
    )
    add.add_argument("--name", metavar="N", default="", help="how customers and colleagues see them")
    add.add_argument("--team", metavar="T", action="append", default=[], help="a team's name; may be given again")
    add.add_argument(
        "--password-stdin", action="store_true", help="takes the password from stdin instead of making a link"
    )
    add_data_argument(add)


def run(args: argparse.Namespace) -> int:
    return _token(args) if args.command == "token" else _add(args)


def mail_address(words: str) -> str:
    """For argparse: a mail address, or the sentence that says what one looks like."""
    try:
        address = recipient_address(words).lower()
    except BadAddress as error:
        raise argparse.ArgumentTypeError(str(error).rstrip(".")) from None
    if len(address) > LONGEST_ADDRESS or any(sign.isspace() or sign in '<>,;"()' for sign in address):
        raise argparse.ArgumentTypeError(f"{address[:40]!r} is not a mail address, as in ada@northwind.example")
    return address


def password_from_stdin() -> str:
    """The first line of stdin, good enough to be a password. Django must be set up. Raises Refusal."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    password = sys.stdin.readline().rstrip("\r\n")
    if not password or "\x00" in password:
        raise Refusal("There is no password on stdin: write it as one line.")
    try:
        validate_password(password)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages)) from error
    return password


def sign_in_address(token: str) -> str:
    """The address that signs somebody in once within a day. Django must be set up."""
    from django.conf import settings

    return f"{settings.PUBLIC_URL}/sign-in/{token}"


def _token_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", metavar="EMAIL", type=mail_address, help="whose token it is to be")
    parser.add_argument("--name", metavar="N", default="", help="what it is for, to tell tokens apart")
    parser.add_argument("--scope", metavar="VERB", action="append", default=[],
                        help="narrows the token, as in conversation:read; may be given again; all of the owner's rights without")  # fmt: skip
    add_data_argument(parser)


def _add(args: argparse.Namespace) -> int:
    with open_existing(args.data):
        from careline.domain.history.actor import Actor, ActorKind
        from careline.domain.staff.commands import AddressTaken, NoSuchRole
        from careline.flows.set_up import NoSuchTeam, add_person
        from careline.kit import clock

        password = password_from_stdin() if args.password_stdin else ""
        try:
            token = add_person(
                args.email, name=without_nul(args.name), role=args.role, password=password, team_names=tuple(args.team),
                by=Actor(ActorKind.SYSTEM, via="console"), at=clock.now(),
            )  # fmt: skip
        except (AddressTaken, NoSuchRole, NoSuchTeam) as error:
            raise Refusal(str(error)) from error
        if token:
            say(f"{args.email} was added; this link signs them in once within 24 hours:")
            print(sign_in_address(token))  # noqa: T201
        else:
            say(f"{args.email} was added.")
    return 0


def _token(args: argparse.Namespace) -> int:
    with open_existing(args.data):
        from careline.domain.history.actor import Actor, ActorKind
        from careline.domain.staff.commands import issue_token
        from careline.domain.staff.queries import agent_by_email
        from careline.domain.staff.rules import VERBS
        from careline.kit import clock

        unknown = [scope for scope in args.scope if scope not in VERBS]
        if unknown:
            raise Refusal(f"There is no scope {unknown[0]!r}; there are {', '.join(VERBS)}.")
        owner = agent_by_email(args.email)
        if owner is None or not owner.is_active:
            raise Refusal(f"Nobody here has the address {args.email}; `careline user add` adds somebody.")
        by = Actor(ActorKind.SYSTEM, via="console")
        token = issue_token(owner, name=without_nul(args.name), scopes=tuple(args.scope), by=by, at=clock.now())
        print(token)  # noqa: T201
    return 0


def without_nul(words: str) -> str:
    """Text that the database can store, whatever the terminal sent."""
    return words.encode("utf-8", "replace").decode().replace("\x00", "").strip()[:200]
