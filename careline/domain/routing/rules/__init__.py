"""What a case asks for, who may be given it, and who of them is next: without tables and without a clock."""
