"""What a mail is: a person's message, or something a machine wrote.

Steps over a typed `Mail`; no tables, no clock, no network.

The first step that recognises the mail decides its kind; `mailing_list` is set beside any kind.

| what came                                            | kind            | auto_reply      | also set            |
|------------------------------------------------------|-----------------|-----------------|---------------------|
| complaint of a provider (ARF, SES notification)      | feedback_report | feedback_report | bounce.recipients   |
| report that our mail failed or is late               | bounce          | bounce          | bounce              |
| report that our mail arrived (RFC 3464 `delivered`)  | bounce          | bounce          | bounce, nobody in it |
| our own mail come back, or more than 30 hops         | loop            | loop            |                     |
| read receipt (RFC 8098)                              | auto_reply      | receipt         |                     |
| vacation, out of office, "we got your message"       | auto_reply      | vacation        |                     |
| other answer marked `auto-replied` (RFC 3834)        | auto_reply      | auto_replied    |                     |
| marked `auto-generated` or alike                     | message         | auto_generated  |                     |
| List-Id, List-Post, Precedence: list                 | message         | mailing_list    | mailing_list        |
| newsletter: List-Unsubscribe, Precedence: bulk, junk | message         | bulk            | mailing_list if any |
| asks for no automatic answer (X-Auto-Response-…)     | message         | suppressed      |                     |
| sent from <>                                         | message         | null_sender     |                     |
| sent by noreply@, mailer-daemon@, alerts@ …          | message         | robot           |                     |
| a person                                             | message         | (empty)         |                     |

Whoever sends automatic answers asks only whether `auto_reply` is empty.
"""

from careline.domain.channels.email.classify.steps import classify
from careline.domain.channels.email.own import LOOP_HEADER, Own

__all__ = ["LOOP_HEADER", "Own", "classify"]
