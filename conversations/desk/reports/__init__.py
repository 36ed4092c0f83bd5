"""What happened in a period: counted and timed, never more than an agent may see."""
