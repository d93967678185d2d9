"""Pure decisions: the language of conditions, how they are judged, what a rule may do, when a schedule is due."""
