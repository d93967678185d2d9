"""Pure decisions about surveys: what is asked, what may be answered, who is asked at all."""
