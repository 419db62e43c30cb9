"""What companies and mentors see and do."""
