"""Rules of the company that press buttons: triggers, time rules, schedules, and the log of what each did."""
