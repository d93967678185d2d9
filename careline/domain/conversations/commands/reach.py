"""Who sees a case sees its side conversations: the columns that say so are kept alike."""

from __future__ import annotations

from careline.kit import db


def copy_reach(*conversations: int) -> None:
    """Call it whenever the team, the assignee, the followers or the people named on these cases have changed."""
    db.execute(
        """UPDATE conversations_conversation s SET team_id = c.team_id, assignee_id = c.assignee_id, follower_ids = c.follower_ids,
               restricted_to = c.restricted_to, mentioned_ids = c.mentioned_ids
           FROM conversations_conversation c WHERE c.id = ANY(%s) AND s.merged_into_id = c.id AND s.side_of_id IS NOT NULL""",
        [list(conversations)],
    )
